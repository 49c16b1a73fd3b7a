import type { VariantInfo } from "../../shared/run/variant-info.ts";

/** What is said of a variant under its name. Pure. */

/** "18 steps, leaves at step 13". */
export function lengthText(info: VariantInfo | undefined): string {
  if (info === undefined) return "…";
  const steps = `${info.steps.toLocaleString("en")} ${info.steps === 1 ? "step" : "steps"}`;
  if (info.fork === undefined) return steps;
  return info.fork === "" ? `${steps}, goes on after the end` : `${steps}, leaves at ${info.fork}`;
}

/** How its run ends, or why it does not. */
export function endText(info: VariantInfo | undefined): string {
  const says = info?.trouble ?? info?.outcome ?? "";
  return says.charAt(0).toUpperCase() + says.slice(1);
}

/** Whether requirements of level SHALL and MUST are broken: "2 broken"; nothing of what cannot be run to its end. */
export function verdictText(info: VariantInfo | undefined): string {
  if (info === undefined) return "";
  if (info.broken > 0) return `${info.broken.toLocaleString("en")} broken`;
  return info.trouble === undefined ? "none broken" : "";
}

/** "departs from the rules at 2 places"; nothing where it does not. */
export function departsText(info: VariantInfo | undefined): string {
  if (info === undefined || info.departs === 0) return "";
  return `departs from the rules ${info.departs === 1 ? "once" : `at ${info.departs.toLocaleString("en")} places`}`;
}
