import { basename } from "node:path";
import { decodeText } from "../../shared/flow/decode.ts";
import { type RequirementRows, readRequirementRows, withRequirementRows } from "../../shared/flow/requirement-rows.ts";
import { type Diagnostic, fail, ok, type Result } from "../../shared/flow/result.ts";
import { spellingDiagnostics } from "../../shared/flow/spelling.ts";
import type { MissingBranches } from "../../shared/run/missing-branch.ts";
import type { Run } from "../../shared/run/run.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import type { Judgement } from "../../shared/run/verdict.ts";
import {
  cannotRun,
  checkDocument,
  checkScenario,
  checkVariant,
  computeRun,
  placeDiagnostics,
  runDiagnostics,
} from "../engine/index.ts";
import { missingIn } from "../workspace/missing.ts";
import { type Arguments, type OptionInfo, optionValue } from "./arguments.ts";
import { asConformanceJson, asConformanceText, conformanceOf, type FlowConformance } from "./check-conformance.ts";
import { openFlow } from "./flow-input.ts";
import { inputName, readInput } from "./input.ts";
import { placeText, type StepNumbers, stepNumbers } from "./step-numbers.ts";
import { type ExitCode, printable, type Terminal } from "./terminal.ts";

export const options: readonly OptionInfo[] = [
  { name: "branches", says: "name also the conditions of whose sides no variant takes one, with rule and clause" },
  { name: "all", says: "name also what is kept and what cannot be judged, with the reason" },
  { name: "requirements", value: "ROWS", says: "a table of requirements of your own, one a line: id | text | release" },
  { name: "json", says: "print JSON for other programs" },
];

/** One judgement of one file: of a variant's run, or of what is written about the flow. */
interface Judged extends Judgement {
  readonly file: string;
  /** Absent where the document is judged. */
  readonly variant?: string;
}

interface Checked {
  readonly file: string;
  readonly title: string;
  readonly variants: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly judged: readonly Judged[];
  readonly conformance: readonly FlowConformance[];
  /** The numbers of a variant's steps; of the document those of the main one. */
  readonly numbers: (variant: string | undefined) => StepNumbers;
  /** Absent where it was not asked for. */
  readonly missing?: MissingBranches;
}

/** `callflow check FILE…`: diagnostics and requirement verdicts. 1 when anything is wrong. */
export async function check(_first: string, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const checked: Checked[] = [];
  const own = await ownRequirements(optionValue(args, "requirements"), terminal);
  if (!own.ok) {
    terminal.error(`${own.failure.message}\n`);
    return 2;
  }
  for (const file of args.positionals) {
    const one = await checkFile(file, own.value, args, terminal);
    if (!one.ok) {
      terminal.error(`${one.failure.message}\n`);
      return 2;
    }
    checked.push(one.value);
  }
  terminal.out(
    args.options.has("json") ? asJson(checked) : printable(checked.map((one) => asText(one, args)).join("\n")),
  );
  return checked.some(hasFindings) ? 1 : 0;
}

/** The rows of a table that is given beside the flows; none when no table is. */
async function ownRequirements(path: string | undefined, terminal: Terminal): Promise<Result<RequirementRows>> {
  if (path === undefined) return ok({ rows: [], diagnostics: [] });
  const bytes = await readInput(path, terminal);
  if (!bytes.ok) return bytes;
  const text = decodeText(bytes.value, inputName(path, basename(path)));
  if (!text.ok) return text;
  const read = readRequirementRows(text.value);
  return read.rows.length === 0
    ? fail(`“${basename(path)}” holds no requirement: write id | text | release.`)
    : ok(read);
}

