import type { Diagram } from "../../shared/diagram/diagram.ts";
import { project } from "../../shared/diagram/project.ts";
import type { OpenedFlow } from "../../shared/flow/file.ts";
import { type Flow, levels, optionsSchema, roles, type View } from "../../shared/flow/flow.ts";
import { didYouMean } from "../../shared/flow/nearest.ts";
import { type Diagnostic, fail, ok, type Result } from "../../shared/flow/result.ts";
import type { RuleInfo, Run } from "../../shared/run/run.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { cannotRun, checkScenario, computeRun, rules } from "../engine/index.ts";
import { type Arguments, type OptionInfo, optionValue } from "./arguments.ts";
import { openFlow } from "./flow-input.ts";
import type { Terminal } from "./terminal.ts";

/** The options by which every command that runs a flow says what of it is wanted. */
export const viewOptions: readonly OptionInfo[] = [
  { name: "variant", value: "ID", says: "the variant to run; the main one when absent" },
  { name: "level", value: "LEVEL", says: "cpm: the messages of the service; sip: every SIP message" },
  { name: "hide", value: "ROLE,…", says: "roles or participants that are not shown; none: all are shown" },
  { name: "option", value: "NAME=VALUE", multiple: true, says: "an option of the scenario, as forking=serverForks" },
];

export interface Projected extends Drawn {
  readonly flow: Flow;
  /** The text of the flow's document, where it says all of it. */
  readonly text?: string;
  readonly view: View;
  /** Every rule there is. */
  readonly rules: readonly RuleInfo[];
  /** Another variant, seen like this one. Fails for a name that no variant has. */
  readonly draw: (variant: string) => Promise<Result<Drawn>>;
}

interface Drawn {
  readonly variant: string;
  readonly run: Run;
  readonly diagram: Diagram;
}

/** Opens the flow, runs the variant and projects it as the arguments say. Findings go to standard error. Fails on contradictory options. */
export async function openProjected(file: string, args: Arguments, terminal: Terminal): Promise<Result<Projected>> {
  const opened = await openFlow(file, terminal);
  return opened.ok ? projected(opened.value, args, terminal) : opened;
}

/** The same of a flow that was read. */
export function projected(opened: OpenedFlow, args: Arguments, terminal: Terminal): Result<Projected> {
  const flow = withOptions(opened.flow, args.options.get("option") ?? []);
  if (!flow.ok) return flow;
  const variant = optionValue(args, "variant") ?? flow.value.variants[0]?.id ?? "";
  const view = viewFrom(flow.value, args);
  if (!view.ok) return view;
  const refused = cannotRun(flow.value.scenario);
  if (refused !== undefined) return { ok: false, failure: refused };
  for (const diagnostic of [...opened.diagnostics, ...checkScenario(flow.value.scenario)]) {
    terminal.error(`${asLine(diagnostic)}\n`);
  }
  const draw = drawing(flow.value, view.value);
  const drawn = draw(variant);
  if (!drawn.ok) return drawn;
  const text = flow.value === opened.flow ? opened.text : undefined;
  return ok({
    ...drawn.value,
    flow: flow.value,
    ...(text !== undefined && { text }),
    view: view.value,
    rules: rules(),
    draw: async (id) => draw(id),
  });
}

/** Opens one of two flows that are compared: `FILE#ID` is the variant ID of FILE. */
export function openSide(
  name: string,
  variant: string | undefined,
  args: Arguments,
  terminal: Terminal,
): Promise<Result<Projected>> {
  const hash = name.lastIndexOf("#");
  const [file, id] = hash > 0 ? [name.slice(0, hash), variant ?? name.slice(hash + 1)] : [name, variant];
  const given = new Map(args.options);
  if (id !== undefined) given.set("variant", [id]);
  return openProjected(file, { ...args, options: given }, terminal);
}

/** Runs and projects variants of the flow. */
function drawing(flow: Flow, view: View): (variant: string) => Result<Drawn> {
  const known = new Map(rules().map((rule) => [rule.id, rule]));
  return (variant) => {
    const script = wholeScript(flow, variant);
    if (!script.ok)
      return fail(
        `${script.failure.message} ${variantsOf(flow)}${didYouMean(
          variant,
          flow.variants.map(({ id }) => id),
        )}`,
      );
    const run = computeRun(flow.scenario, script.value);
    return ok({ variant, run, diagram: project(flow, run, view, known, variant) });
  };
}

/** One line for a diagnostic, its severity first. */
function asLine({ severity, message }: Diagnostic): string {
  return `${severity}: ${message}`;
}

function variantsOf({ variants }: Flow): string {
  const ids = variants.slice(0, 20).map(({ id }) => id);
  return `Its variants are ${ids.join(", ")}${variants.length > ids.length ? " and others" : ""}.`;
}

function viewFrom(flow: Flow, args: Arguments): Result<View> {
  const level = levels.find((known) => known === optionValue(args, "level"));
  if (args.options.has("level") && level === undefined) {
    return fail(`“${optionValue(args, "level")}” is not a level; choose ${levels.join(" or ")}.`);
  }
  const hidden = optionValue(args, "hide");
  const hide = hidden === undefined || hidden === "none" ? [] : hidden.split(",").filter((name) => name !== "");
  const drawn = new Set<string>([...roles, ...flow.scenario.participants.map(({ id }) => id)]);
  const unknown = hide.find((name) => !drawn.has(name));
  if (unknown !== undefined) {
    return fail(
      `“${unknown}” is neither a role (${roles.join(", ")}) nor a participant of the flow.${didYouMean(unknown, drawn)}`,
    );
  }
  const view = flow.view ?? {};
  return ok({
    ...view,
    ...(level === undefined ? undefined : { level }),
    ...(hidden === undefined ? undefined : { hide }),
  });
}

function withOptions(flow: Flow, given: readonly string[]): Result<Flow> {
  let options = flow.scenario.options ?? {};
  for (const text of given) {
    const [name = "", ...rest] = text.split("=");
    if (rest.length === 0) return fail(`“${text}” is not an option of the scenario: write NAME=VALUE.`);
    if (!Object.hasOwn(optionsSchema.shape, name)) {
      return fail(
        `“${name}” is not an option of the scenario; the options are ${Object.keys(optionsSchema.shape).join(", ")}.${didYouMean(name, Object.keys(optionsSchema.shape))}`,
      );
    }
    const value = rest.join("=");
    const fitting = readings(value).find((reading) => optionsSchema.safeParse({ [name]: reading }).success);
    if (fitting === undefined) return fail(`The option ${name} cannot be “${value}”${allowed(name)}.`);
    options = { ...options, [name]: fitting };
  }
  return ok(given.length === 0 ? flow : { ...flow, scenario: { ...flow.scenario, options } });
}

/** What a word may mean: itself, a truth value, a number, a list. */
function readings(value: string): unknown[] {
  const truth = value === "true" ? [true] : value === "false" ? [false] : [];
  const number = /^\d+$/.test(value) ? [Number(value)] : [];
  return [...truth, ...number, value, value === "" ? [] : value.split(",")];
}

function allowed(name: string): string {
  const tried = optionsSchema.safeParse({ [name]: null });
  const issue = tried.success ? undefined : tried.error.issues[0];
  if (issue?.code === "invalid_value") return `; it is one of ${issue.values.join(", ")}`;
  const kinds: Record<string, string> = { boolean: "true or false", number: "a whole number from 400 to 699" };
  const kind = issue?.code === "invalid_type" ? kinds[issue.expected === "int" ? "number" : issue.expected] : undefined;
  return kind === undefined ? "" : `; it is ${kind}`;
}
