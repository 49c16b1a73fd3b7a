import type { Scenario } from "../../../shared/flow/flow.ts";
import { didYouMean } from "../../../shared/flow/nearest.ts";
import { fail, ok, type Result } from "../../../shared/flow/result.ts";
import type { Choice, ParticipantId } from "../../../shared/run/choice.ts";
import { type Freedom, type FreedomKind, freedomKinds } from "../../../shared/run/exploration.ts";

/** Who answers, declines or stays silent, in any order, cancellations crossing. */
export const usualFreedoms: readonly Freedom[] = (["accept", "decline", "silent", "order"] as const).map((kind) => ({
  kind,
  where: [],
}));

const onEdges: readonly FreedomKind[] = ["loss", "order", "overtake"];

/**
 * Reads a list of freedoms: `KIND[=NUMBER][:WHERE+WHERE…]`, separated by commas, as in
 * `accept:clientB1,decline=603,timers:T_ring,loss=2:coreB>clientB2,order`. `answers` stands for accept, decline and
 * silent. Fails with one sentence on a word that is no freedom and on a place that the scenario does not have.
 */
export function readFreedoms(text: string, scenario: Scenario): Result<readonly Freedom[]> {
  const found: Freedom[] = [];
  for (const item of text.split(",").map((word) => word.trim())) {
    const match = /^([a-z]+)(?:=(\d{1,9}))?(?::(.+))?$/.exec(item);
    const word = match?.[1] ?? "";
    const wanted: readonly FreedomKind[] =
      word === "answers" ? ["accept", "decline", "silent"] : freedomKinds.filter((kind) => kind === word);
    if (match === null || wanted.length === 0)
      return fail(
        `“${item}” is not a freedom; the freedoms are answers, ${freedomKinds.join(", ")}.${didYouMean(word, ["answers", ...freedomKinds])}`,
      );
    const number = match[2] === undefined ? undefined : Number(match[2]);
    const where = match[3]?.split("+") ?? [];
    for (const kind of wanted) {
      const wrong = wrongNumber(kind, number) ?? where.map((place) => wrongPlace(kind, place, scenario)).find(Boolean);
      if (wrong !== undefined) return fail(wrong);
      found.push(number === undefined ? { kind, where } : { kind, where, number });
    }
  }
  return ok(found);
}

function wrongNumber(kind: FreedomKind, number: number | undefined): string | undefined {
  if (number === undefined) return undefined;
  if (kind === "decline" || kind === "refuse")
    return number >= 400 && number <= 699 ? undefined : `A ${kind} has a status code from 400 to 699, not ${number}.`;
  if (kind === "loss")
    return number >= 1 && number <= 100 ? undefined : `From 1 to 100 messages may be lost, not ${number}.`;
  return `The freedom “${kind}” takes no number; decline and refuse take a status code, loss how many messages may be lost.`;
}

function wrongPlace(kind: FreedomKind, place: string, scenario: Scenario): string | undefined {
  const known = new Set(scenario.participants.map((p) => p.id));
  const [from = "", to] = place.split(">");
  if (to === undefined)
    return known.has(place) || (kind === "timers" && /^[A-Z]\w*$|^t_\w+$/.test(place))
      ? undefined
      : `“${place}” in the freedom “${kind}” is not a participant of the flow.${didYouMean(place, known)}`;
  if (!onEdges.includes(kind)) return `The freedom “${kind}” is about participants, not about the edge “${place}”.`;
  const stranger = [from, to].find((id) => !known.has(id));
  return stranger === undefined ? undefined : `“${stranger}” in “${kind}:${place}” is not a participant of the flow.`;
}

/** The freedoms as questions about what may happen. */
export interface Freedoms {
  /**
   * Deliveries, devices and people may go in any order, only that what goes over one edge arrives in the order in which
   * it was sent (as over TCP), unless it may overtake there; otherwise only what goes over the edges of `isDelayable`.
   */
  readonly anyOrder: boolean;
  /** How many messages may be lost in one run. */
  readonly losses: number;
  /** Whether a person may do this; the choice as it is to be taken, with the code that was asked for. */
  actsOf(choice: Extract<Choice, { kind: "stimulate" }>): readonly Choice[];
  isTimerFree(participant: ParticipantId, name: string): boolean;
  isLosable(from: ParticipantId, to: ParticipantId): boolean;
  isDelayable(from: ParticipantId, to: ParticipantId): boolean;
  mayOvertake(from: ParticipantId, to: ParticipantId): boolean;
  /** Whether the clock may run out on an answer that this participant could give. */
  maySayNothing(participant: ParticipantId): boolean;
}

export function compileFreedoms(list: readonly Freedom[]): Freedoms {
  const of = (kind: FreedomKind) => list.filter((freedom) => freedom.kind === kind);
  const allows = (kind: FreedomKind, ...names: readonly string[]) =>
    of(kind).some(({ where }) => where.length === 0 || where.some((place) => names.includes(place)));
  const answers = [...of("accept"), ...of("decline")];
  return {
    anyOrder: of("order").some(({ where }) => where.length === 0),
    losses: Math.max(0, ...of("loss").map(({ number }) => number ?? 1)),
    actsOf: (choice) => {
      // The scenario's own code is the one that a decline without a number has.
      if (choice.code !== undefined) return [];
      const free = of(choice.stimulus).filter(({ where }) => where.length === 0 || where.includes(choice.participant));
      const codes = new Set(free.map(({ number }) => number));
      return [...codes].map((code) => (code === undefined ? choice : { ...choice, code }));
    },
    isTimerFree: (participant, name) => allows("timers", participant, name),
    isLosable: (from, to) => allows("loss", from, to, `${from}>${to}`),
    isDelayable: (from, to) => allows("order", from, to, `${from}>${to}`),
    mayOvertake: (from, to) => allows("overtake", from, to, `${from}>${to}`),
    // Where nothing is said of silence, it is left to those whose answers are not free.
    maySayNothing: (participant) =>
      allows("silent", participant) || !answers.some(({ where }) => where.length === 0 || where.includes(participant)),
  };
}

/** Where in a script the first turn stands that the freedoms are about; its length when there is none. */
export function prefixLength(script: readonly Choice[], list: readonly Freedom[]): number {
  const free = compileFreedoms(list);
  const at = script.findIndex((choice) => {
    if (choice.kind === "stimulate") return free.actsOf({ ...choice, code: undefined }).length > 0;
    if (choice.kind === "expire") return free.isTimerFree(choice.participant, choice.timer.split(" ")[0] ?? "");
    if (choice.kind !== "deliver" && choice.kind !== "lose") return false;
    const [from = "", to = ""] = (choice.hop.split(" ")[0] ?? "").split(">");
    return choice.kind === "lose" ? free.isLosable(from, to) : free.anyOrder || free.isDelayable(from, to);
  });
  return at < 0 ? script.length : at;
}
