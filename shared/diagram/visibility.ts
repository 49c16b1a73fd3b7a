import { type Level, type MessageClass, type Role, type Scenario, shownRole, type View } from "../flow/flow.ts";
import { startOfSentence, withArticle } from "../flow/names.ts";
import type { ParticipantId } from "../run/choice.ts";
import type { Hop } from "../run/run.ts";
import type { End, Lifeline } from "./diagram.ts";

/** What a view lets be seen of a scenario, with its defaults filled in. */
export interface Visibility {
  readonly level: Level;
  readonly relays: "each" | "local" | "all";
  readonly lifelines: readonly Lifeline[];
  readonly known: ReadonlyMap<ParticipantId, Known>;
  /** Whether messages of a class are shown; what a hidden participant does with them is another matter. */
  readonly classes: ReadonlySet<MessageClass> | "all";
}

/** A participant as a diagram needs it; a client belongs to the network of its user unless it says otherwise. */
export interface Known {
  readonly name: string;
  readonly role: Role;
  readonly domain?: string;
  // Made once, since a long flow has few participants and many arrows:
  /** Where its arrows start and end. */
  readonly end: End;
  /** Its name within a sentence, and at the start of one. */
  readonly called: string;
  readonly Called: string;
}

const classesAtCpmLevel: readonly MessageClass[] = ["cpm", "confirmation", "media"];

/** Fills in a view: CPM level, local relays as one arrow, CPM messages, confirmations and media. */
export function visibilityOf(scenario: Scenario, view: View): Visibility {
  const level = view.level ?? "cpm";
  const hide = new Set(view.hide);
  const home = new Map((scenario.users ?? []).map((user) => [user.id, user.domain]));
  const known = new Map<ParticipantId, Known>();
  const lifelines: Lifeline[] = [];
  for (const p of scenario.participants) {
    if (known.has(p.id)) continue;
    const domain = p.domain ?? (p.role === "client" ? home.get(p.user) : undefined);
    const isHidden = hide.has(p.id) || hide.has(p.role);
    const end: End = isHidden ? { kind: "hidden", id: p.id, name: p.name } : { kind: "lifeline", id: p.id };
    const called = withArticle(p.name);
    known.set(p.id, { name: p.name, role: p.role, domain, end, called, Called: startOfSentence(called) });
    if (!isHidden)
      lifelines.push({
        id: p.id,
        name: p.name,
        role: shownRole(p),
        ...(domain !== undefined && { domain }),
        ...(p.shape !== undefined && { shape: p.shape }),
        ...(p.colour !== undefined && { colour: p.colour }),
      });
  }
  return {
    level,
    relays: level === "sip" ? "each" : (view.relays ?? "local"),
    lifelines,
    known,
    classes: level === "sip" ? "all" : new Set(view.show ?? classesAtCpmLevel),
  };
}

/** Whether the view shows messages such as this hop's. */
export function isShown(visibility: Visibility, hop: Hop): boolean {
  return visibility.classes === "all" || visibility.classes.has(hop.message.class);
}

/** Whether a participant has a lifeline in this view. */
export function hasLifeline(visibility: Visibility, id: ParticipantId): boolean {
  return visibility.known.get(id)?.end.kind === "lifeline";
}

/** The end of an arrow at a participant: its lifeline, or a gate with its name where it has none. */
export function endAt(visibility: Visibility, id: ParticipantId): End {
  return visibility.known.get(id)?.end ?? { kind: "hidden", id, name: id };
}
