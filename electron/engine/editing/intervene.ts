import type { Scenario } from "../../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../../shared/flow/result.ts";
import type { Choice, HopName } from "../../../shared/run/choice.ts";
import type { Gesture } from "../../../shared/run/gesture.ts";
import type { Hop, Run } from "../../../shared/run/run.ts";
import { computeRun } from "../compute.ts";
import { type Course, type Drawn, drawBefore, putBefore, putOnTheWay, takenBefore } from "./placing.ts";
import { sameHops } from "./same-hops.ts";

/** What a gesture makes of a script. */
export interface Intervened {
  readonly script: readonly Choice[];
  /** For each choice that took the place of another, that other one: it still stands for the same message. */
  readonly original: ReadonlyMap<Choice, Choice>;
}

/**
 * The script of a variant after a person did something to its picture: messages drawn, erased and changed become
 * interventions, everything else stays. Choices that are not touched are the same objects as before. Fails with a
 * sentence when the message is not in the run, or cannot stand where it is put.
 */
export function intervene(
  scenario: Scenario,
  script: readonly Choice[],
  run: Run,
  gesture: Gesture,
): Result<Intervened> {
  const course: Course = { scenario, script, run };
  switch (gesture.kind) {
    case "draw":
      return draw(course, gesture);
    case "erase":
      return erase(course, gesture.hops);
    case "relabel":
      return onHop(course, gesture.hop, (hop) => relabel(course, hop, gesture.message));
    case "rename":
      return rename(course, gesture.changes);
    case "reroute":
      return onHop(course, gesture.hop, (hop) => reroute(course, hop, gesture));
    case "move":
      return onHop(course, gesture.hop, (hop) =>
        isDrawn(hop) ? moveDrawn(course, hop, gesture.after) : moveComputed(course, hop, gesture.after),
      );
    case "delay":
      return onHop(course, gesture.hop, (hop) => delay(course, hop, gesture.after));
    case "lose":
      return onHop(course, gesture.hop, (hop) =>
        ok(unchanged(withoutWord(course, hop, { kind: "lose", hop: hop.name }))),
      );
    case "accept":
      return accept(course, gesture.hop);
    case "revert":
      return revert(course, gesture.hop);
  }
}

const unchanged = (script: readonly Choice[]): Intervened => ({ script, original: new Map() });

function hopNamed({ run }: Course, name: HopName): Hop | undefined {
  return run.hops.find((hop) => hop.name === name);
}

function onHop(course: Course, name: HopName, act: (hop: Hop) => Result<Intervened>): Result<Intervened> {
  const hop = hopNamed(course, name);
  return hop === undefined ? notThere(name) : act(hop);
}

const notThere = (name: HopName): Result<Intervened> => fail(`The message “${name}” is not in this variant.`);

/** Drawn by the author, not sent by a rule; one that was changed is still sent by its rule. */
const isDrawn = (hop: Hop): boolean => hop.rule === undefined;

/** Position in the script of the choice by which a drawn hop was sent. */
const drawnAt = (course: Course, hop: Hop): number => takenBefore(course, hop.sent);

/** The turn before which something stands that is put after a hop: after its arrival. */
function turnAfter(course: Course, after: HopName | null): Result<number> {
  if (after === null) return ok(0);
  const hop = hopNamed(course, after);
  if (hop === undefined) return fail(`The message “${after}” is not in this variant.`);
  return ok((hop.received ?? hop.lost ?? hop.sent) + 1);
}

function draw(course: Course, { messages, after }: Extract<Gesture, { kind: "draw" }>): Result<Intervened> {
  const turn = turnAfter(course, after);
  if (!turn.ok) return turn;
  const unknown = unknownIn(
    course,
    messages.flatMap(({ from, to }) => [from, to]),
  );
  if (unknown !== undefined) return unknown;
  const choices = messages.map(({ from, to, message }): Drawn => ({ kind: "inject", from, to, message }));
  return ok(unchanged(drawBefore(course, turn.value, choices).script));
}

function unknownIn({ scenario }: Course, named: readonly string[]): Result<Intervened> | undefined {
  const ids = new Set(scenario.participants.map(({ id }) => id));
  const unknown = named.find((id) => !ids.has(id));
  return unknown === undefined ? undefined : fail(`There is no participant “${unknown}”.`);
}

function erase(course: Course, names: readonly HopName[]): Result<Intervened> {
  const hops = new Map([...new Set(names)].map((name) => [name, hopNamed(course, name)]));
  for (const [name, hop] of hops) if (hop === undefined) return notThere(name);
  const all = [...hops.values()].filter((hop) => hop !== undefined);
  let now: Course = { ...course, script: withoutDrawn(course, all.filter(isDrawn)) };
  let left = all.filter((hop) => !isDrawn(hop)).map(({ name }) => name);
  let before: Course = course;
  // One after the other: what is gone takes others with it, and others are called something else after it.
  while (left.length > 0) {
    const run = now.script === before.script ? before.run : computeRun(course.scenario, now.script);
    now = { ...now, run };
    const same = sameHops(before, now, new Map());
    const [next, ...rest] = left.flatMap((name) => same.get(name) ?? []);
    const hop = next === undefined ? undefined : hopNamed(now, next);
    left = rest;
    before = now;
    if (hop !== undefined) now = { ...now, script: withoutWord(now, hop, { kind: "withhold", hop: hop.name }) };
  }
  return ok(unchanged(now.script));
}

