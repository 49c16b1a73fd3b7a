import type { HopName } from "./choice.ts";
import type { Gesture } from "./gesture.ts";
import type { Hop, Message, Run } from "./run.ts";

/**
 * What a gesture comes to as far as that is plain without the engine: the picture shows it at once, and the engine's run
 * follows. Where nothing but drawn messages is concerned it looks the same; what the rules make of a change is not in it.
 * @returns undefined where nothing is plain.
 */
export function anticipated(run: Run, gesture: Gesture): Run | undefined {
  switch (gesture.kind) {
    case "relabel":
      return changed(run, renamed(run.hops, [gesture]));
    case "rename":
      return changed(run, renamed(run.hops, gesture.changes));
    case "draw":
      // What comes from outside the picture is said of its arrow, which is the document's.
      return gesture.messages.some(({ ends }) => ends !== undefined) || gesture.participants !== undefined
        ? undefined
        : changed(run, drawn(run.hops, gesture));
    case "erase":
      return changed(run, erased(run.hops, gesture.hops));
    case "reroute":
      return changed(
        run,
        replaced(run.hops, gesture.hop, (hop) => ({ ...hop, from: gesture.from, to: gesture.to })),
      );
    case "lose":
      return changed(run, replaced(run.hops, gesture.hop, lost));
    default:
      return undefined;
  }
}

function changed(run: Run, hops: readonly Hop[] | undefined): Run | undefined {
  return hops === undefined ? undefined : { ...run, hops };
}

type Words = Extract<Gesture, { kind: "relabel" }>["message"];

/** A drawn message as far as it is seen: its name and its line. */
function messageOf({ label, kind = "request" }: Words): Message {
  if (kind === "media") return { name: label, kind: "media", class: "media" };
  return { name: label, kind: kind === "request" ? "request" : "final", class: "cpm" };
}

function renamed(
  hops: readonly Hop[],
  changes: readonly { readonly hop: HopName; readonly message: Words }[],
): readonly Hop[] | undefined {
  const wanted = new Map(changes.map(({ hop, message }) => [hop, message]));
  /** Those that pass the same message on show its new name too. */
  const passed = new Map<HopName, Message>();
  let found = false;
  const next = hops.map((hop) => {
    const words = wanted.get(hop.name);
    const message = words === undefined ? passed.get(hop.relays ?? "") : messageOf(words);
    if (message === undefined) return hop;
    found = true;
    passed.set(hop.name, message);
    if (words === undefined) return { ...hop, message };
    const { rule, instead = rule === undefined ? undefined : { name: hop.message.name, rule, message: hop.message } } =
      hop;
    return { ...hop, message, origin: "authored" as const, ...(instead !== undefined && { instead }) };
  });
  return found ? next : undefined;
}

function drawn(hops: readonly Hop[], gesture: Extract<Gesture, { kind: "draw" }>): readonly Hop[] | undefined {
  const at = gesture.after === null ? -1 : hops.findIndex(({ name }) => name === gesture.after);
  if (gesture.after !== null && at < 0) return undefined;
  const above = hops[at];
  const turn = above?.received ?? above?.lost ?? above?.sent ?? 0;
  const names = new Set(hops.map(({ name }) => name));
  const fresh = gesture.messages.map(({ from, to, message }): Hop => {
    const edge = `${from}>${to} ${message.label}`;
    let count = 1;
    while (names.has(`${edge}#${count}`)) count++;
    const name = `${edge}#${count}`;
    names.add(name);
    return { name, from, to, message: messageOf(message), sent: turn, received: turn, origin: "authored" };
  });
  return hops.toSpliced(at + 1, 0, ...fresh);
}

/** Without the messages, and without what came of them. */
function erased(hops: readonly Hop[], gone: readonly HopName[]): readonly Hop[] | undefined {
  const without = new Set(gone);
  // What a message causes arrives after it.
  const left = hops.filter(({ name, cause }) => {
    if (cause !== undefined && without.has(cause)) without.add(name);
    return !without.has(name);
  });
  return left.length === hops.length ? undefined : left;
}

function replaced(hops: readonly Hop[], name: HopName, make: (hop: Hop) => Hop): readonly Hop[] | undefined {
  const at = hops.findIndex((hop) => hop.name === name);
  const hop = hops[at];
  // What a rule sends is answered by rules: how that goes on where it goes elsewhere is the engine's to say.
  return hop === undefined || hop.rule !== undefined ? undefined : hops.with(at, make(hop));
}

function lost(hop: Hop): Hop {
  const { received, ...rest } = hop;
  return received === undefined ? hop : { ...rest, lost: received };
}
