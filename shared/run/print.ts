import type { Diagram, End, Step } from "../diagram/diagram.ts";
import type { Flow, Role } from "../flow/flow.ts";
import type { SipNames } from "./addresses.ts";
import type { HopName, ParticipantId } from "./choice.ts";
import type { Divergence, Hop, Run } from "./run.ts";
import { msrpText, sipBody, sipHead } from "./sip-headers.ts";

/** The names of a diagram's lifelines, by id. */
export function lifelineNames(diagram: Diagram): ReadonlyMap<ParticipantId, string> {
  return new Map(diagram.lifelines.map(({ id, name }) => [id, name]));
}

/**
 * A step as one line: `12. CPM Client B2 → SIP/IP Core B: ALERTING response`; a state without an arrow:
 * `19. CPM Controlling Function X: the session is established`. Line breaks in a label become spaces.
 */
export function stepLine(step: Step, names: ReadonlyMap<ParticipantId, string>): string {
  const number = step.number === "" ? "" : `${step.number}. `;
  const from = endText(step.from, names);
  const ends = step.state === true ? from : `${from} → ${endText(step.to, names)}`;
  const lost = step.lost ? " (lost)" : "";
  return `${number}${ends}: ${step.label.replace(/\s*[\r\n]+\s*/g, " ")}${lost}`;
}

function endText(end: End, names: ReadonlyMap<ParticipantId, string>): string {
  if (end.kind === "nowhere") return "nowhere";
  return end.kind === "hidden" ? end.name : (names.get(end.id) ?? end.id);
}

/** A run for other programs, as `callflow run --json` prints it. */
export interface RunJson {
  readonly title: string;
  readonly clause?: string;
  readonly variant: string;
  readonly participants: readonly { readonly id: ParticipantId; readonly name: string; readonly role: Role }[];
  readonly steps: readonly StepJson[];
  readonly end: Run["end"];
  readonly divergence?: Divergence;
}

export interface StepJson {
  readonly number: string;
  /** Participant ids; null where an arrow comes from or goes nowhere. */
  readonly from: ParticipantId | null;
  readonly to: ParticipantId | null;
  /** The name at CPM level, and the SIP start. */
  readonly message: string;
  readonly sip: string;
  readonly hops: readonly HopName[];
  readonly through: readonly ParticipantId[];
  /** The rule that sent it and the clause of that rule; null for an authored step. */
  readonly rule: string | null;
  readonly clause: string | null;
  /** The paragraph that tells of it, which may tell of its neighbours too. */
  readonly text: string;
  readonly sent: number;
  readonly received: number;
  readonly lost: boolean;
  readonly origin: Step["origin"];
}

/** The steps of a diagram with the run they were made from. */
export function runJson(flow: Flow, variant: string, run: Run, diagram: Diagram): RunJson {
  const texts: string[] = [];
  for (const { first, last, text } of diagram.paragraphs) for (let i = first; i <= last; i++) texts[i] = text;
  const steps: StepJson[] = [];
  for (const item of diagram.items) if (item.type === "step") steps.push(stepJson(item, texts[item.index] ?? ""));
  return {
    title: flow.title,
    ...(flow.clause === undefined ? undefined : { clause: flow.clause }),
    variant,
    participants: flow.scenario.participants.map(({ id, name, role }) => ({ id, name, role })),
    steps,
    end: run.end,
    ...(run.divergence === undefined ? undefined : { divergence: run.divergence }),
  };
}

function stepJson(step: Step, text: string): StepJson {
  const { number, name: message, sip, hops, through, sent, received, lost, origin } = step;
  const [from, to] = [step.from, step.to].map((end) => (end.kind === "nowhere" ? null : end.id));
  return {
    number,
    from: from ?? null,
    to: to ?? null,
    message,
    sip,
    hops,
    through,
    rule: step.rule ?? null,
    clause: step.clause ?? null,
    text,
    sent,
    received,
    lost,
    origin,
  };
}

/**
 * The message of a hop as SIP or MSRP text, one line an element: start line, headers, an empty line and the body where
 * there is one. Says what the message's fields say and no more. An authored message is its label.
 * @param names made by `sipNames` from the flow's scenario.
 */
export function sipText(hop: Hop, names: SipNames): readonly string[] {
  const { message } = hop;
  if (message.method === undefined) return message.name.split(/\r?\n/);
  return message.method === "SEND" ? msrpText(hop, names) : [...sipHead(hop, names), ...sipBody(message, names)];
}

/**
 * Which lines of a message are new or changed against the hop before on the same relay chain (`hop.relays`): lines that
 * stand there as they are here are not. With nothing before, nothing is marked.
 */
export function changedLines(previous: readonly string[] | undefined, current: readonly string[]): readonly boolean[] {
  if (previous === undefined) return current.map(() => false);
  const left = new Map<string, number>();
  for (const line of previous) left.set(line, (left.get(line) ?? 0) + 1);
  return current.map((line) => {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    return count === 0 && line !== "";
  });
}