/** The script without drawn messages and what it says of them. */
function withoutDrawn(course: Course, hops: readonly Hop[]): readonly Choice[] {
  if (hops.length === 0) return course.script;
  const at = new Set(hops.map((hop) => drawnAt(course, hop)));
  const names = new Set(hops.map(({ name }) => name));
  return course.script.filter((choice, i) => !at.has(i) && !("hop" in choice && names.has(choice.hop)));
}

/** The script with a choice about a hop as the only one about it: as soon as it is under way. */
function withoutWord(course: Course, hop: Hop, choice: Choice): readonly Choice[] {
  const put = putOnTheWay(course, hop, choice);
  return put.filter(
    (other) => other === choice || !("hop" in other && other.hop === hop.name && other.kind !== "alter"),
  );
}

/** The script with one choice in place of another. */
function replaced(script: readonly Choice[], at: number, choice: Choice): Result<Intervened> {
  const before = script[at];
  if (before === undefined) return fail(`The script has no choice ${at}.`);
  return ok({ script: script.with(at, choice), original: new Map([[choice, before]]) });
}

type Message = Extract<Choice, { kind: "inject" }>["message"];

function relabel(course: Course, hop: Hop, message: Message): Result<Intervened> {
  const { script } = course;
  if (isDrawn(hop)) {
    const at = drawnAt(course, hop);
    const choice = script[at];
    return choice?.kind === "inject" ? replaced(script, at, { ...choice, message }) : notThere(hop.name);
  }
  const altered = script.findIndex((choice) => choice.kind === "alter" && choice.hop === hop.name);
  if (altered >= 0) return replaced(script, altered, { kind: "alter", hop: hop.name, message });
  return ok(unchanged(putOnTheWay(course, hop, { kind: "alter", hop: hop.name, message })));
}

/** Each takes the place of what stood there, so that the places of the others stay as the run has them. */
function rename(
  course: Course,
  changes: readonly { readonly hop: HopName; readonly message: Message }[],
): Result<Intervened> {
  const hops = new Map(course.run.hops.map((hop) => [hop.name, hop]));
  const original = new Map<Choice, Choice>();
  let { script } = course;
  for (const { hop: name, message } of changes) {
    const hop = hops.get(name);
    if (hop === undefined) return notThere(name);
    if (hop.origin !== "authored") return fail(`The message “${name}” is named by a rule, not by the author.`);
    const relabelled = relabel({ ...course, script }, hop, message);
    if (!relabelled.ok) return relabelled;
    script = relabelled.value.script;
    for (const [choice, before] of relabelled.value.original) original.set(choice, before);
  }
  return ok({ script, original });
}

function reroute(
  course: Course,
  hop: Hop,
  { from, to }: { readonly from: string; readonly to: string },
): Result<Intervened> {
  const unknown = unknownIn(course, [from, to]);
  if (unknown !== undefined) return unknown;
  const { script } = course;
  if (isDrawn(hop)) {
    const at = drawnAt(course, hop);
    const choice = script[at];
    return choice?.kind === "inject" ? replaced(script, at, { ...choice, from, to }) : notThere(hop.name);
  }
  // Its rule sends it where the rule says; in its stead the author sends another one.
  const { name, kind } = hop.message;
  const drawnKind =
    kind === "media" ? "media" : kind === "request" || kind === "acknowledgement" ? "request" : "response";
  const drawn: Choice = { kind: "inject", from, to, message: { label: name, kind: drawnKind }, now: true };
  return ok(unchanged(putOnTheWay(course, hop, { kind: "withhold", hop: hop.name }, drawn)));
}

/** Takes a drawn message out and draws it anew at the other place. */
function moveDrawn(course: Course, hop: Hop, after: HopName | null): Result<Intervened> {
  const { scenario, script } = course;
  const drawn = script[drawnAt(course, hop)];
  const erased = erase(course, [hop.name]);
  if (drawn?.kind !== "inject" || !erased.ok) return erased;
  const without: Course = { scenario, script: erased.value.script, run: computeRun(scenario, erased.value.script) };
  const target = after === null ? null : sameHops(course, without, new Map()).get(after);
  if (target === undefined) return fail(`“${hop.message.name}” cannot stand after a message that it causes itself.`);
  const turn = turnAfter(without, target);
  if (!turn.ok) return turn;
  const { now: _, ...calm } = drawn;
  const { script: moved, put } = drawBefore(without, turn.value, [calm]);
  return ok({ script: moved, original: new Map(put.map((choice) => [choice, drawn])) });
}

