import { existsSync, realpathSync } from "node:fs";
import { writeFlow } from "../../shared/flow/file.ts";
import { ok } from "../../shared/flow/result.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { computeRun } from "../engine/index.ts";
import { disk } from "../host/disk.ts";
import { combined } from "../workspace/combining.ts";
import { type Arguments, type OptionInfo, optionValue } from "./arguments.ts";
import { openProjected, viewOptions } from "./projected.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

export const options: readonly OptionInfo[] = [
  { name: "output", short: "o", value: "OUT", says: "the flow to write, as OUT.flow.json; - is standard output" },
  { name: "variants", value: "ID,…", says: "the variants to combine; all when absent" },
  {
    name: "numbering",
    value: "HOW",
    says: "continued: numbers go on from part to part; restarted: every part counts anew",
  },
  ...viewOptions.filter(({ name }) => name !== "variant"),
];

/** `callflow combine FILE -o OUT`: variants as one flow with a fragment where they part. 1 when something is not in it. */
export async function combineVariants(file: string, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const refuse = (message: string): ExitCode => {
    terminal.error(`${message}\n`);
    return 2;
  };
  const target = optionValue(args, "output");
  if (target === undefined)
    return refuse("Say where the flow is to be written: callflow combine FILE -o OUT.flow.json");
  if (target !== "-" && existsSync(file) && existsSync(target) && realpathSync(file) === realpathSync(target))
    return refuse(`“${target}” is what is read; choose another file to write to.`);
  const numbering = optionValue(args, "numbering") ?? "continued";
  if (numbering !== "continued" && numbering !== "restarted")
    return refuse(`“${numbering}” is not a way to number steps; choose continued or restarted.`);
  const opened = await openProjected(file, args, terminal);
  if (!opened.ok) return refuse(opened.failure.message);
  const { flow, view } = opened.value;
  const variants = optionValue(args, "variants")?.split(",") ?? flow.variants.map(({ id }) => id);
  const made = combined(flow, { variants, view, numbering }, (id) => {
    const script = wholeScript(flow, id);
    return script.ok ? ok(computeRun(flow.scenario, script.value)) : script;
  });
  if (!made.ok) return refuse(made.failure.message);
  const text = writeFlow(made.value.flow);
  if (target === "-") terminal.out(text);
  else {
    const written = await disk.write(target, text);
    if (!written.ok) return refuse(written.failure.message);
    terminal.out(`${target}: ${variants.length} variants combined.\n`);
  }
  for (const remark of made.value.remarks) terminal.error(`${remark}\n`);
  return made.value.remarks.length === 0 ? 0 : 1;
}
