import type { Diagram, Item } from "../../shared/diagram/diagram.ts";

/** A diagram for tests: steps between two clients, each with a note after it where one is given. */
export function diagramOf(
  steps: readonly { readonly label: string; readonly note?: string; readonly hops?: readonly string[] }[],
): Diagram {
  const items: Item[] = [];
  steps.forEach(({ label, note, hops }, index) => {
    items.push({
      type: "step",
      index,
      number: String(index + 1),
      from: { kind: "lifeline", id: index % 2 === 0 ? "a" : "b" },
      to: { kind: "lifeline", id: index % 2 === 0 ? "b" : "a" },
      label,
      name: label,
      sip: "",
      line: "solid",
      hops: hops ?? [`hop${index}`],
      through: [],
      origin: "computed",
      sent: index,
      received: index + 1,
      lost: false,
    });
    if (note !== undefined) items.push({ type: "note", over: ["a"], number: "NOTE 1", text: note });
  });
  const lifelines = [
    { id: "a", name: "CPM Client A", role: "client" },
    { id: "b", name: "CPM Client B", role: "client" },
  ] as const;
  return { title: "Sample", lifelines, items, paragraphs: [] };
}
