import type { Choice, HopName } from "../../shared/run/choice.ts";
import type { Divergence, Hop, Run, Turn } from "../../shared/run/run.ts";
import type { Sent, TurnResult } from "./turn.ts";

/** A run while it is being recorded: hears of every turn. */
export interface Recording {
  turn(choice: Choice, by: Turn["by"], result: TurnResult): void;
  passedOver(hops: readonly HopName[]): void;
  /** How many turns there are so far. */
  length(): number;
  /** Another that goes on from here by itself; what is recorded already is shared. */
  copy(): Recording;
  /** The run as recorded, which ends here. */
  run(end: Run["end"], divergence?: Divergence): Run;
}

type Recorded = { -readonly [K in keyof Hop]: Hop[K] };

interface Pages {
  readonly turns: Turn[];
  /** What is under way. Only these change any more. */
  readonly open: Open;
  /** What arrived or was lost, in that order. */
  readonly done: Hop[];
  readonly withheld: Hop[];
}

/**
 * Hops under way, in the order of sending. The newest stands apart: mostly it is the next to arrive, and where there is one
 * message at a time the map would be emptied and built anew for each.
 */
interface Open {
  readonly older: Map<HopName, Recorded>;
  newest?: Recorded | undefined;
}

function add(open: Open, hop: Recorded): void {
  if (open.newest !== undefined) open.older.set(open.newest.name, open.newest);
  open.newest = hop;
}

function find({ older, newest }: Open, name: HopName): Recorded | undefined {
  return newest?.name === name ? newest : older.size === 0 ? undefined : older.get(name);
}

function remove(open: Open, name: HopName): void {
  if (open.newest?.name === name) open.newest = undefined;
  else open.older.delete(name);
}

function all({ older, newest }: Open): readonly Recorded[] {
  return newest === undefined ? [...older.values()] : [...older.values(), newest];
}

/** Nothing recorded yet. */
export function createRecording(): Recording {
  return recordingOn({ turns: [], open: { older: new Map(), newest: undefined }, done: [], withheld: [] });
}

function recordingOn(pages: Pages): Recording {
  const { turns, open, done, withheld } = pages;
  return {
    passedOver: (hops) => {
      for (const name of hops) {
        const hop = find(open, name);
        if (hop !== undefined) hop.passedOver = true;
      }
    },
    turn: (choice, by, result) => {
      if ("hop" in choice) noteHop(pages, choice, result);
      for (const sent of result.sent) {
        const hop = recorded(sent, turns.length);
        noteMeant(hop, choice);
        add(open, hop);
      }
      turns.push(turnOf(choice, by, result));
    },
    length: () => turns.length,
    copy: () => {
      const copied: Open = { older: new Map() };
      for (const hop of all(open)) add(copied, { ...hop });
      return recordingOn({ turns: [...turns], open: copied, done: [...done], withheld: [...withheld] });
    },
    run: (end, divergence) => {
      // What never arrived stands last, as it stood under way.
      for (const hop of all(open)) done.push(hop);
      const kept = withheld.length === 0 ? undefined : { withheld };
      return divergence === undefined
        ? { turns, hops: done, end, ...kept }
        : { turns, hops: done, end, ...kept, divergence };
    },
  };
}

function noteHop(
  { turns, open, done, withheld }: Pages,
  choice: Extract<Choice, { readonly hop: HopName }>,
  result: TurnResult,
): void {
  const hop = find(open, choice.hop);
  if (hop === undefined) return;
  if (choice.kind === "alter" || choice.kind === "withhold") noteMeant(hop, choice);
  if (choice.kind === "alter") {
    if (hop.rule !== undefined && hop.instead === undefined)
      hop.instead = { name: hop.message.name, rule: hop.rule, message: hop.message };
    hop.message = result.altered?.message ?? hop.message;
    hop.origin = "authored";
    return;
  }
  remove(open, choice.hop);
  if (choice.kind === "withhold") {
    withheld.push(hop);
    return;
  }
  if (choice.kind === "deliver") hop.received = turns.length;
  else hop.lost = turns.length;
  done.push(hop);
}

/** Whether a departure from the rules is meant; of several on one hop the last says. */
function noteMeant(hop: Recorded, choice: Choice): void {
  if ("accepted" in choice && choice.accepted === true) hop.accepted = true;
  else if (hop.accepted === true) delete hop.accepted;
}

function turnOf(choice: Choice, by: Turn["by"], { at, reactions, unexpected }: TurnResult): Turn {
  return unexpected === undefined ? { choice, at, by, reactions } : { choice, at, by, reactions, unexpected };
}

function recorded({ hop, rule, cause, relays }: Sent, sent: number): Recorded {
  const { name, from, to, message } = hop;
  // With room for the arrival, which almost every hop gets.
  const record: Recorded = {
    name,
    from,
    to,
    message,
    sent,
    received: undefined,
    origin: rule === undefined ? "authored" : "computed",
  };
  if (rule !== undefined) record.rule = rule;
  if (cause !== undefined) record.cause = cause;
  if (relays !== undefined) record.relays = relays;
  return record;
}
