import { choiceKey } from "../run/choice.ts";
import type { Hop, Message, Run } from "../run/run.ts";

/**
 * For each hop, by name, a text that is equal for equal histories: its edge and message, and the same of what caused it,
 * back to what a person or a timer did. Histories are hashed, so that a long chain costs no more a hop than a short one.
 * Hops that nothing tells apart have one history.
 * @param called the name of a participant that both sides of a comparison know.
 */
export function historiesOf(run: Run, called: (id: string) => string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const lives = new Map<string, Life>();
  for (const { hop, arrives } of eventsOf(run)) {
    const life = lives.get(arrives ? hop.to : hop.from) ?? { heard: [], said: "" };
    lives.set(arrives ? hop.to : hop.from, life);
    if (arrives) {
      life.heard.push(found.get(hop.name) ?? "");
      continue;
    }
    const before = hop.cause === undefined ? originOf(run, hop, life, called) : (found.get(hop.cause) ?? hop.cause);
    const history = hash(`${edgeOf(hop, called)} ${asSent(hop).name} after ${before}`);
    found.set(hop.name, history);
    life.said = history;
    life.heard.length = 0;
  }
  return found;
}

/** What happened on a lifeline since it last sent something, and what that was. */
interface Life {
  readonly heard: string[];
  said: string;
}

export const edgeOf = ({ from, to }: Hop, called: (id: string) => string): string => `${called(from)}>${called(to)}`;

/** The message as the rules sent it, whatever an author made of it. */
export const asSent = ({ message, instead }: Hop): Message => instead?.message ?? message;

/** Sends and arrivals in their order; what arrives in a turn comes before what that leads to. */
function eventsOf({ hops, turns }: Run): readonly { readonly hop: Hop; readonly arrives: boolean }[] {
  const at: { hop: Hop; arrives: boolean }[][] = Array.from({ length: 2 * turns.length + 2 }, () => []);
  for (const hop of hops) {
    if (hop.received !== undefined) at[2 * hop.received]?.push({ hop, arrives: true });
    at[2 * hop.sent + 1]?.push({ hop, arrives: false });
  }
  return at.flat();
}

/**
 * What a hop that no other caused came of: what a person or a timer did. Of one that an author drew, what its sender has
 * sent before and heard since then, in whatever order: what does not meet on a lifeline is independent.
 */
function originOf(run: Run, hop: Hop, { heard, said }: Life, called: (id: string) => string): string {
  if (hop.origin === "authored") return `${said} ${heard.toSorted().join(" ")}`;
  const choice = run.turns[hop.sent]?.choice;
  return choice !== undefined && "participant" in choice
    ? choiceKey({ ...choice, participant: called(choice.participant) })
    : "";
}

/** 128 bits of a text: four runs of FNV-like mixing. */
function hash(text: string): string {
  let [h1, h2, h3, h4] = [0xdeadbeef, 0x41c6ce57, 0x9e3779b9, 0x85ebca6b];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ code, 2654435761);
    h2 = Math.imul(h2 ^ code, 1597334677);
    h3 = Math.imul(h3 ^ code, 2246822519);
    h4 = Math.imul(h4 ^ code, 3266489917);
  }
  return [h1, h2, h3, h4].map((h) => ((h ^ (h >>> 15)) >>> 0).toString(36)).join("-");
}