async function checkFile(
  file: string,
  own: RequirementRows,
  args: Arguments,
  terminal: Terminal,
): Promise<Result<Checked>> {
  const opened = await openFlow(file, terminal);
  if (!opened.ok) return opened;
  const flow = withRequirementRows(opened.value.flow, own.rows);
  const diagnostics: Diagnostic[] = [...opened.value.diagnostics, ...own.diagnostics, ...checkScenario(flow.scenario)];
  const runs: Run[] = [];
  const judged: Judged[] = [];
  const numbered = new Map<string | undefined, () => StepNumbers>();
  const numbers = (variant: string | undefined) => numbered.get(variant ?? flow.variants[0]?.id)?.() ?? new Map();
  const conformance: FlowConformance[] = [];
  const names = new Map(flow.scenario.participants.map((p) => [p.id, p.name]));
  if (cannotRun(flow.scenario) !== undefined)
    return ok({ file, title: flow.title, variants: flow.variants.length, diagnostics, judged, conformance, numbers });
  for (const [i, { id }] of flow.variants.entries()) {
    const script = wholeScript(flow, id);
    if (!script.ok) return fail(script.failure.message);
    const run = computeRun(flow.scenario, script.value);
    runs.push(run);
    numbered.set(id, stepNumbers(flow, run, id));
    diagnostics.push(...runDiagnostics(run, id, i, names));
    for (const judgement of checkVariant(flow, id, run)) judged.push({ ...judgement, file, variant: id });
    conformance.push(...conformanceOf(flow, run, file, id));
  }
  diagnostics.push(...placeDiagnostics(flow, runs), ...spellingDiagnostics(flow));
  for (const judgement of checkDocument(flow, runs)) judged.push({ ...judgement, file });
  const missing = args.options.has("branches") ? { missing: missingIn(flow) } : undefined;
  return ok({
    file,
    title: flow.title,
    variants: flow.variants.length,
    diagnostics,
    judged,
    conformance,
    numbers,
    ...missing,
  });
}

const isFailed = ({ verdict }: Judged): boolean => verdict === "fail";

function hasFindings({ diagnostics, judged }: Checked): boolean {
  return judged.some(isFailed) || diagnostics.some(({ severity }) => severity !== "info");
}

function asJson(checked: readonly Checked[]): string {
  const diagnostics = checked.flatMap(({ file, diagnostics }) =>
    diagnostics.map(({ severity, code, message, at }) => ({ severity, code, message, at, file })),
  );
  const requirements = checked.flatMap(({ judged }) =>
    judged.map(({ id, level, verdict, at, message, source, variant, findings, file }) => ({
      id,
      level,
      verdict,
      at,
      message,
      source,
      variant,
      findings,
      file,
    })),
  );
  const conformance = checked.flatMap((one) => one.conformance.map(asConformanceJson));
  const about = conformance.length === 0 ? undefined : { conformance };
  const branches = checked.flatMap(({ file, missing }) =>
    (missing?.branches ?? []).map((branch) => ({ ...branch, file })),
  );
  const asked = checked.some(({ missing }) => missing !== undefined) ? { branches } : undefined;
  return `${JSON.stringify({ diagnostics, requirements, ...about, ...asked }, null, 2)}\n`;
}

function asText(
  { file, title, variants, diagnostics, judged, conformance, missing, numbers }: Checked,
  args: Arguments,
): string {
  const failed = judged.filter(isFailed);
  const lines = [`${title} (${file}), ${variants} ${variants === 1 ? "variant" : "variants"}`];
  for (const { severity, message, at } of diagnostics)
    lines.push(`  ${severity}: ${message}${at === "" ? "" : ` [${at}]`}`);
  for (const one of failed) {
    lines.push(`  FAIL ${one.id} (${one.level}; ${one.source})${variantOf(one)}: ${one.sentence}`);
    for (const { at, message } of one.findings) lines.push(`    ${message}${placeText(at, numbers(one.variant))}`);
  }
  const passed = judged.filter(({ verdict }) => verdict === "pass");
  const open = judged.filter(({ verdict }) => verdict === "cannot judge");
  if (args.options.has("all")) {
    for (const one of passed) lines.push(`  pass ${one.id} (${one.level})${variantOf(one)}: ${one.sentence}`);
    for (const one of open) lines.push(`  cannot judge ${one.id} (${one.level})${variantOf(one)}: ${one.message}`);
  }
  const count = `${passed.length} kept, ${failed.length} broken, ${open.length} cannot be judged`;
  const told = conformance.flatMap((one) => asConformanceText(one, args.options.has("all"), numbers(one.variant)));
  return `${[...lines, `  Requirements: ${count}.`, ...told, ...missingText(missing)].join("\n")}\n`;
}

function missingText(missing: MissingBranches | undefined): string[] {
  if (missing === undefined) return [];
  const { branches, cut } = missing;
  return [
    ...branches.map(
      ({ says, leads, rule, condition }) =>
        `  no variant takes: ${says}${leads === undefined ? "" : ` → ${leads}`} [${rule.id}; ${rule.clause}]${condition === undefined ? "" : `, as in “${condition}”`}`,
    ),
    ...(branches.length === 0 && cut === undefined ? ["  The rules provide for nothing that no variant shows."] : []),
    ...(cut === undefined ? [] : [`  ${cut}`]),
  ];
}

const variantOf = ({ variant }: Judged): string => (variant === undefined ? "" : ` in variant ${variant}`);
