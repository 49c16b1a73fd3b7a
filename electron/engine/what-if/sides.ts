import type { Scenario } from "../../../shared/flow/flow.ts";
import type { Choice, ParticipantId } from "../../../shared/run/choice.ts";
import type { Run, Turn } from "../../../shared/run/run.ts";
import { initial, perform } from "../compute.ts";
import { enabled } from "../enabled.ts";
import { type Draft, draftOf, share } from "../world.ts";
import { waitsForPeople } from "./phrases.ts";

/** The conditions of a run, and which of their sides runs take. */

type Act = Extract<Choice, { kind: "stimulate" }>;

/** A side that no variant takes, and where in the main run it can be taken first. */
export interface Side {
  readonly key: string;
  readonly turn: number;
  readonly choice: Choice;
}

/** What a turn decides; undefined where it decides nothing that a flow would tell of. */
function sideOf(choice: Choice): string | undefined {
  if (choice.kind === "expire") {
    const [timer = ""] = choice.timer.split(" ");
    return timer in waitsForPeople ? `silent ${timer} ${choice.participant}` : undefined;
  }
  if (choice.kind !== "stimulate") return undefined;
  const { participant, stimulus, what, code } = choice;
  if (stimulus === "refuse") return `refuse ${participant} ${what} ${code ?? 403}`;
  return stimulus === "decline" || stimulus === "cancel" || stimulus === "accept"
    ? `${stimulus} ${participant} ${what}`
    : undefined;
}

/** Every side that a run takes. */
export function sidesOf(scenario: Scenario, run: Run): ReadonlySet<string> {
  const found = new Set(run.turns.flatMap(({ choice }) => sideOf(choice) ?? []));
  const answered = new Set(
    [...found].filter((side) => /^(?:accept|decline) /.test(side)).map((side) => side.split(" ")[1]),
  );
  const isSilent = [...found].some((side) => side.startsWith("silent "));
  const requests = requestsIn(run);
  for (const { id, role } of scenario.participants) {
    if (role !== "client") continue;
    const asked = requests.get(id) ?? [];
    if (asked.length > 0 && asked.every((hop) => hop.lost !== undefined)) found.add(`unreached ${id}`);
    // When the network stops waiting for everybody, nobody who was asked has said anything.
    if (isSilent && asked.length > 0 && !answered.has(id)) found.add(`silent T_ring ${id}`);
  }
  return found;
}

/** The requests by which participants are asked something, by who is asked. */
function requestsIn(run: Run): ReadonlyMap<ParticipantId, Run["hops"]> {
  const found = new Map<ParticipantId, Run["hops"][number][]>();
  for (const hop of run.hops) {
    const { method, status } = hop.message;
    if (status !== undefined || (method !== "INVITE" && method !== "REFER")) continue;
    const known = found.get(hop.to);
    if (known === undefined) found.set(hop.to, [hop]);
    else known.push(hop);
  }
  return found;
}

/** The sides of the main run's conditions that no variant takes, in the order in which they can be taken. */
export function openSides(scenario: Scenario, main: Run, covered: ReadonlySet<string>): readonly Side[] {
  const known = new Set(covered);
  const found: Side[] = [];
  const note = (side: Side) => {
    if (known.has(side.key)) return;
    known.add(side.key);
    found.push(side);
  };
  const draft = draftOf(initial(scenario));
  const isTransfer = (what: string | undefined) => scenario.transfers?.some(({ id }) => id === what) === true;
  const clients = new Set(scenario.participants.filter(({ role }) => role === "client").map(({ id }) => id));
  const asked = new Set<ParticipantId>();
  const requests = requestsIn(main);
  for (let turn = 0; turn <= main.turns.length; turn++) {
    // Only whoever took part in the last turn may do something new.
    const last = main.turns[turn - 1];
    const possible = last === undefined ? enabled(draft) : ownActs(draft, last);
    for (const choice of possible) {
      const key = sideOf(choice);
      if (key !== undefined && !isOddCode(choice)) note({ key, turn, choice });
      // An operator has two reasons to refuse a transfer: it is not allowed, or its target is not available.
      if (
        choice.kind === "stimulate" &&
        choice.stimulus === "refuse" &&
        isTransfer(choice.what) &&
        choice.code === undefined
      ) {
        const unavailable: Act = { ...choice, code: 480 };
        note({ key: sideOf(unavailable) ?? "", turn, choice: unavailable });
      }
    }
    const taken = main.turns[turn];
    if (taken === undefined) break;
    if (taken.choice.kind === "deliver" && clients.has(taken.at) && !asked.has(taken.at)) {
      const { hop } = taken.choice;
      if (requests.get(taken.at)?.some(({ name }) => name === hop) === true) {
        asked.add(taken.at);
        note({ key: `unreached ${taken.at}`, turn, choice: { kind: "lose", hop } });
      }
    }
    perform(draft, taken.choice);
  }
  return found;
}

/** What may happen at those whose state a turn has changed: where it happened, and who sent what was lost. */
function ownActs(draft: Draft, { at, choice }: Turn): readonly Choice[] {
  share(draft);
  const sender = choice.kind === "lose" ? choice.hop.slice(0, choice.hop.indexOf(">")) : at;
  return [...new Set([at, sender])].flatMap((id) => {
    const own = draft.memories.get(id);
    const memories = new Map(own === undefined ? [] : [[id, own]]);
    const timers = new Map(
      [...draft.timers].map(([duration, group]) => [
        duration,
        new Map([...group].filter(([, timer]) => timer.participant === id)),
      ]),
    );
    return enabled({ topology: draft.topology, memories, timers, flight: [] }).filter(
      (choice) => "participant" in choice && choice.participant === id,
    );
  });
}

/** A refusal for all of a person's devices is another code of the same side. */
const isOddCode = (choice: Choice): boolean =>
  choice.kind === "stimulate" && choice.stimulus === "decline" && choice.code !== undefined;

/** Of many devices of one person that may do the same the first ones. */
export function withoutAlike(scenario: Scenario, sides: readonly Side[], most: number): readonly Side[] {
  const users = new Map(scenario.participants.map((p) => [p.id, p.role === "client" ? p.user : p.id]));
  const counts = new Map<string, number>();
  return sides.filter(({ key }) => {
    const [what = "", ...words] = key.split(" ");
    const who = words.find((word) => users.has(word)) ?? "";
    const kind = `${what} ${users.get(who)}`;
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    return what === "refuse" || count < most;
  });
}