/** A computed message stands where it arrives. */
function moveComputed(course: Course, hop: Hop, after: HopName | null): Result<Intervened> {
  const turn = turnAfter(course, after);
  if (!turn.ok) return turn;
  const arrival = hop.received ?? hop.lost;
  if (arrival === undefined) return fail(`“${hop.message.name}” never arrives, so it has no place to be moved from.`);
  if (turn.value > arrival) return after === null ? notThere(hop.name) : delay(course, hop, after);
  if (turn.value <= hop.sent) {
    return fail(`“${hop.message.name}” cannot arrive before it is sent.`);
  }
  return ok(unchanged(putBefore(course, turn.value, { kind: "deliver", hop: hop.name })));
}

/** Lets a message arrive after another one, if it can. */
function delay(course: Course, hop: Hop, after: HopName): Result<Intervened> {
  const { scenario, script } = course;
  const target = hopNamed(course, after);
  if (target === undefined) return notThere(after);
  const deliver: Choice = { kind: "deliver", hop: hop.name };
  const others = script.filter((choice) => !("hop" in choice && choice.hop === hop.name && choice.kind !== "alter"));
  const turn = target.received ?? target.lost ?? target.sent;
  const at = takenBefore(course, turn + 1) - (script.length - others.length);
  const named: Choice = { kind: "deliver", hop: after };
  // Without naming the other one where its arrival is the script's anyway, then with; the one that does it is taken.
  const ways = [[deliver], [named, deliver]].map((put) => others.toSpliced(Math.max(0, at), 0, ...put));
  for (const way of ways) {
    const run = computeRun(scenario, way);
    const [late, before] = [hop.name, after].map((name) => run.hops.find((one) => one.name === name)?.received);
    if (run.end === "rest" && late !== undefined && before !== undefined && late > before) return ok(unchanged(way));
  }
  const [what, which] = [hop.message.name, target.message.name];
  return fail(`“${what}” cannot arrive after “${which}”: that one happens only because of it.`);
}

function accept({ script, run }: Course, name: HopName): Result<Intervened> {
  const at = interventionAt({ script, run }, name);
  const choice = script[at];
  if (choice === undefined || !isIntervention(choice)) return fail(`“${name}” is as the rules have it.`);
  const original = new Map<Choice, Choice>();
  const accepted = script.map((one, i) => {
    if (i !== at && i !== otherHalf({ script, run }, at)) return one;
    const meant = { ...one, accepted: true } as Choice;
    original.set(meant, one);
    return meant;
  });
  return ok({ script: accepted, original });
}

function revert(course: Course, name: HopName): Result<Intervened> {
  const at = interventionAt(course, name);
  const choice = course.script[at];
  if (choice === undefined) return fail(`“${name}” is as the rules have it.`);
  const half = course.script[otherHalf(course, at) ?? -1];
  const gone = choice.kind === "withhold" ? drawnBy(course, half) : choice.kind === "inject" ? name : undefined;
  const without = course.script.filter((one) => one !== half && one !== choice);
  return ok(unchanged(gone === undefined ? without : without.filter((one) => !("hop" in one && one.hop === gone))));
}

type Intervention = Extract<Choice, { kind: "inject" | "withhold" | "alter" }>;

const isIntervention = (choice: Choice): choice is Intervention =>
  choice.kind === "inject" || choice.kind === "withhold" || choice.kind === "alter";

/**
 * A message that was re-routed is two interventions, one after the other: what the rules send is withheld, and the same
 * message is drawn in its stead. Position of the other one of the two; undefined where an intervention stands for itself.
 */
function otherHalf({ script, run }: Pick<Course, "script" | "run">, at: number): number | undefined {
  const first = script[at]?.kind === "inject" ? at - 1 : at;
  const [withheld, drawn] = [script[first], script[first + 1]];
  if (withheld?.kind !== "withhold" || drawn?.kind !== "inject" || drawn.now !== true) return undefined;
  const hop = run.withheld?.find(({ name }) => name === withheld.hop);
  const isSame = hop?.message.name === drawn.message.label && (hop.from === drawn.from || hop.to === drawn.to);
  return isSame ? (first === at ? at + 1 : first) : undefined;
}

/** The hop that a choice of the script draws. */
function drawnBy({ run }: Course, choice: Choice | undefined): HopName | undefined {
  const turn = run.turns.findIndex((one) => one.choice === choice);
  return run.hops.find((hop) => isDrawn(hop) && hop.sent === turn)?.name;
}

/** Position of the intervention about a hop; -1 when there is none. */
function interventionAt({ script, run }: Pick<Course, "script" | "run">, name: HopName): number {
  const onIt = script.findIndex((choice) => isIntervention(choice) && "hop" in choice && choice.hop === name);
  if (onIt >= 0) return onIt;
  const hop = run.hops.find((one) => one.name === name);
  if (hop === undefined || !isDrawn(hop)) return -1;
  return run.turns.slice(0, hop.sent).filter(({ by }) => by === "script").length;
}
