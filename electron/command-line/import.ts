import { existsSync, realpathSync } from "node:fs";
import { basename } from "node:path";
import { writeFlow } from "../../shared/flow/file.ts";
import { type Role, roles } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import { disk } from "../host/disk.ts";
import { importMermaid } from "../import/mermaid.ts";
import { importSteps, roleNamed } from "../import/steps.ts";
import { type Arguments, type OptionInfo, optionValue } from "./arguments.ts";
import { inputName, readInput } from "./input.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

/** The notations that can be read, and the endings that tell them. */
const notations = [
  { id: "steps", endings: [".tsv"], read: importSteps },
  { id: "mermaid", endings: [".mmd", ".mermaid"], read: importMermaid },
] as const;

export const options: readonly OptionInfo[] = [
  {
    name: "from",
    value: "FORMAT",
    says: `the notation: ${notations.map(({ id }) => id).join(", ")}; by the file's ending when absent`,
  },
  { name: "output", short: "o", value: "OUT", says: "the flow to write, as OUT.flow.json; - is standard output" },
  {
    name: "role",
    value: "NAME=ROLE",
    multiple: true,
    says: `the role of a participant, as "Proxy 1=core"; roles are ${roles.join(", ")}`,
  },
];

/** `callflow import IN [--from FORMAT] -o OUT`: makes a flow of another notation. 1 when something could not be taken over. */
export async function importFlow(file: string, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const refuse = (message: string): ExitCode => {
    terminal.error(`${message}\n`);
    return 2;
  };
  const target = optionValue(args, "output");
  if (target === undefined) return refuse("Say where the flow is to be written: callflow import IN -o OUT.flow.json");
  if (isSameFile(file, target)) return refuse(`“${target}” is what is read; choose another file to write to.`);
  const known = notations.map(({ id }) => id).join(", ");
  const from = optionValue(args, "from") ?? notations.find(({ endings }) => endings.some((e) => file.endsWith(e)))?.id;
  if (from === undefined) return refuse(`Say which notation it is with --from; the notations are ${known}.`);
  const notation = notations.find(({ id }) => id === from);
  if (notation === undefined) return refuse(`There is no notation “${from}”; the notations are ${known}.`);
  const given = rolesGiven(args.options.get("role") ?? []);
  if (!given.ok) return refuse(given.failure.message);
  const bytes = await readInput(file, terminal);
  if (!bytes.ok) return refuse(bytes.failure.message);
  const imported = notation.read(bytes.value, inputName(file, basename(file)), given.value);
  if (!imported.ok) return refuse(imported.failure.message);
  const { flow, diagnostics } = imported.value;
  const text = writeFlow(flow);
  if (target === "-") terminal.out(text);
  else {
    const written = await disk.write(target, new TextEncoder().encode(text));
    if (!written.ok) return refuse(written.failure.message);
    const steps = flow.variants[0]?.script.filter(({ kind }) => kind === "inject").length ?? 0;
    terminal.out(`${target}: ${steps} steps between ${flow.scenario.participants.length} participants.\n`);
  }
  for (const { severity, message } of diagnostics) terminal.error(`${severity}: ${message}\n`);
  return diagnostics.length === 0 ? 0 : 1;
}

function rolesGiven(given: readonly string[]): Result<ReadonlyMap<string, Role>> {
  const found = new Map<string, Role>();
  for (const text of given) {
    const at = text.lastIndexOf("=");
    if (at <= 0) return fail(`“${text}” gives no role: write NAME=ROLE.`);
    const name = text.slice(0, at).trim();
    const role = roleNamed(text.slice(at + 1));
    if (role === undefined) return fail(`“${text.slice(at + 1)}” is not a role; the roles are ${roles.join(", ")}.`);
    if (found.has(name)) return fail(`“${name}” is given two roles.`);
    found.set(name, role);
  }
  return ok(found);
}

function isSameFile(file: string, target: string): boolean {
  if (target === "-" || !existsSync(file) || !existsSync(target)) return false;
  return realpathSync(file) === realpathSync(target);
}
