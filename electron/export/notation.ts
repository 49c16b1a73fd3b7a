import type { Diagram, End, FragmentStart, Item, Step } from "../../shared/diagram/diagram.ts";
import type { Exported } from "./formats.ts";

/**
 * How a text notation for sequence diagrams writes each thing that is drawn. Texts come as people wrote them: escaping is
 * the notation's. Lifelines are named by short ids that every notation takes.
 */
export interface Notation {
  begin(title: string, lifelines: readonly NamedLifeline[]): readonly string[];
  end(): readonly string[];
  /** An arrow between two lifelines, or of one to itself. */
  arrow(arrow: Arrow): string;
  /** An arrow that comes from or goes to somewhere not drawn; absent: a note tells of it. */
  open?(at: string, outgoing: boolean, arrow: Omit<Arrow, "from" | "to">): string;
  note(over: readonly string[], text: string): string;
  divider(text: string, all: readonly string[]): string;
  /** A state on its lifeline. */
  state(on: string, text: string): string;
  /** Absent: fragments are told by dividers. */
  readonly fragments?: {
    start(operator: FragmentStart["operator"], guard: string): string;
    else(guard: string): string;
    end(): string;
  };
}

export interface NamedLifeline {
  readonly id: string;
  readonly name: string;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** With its number before it. */
  readonly text: string;
  readonly line: Step["line"];
  readonly lost: boolean;
}

/**
 * The diagram in a notation, and a sentence for each thing that the notation cannot say as it is drawn.
 * @param called the notation's name in these sentences.
 */
export function writeNotation(diagram: Diagram, title: string, called: string, notation: Notation): Exported {
  const ids = new Map(diagram.lifelines.map((lifeline, i) => [lifeline.id, `p${i + 1}`]));
  const lifelines = diagram.lifelines.map(({ id, name }) => ({ id: ids.get(id) ?? id, name }));
  const all = lifelines.map(({ id }) => id);
  const remarks = new Set<string>();
  const lines = [...notation.begin(title, lifelines)];
  let depth = 0;
  const put = (line: string) => {
    const indent = "  ".repeat(depth);
    lines.push(indent + line.replaceAll("\n", `\n${indent}`));
  };
  const idOf = (end: End) => (end.kind === "lifeline" ? ids.get(end.id) : undefined);

  const step = (item: Step) => {
    const text = item.number === "" ? item.label : `${item.number}. ${item.label}`;
    const [from, to] = [idOf(item.from), idOf(item.to)];
    if (item.sentBefore !== undefined)
      remarks.add(`Messages that cross others are drawn level: ${called} text cannot slant them.`);
    if (item.state === true && from !== undefined) return put(notation.state(from, text));
    if (from !== undefined && to !== undefined)
      return put(notation.arrow({ from, to, text, line: item.line, lost: item.lost }));
    const at = from ?? to;
    const named = text + otherEnd(from === undefined ? item.from : item.to, from === undefined);
    if (at !== undefined && notation.open !== undefined)
      return put(notation.open(at, to === undefined, { text: named, line: item.line, lost: item.lost }));
    remarks.add(`Messages from or to elsewhere are written as notes: ${called} has no arrow for them.`);
    put(notation.note(at === undefined ? all.slice(0, 1) : [at], named));
  };

  const write = (item: Item) => {
    const { fragments } = notation;
    switch (item.type) {
      case "step":
        return step(item);
      case "note":
        return put(
          notation.note(placesOf(item.over, ids, all), item.number === "" ? item.text : `${item.number}: ${item.text}`),
        );
      case "divider":
        return put(notation.divider(item.text, all));
      case "timer": {
        const on = ids.get(item.on);
        return on === undefined ? undefined : put(notation.state(on, `${item.name} ${timerWords[item.event]}`));
      }
      case "state": {
        const on = ids.get(item.on);
        return on === undefined ? undefined : put(notation.state(on, item.text));
      }
      case "fragment":
        if (fragments === undefined) return divideFor(item.operator, item.guard);
        put(fragments.start(item.operator, item.guard));
        depth += 1;
        return;
      case "else":
        if (fragments === undefined) return divideFor("else", item.guard);
        depth -= 1;
        put(fragments.else(item.guard));
        depth += 1;
        return;
      case "end":
        if (fragments === undefined) return divideFor("end", "");
        depth -= 1;
        return put(fragments.end());
      case "activation":
        remarks.add(`Bars on lifelines are left out of ${called} text.`);
        return;
      case "life":
        remarks.add(`Where lifelines begin and end is left out of ${called} text.`);
        return;
    }
  };

  const divideFor = (operator: string, guard: string) => {
    remarks.add(`Fragments are written as separating lines: ${called} has none.`);
    put(notation.divider(guard === "" ? operator : `${operator} [${guard}]`, all));
  };

  for (const item of diagram.items) write(item);
  return { content: `${[...lines, ...notation.end()].join("\n")}\n`, remarks: [...remarks] };
}

const timerWords = { start: "starts", stop: "stops", expire: "expires" } as const;

function otherEnd(end: End, isSender: boolean): string {
  return end.kind === "hidden" ? ` (${isSender ? "from" : "to"} ${end.name})` : "";
}

/** The lifelines of a note that are drawn; over all of them when none of its own is. */
function placesOf(
  over: readonly string[],
  ids: ReadonlyMap<string, string>,
  all: readonly string[],
): readonly string[] {
  const drawn = over.flatMap((id) => ids.get(id) ?? []);
  return drawn.length > 0 ? drawn : all;
}
