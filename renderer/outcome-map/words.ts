import type { Outcome } from "../../shared/run/exploration.ts";
import type { OutcomeMap, Way } from "../../shared/run/outcome-map.ts";
import { counted } from "../explore/found.ts";

/** A map in a person's words. */

/** "CPM Client B1 accepts, or 2 other turns". */
export function wayText({ turns, more, goesOn }: Way): string {
  const [first] = turns;
  const then = goesOn ? ", and what follows" : "";
  if (first === undefined) return "Some other way";
  const others = turns.length - 1 + more;
  return others === 0 ? `${first.says}${then}` : `${first.says}, or ${counted(others, "other turn")}${then}`;
}

/** Every turn of a way that is known, a line each. */
export function wayTurns({ turns, more }: Way): string {
  return [...turns.map(({ says }) => says), ...(more > 0 ? [`and ${more} more`] : [])].join("\n");
}

/** "Decision 3: 4 outcomes left"; the first is the start. */
export function decisionTitle(id: string): string {
  return id === "d1" ? "Start" : `Decision ${id.slice(1)}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function ordersText({ runs, atLeast }: Outcome): string {
  return `${atLeast ? "at least " : ""}${counted(runs, "order")}`;
}

/** What of the map is not drawn; nothing where all is. */
export function foldedText({ folded, complete }: OutcomeMap, rest: number): string {
  const said = [
    ...(complete ? [] : ["The map is not complete: more turns may lead from a decision than are shown."]),
    ...(folded > 0
      ? [
          `${counted(folded, "decision")} ${folded === 1 ? "is" : "are"} folded: a dashed way goes on through decisions that are not shown.`,
        ]
      : []),
    ...(rest > 0 ? [`${counted(rest, "outcome")} stand together.`] : []),
  ];
  return said.join(" ");
}
