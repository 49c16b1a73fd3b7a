import type { Choice } from "../../../shared/run/choice.ts";

/**
 * Shortens a script as far as `holds` stays true: first to what people, timers and losses do and what crosses that, then
 * by leaving out ever smaller parts, until no single choice can be left out. `turns` says all there is, each at once.
 * @param isHurried whether a longer script will do now.
 */
export function shorten(
  turns: readonly Choice[],
  holds: (script: readonly Choice[]) => boolean,
  isHurried: () => boolean,
): readonly Choice[] {
  const acts = turns.filter((choice) => choice.kind !== "deliver");
  const start = [unhurried(acts), unhurried(withCrossings(turns)), acts, withCrossings(turns)].find(holds);
  return isHurried() ? (start ?? turns) : patient(leaveOut(start ?? turns, holds), holds);
}

/** Acts of people, with the arrivals at the same participant that came after them. */
function withCrossings(turns: readonly Choice[]): readonly Choice[] {
  const acted = new Set<string>();
  return turns.filter((choice) => {
    if (choice.kind === "stimulate") acted.add(choice.participant);
    if (choice.kind !== "deliver") return true;
    return acted.has(/>(\S+) /.exec(choice.hop)?.[1] ?? "");
  });
}

function leaveOut(script: readonly Choice[], holds: (script: readonly Choice[]) => boolean): readonly Choice[] {
  let left = script;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let changed = true; changed; ) {
      changed = false;
      for (let at = left.length - size; at >= 0; at -= size) {
        const fewer = left.toSpliced(at, size);
        if (!holds(fewer)) continue;
        left = fewer;
        changed = true;
      }
      // Larger parts are tried once; what they leave is looked at again in smaller ones.
      if (size > 1) changed = false;
    }
  }
  return left;
}

/** Lets people and timers wait for rest where that makes no difference. */
function patient(script: readonly Choice[], holds: (script: readonly Choice[]) => boolean): readonly Choice[] {
  const all = unhurried(script);
  if (holds(all)) return all;
  let left = script;
  for (const at of script.keys()) {
    const calmer = left.with(at, calm(left[at] as Choice));
    if (holds(calmer)) left = calmer;
  }
  return left;
}

const unhurried = (script: readonly Choice[]): readonly Choice[] => script.map(calm);

function calm(choice: Choice): Choice {
  if (!("now" in choice)) return choice;
  const { now: _now, ...rest } = choice;
  return rest;
}
