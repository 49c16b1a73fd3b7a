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

/** "2 broken"; nothing where nothing is. */
export function brokenText(info: VariantInfo | undefined): string {
  return info === undefined || info.broken === 0 ? "" : `${info.broken} broken`;
}
