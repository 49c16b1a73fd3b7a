import fc from "fast-check";
import { expect, test } from "vitest";
import type { Diagram, Item } from "../shared/diagram/diagram.ts";
import { type Written, writeAfter } from "../shared/text/mermaid/rewrite-lines.ts";
import { writeMermaid } from "../shared/text/mermaid/write.ts";
import { arbitraryDiagram, nastyText } from "./arbitrary-diagram.ts";

type Change = (item: Item) => Item;

const rename = nastyText.map(
  (label): Change =>
    (item) =>
      item.type === "step" ? { ...item, label } : item,
);
/** What changes more of the text than a name. */
const other = fc.oneof(
  fc.constantFrom("", "1", "5.1", "7").map(
    (number): Change =>
      (item) =>
        item.type === "step" ? { ...item, number } : item,
  ),
  fc.boolean().map(
    (lost): Change =>
      (item) =>
        item.type === "step" ? { ...item, lost } : item,
  ),
  nastyText.map(
    (text): Change =>
      (item) =>
        item.type === "note" ? { ...item, text } : item,
  ),
);

const said = ({ diagram: _, ...text }: Written) => text;

test("T33 what is taken over from the text before is what would be written anew", () => {
  const change = fc.tuple(fc.nat(40), fc.oneof({ weight: 4, arbitrary: rename }, { weight: 1, arbitrary: other }));
  let short = 0;
  fc.assert(
    fc.property(arbitraryDiagram, fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 4 }), (first, edits) => {
      let written = writeAfter(undefined, first);
      for (const changes of edits) {
        const { items } = written.diagram;
        const next = new Map(changes.map(([at, make]) => [at % Math.max(1, items.length), make]));
        const diagram: Diagram = { ...written.diagram, items: items.map((item, at) => next.get(at)?.(item) ?? item) };
        const before = written;
        written = writeAfter(before, diagram);
        if (written.itemOf === before.itemOf) short += 1;
        expect(said(written)).toEqual(writeMermaid(diagram));
      }
    }),
  );
  expect(short).toBeGreaterThan(20);
});
