import { describe, expect, it } from "vitest";
import { project } from "../../shared/diagram/project.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { apply, type Edit, invert } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { flowOf, groupParticipants, type HopSpec, handMadeRun } from "../../test/hand-made-run.ts";
import {
  addNoteBelow,
  backToEngine,
  editableText,
  joinWithNext,
  removeElement,
  splitBefore,
  type Told,
  writeParagraph,
} from "./paragraph-edits.ts";

const specs: readonly HopSpec[] = [
  { edge: "cfX>coreX", method: "INVITE", says: "CPM Conversation Server X (controlling function) invites" },
  { edge: "coreX>coreB", method: "INVITE", relays: 0, says: "SIP/IP Core X routes it." },
  { edge: "coreB>clientB1", method: "INVITE", relays: 1, rule: "FORK", says: "The SIP/IP Core B forks" },
  { edge: "coreB>clientB2", method: "INVITE", relays: 1, rule: "FORK", says: "The SIP/IP Core B forks" },
];

const toldOf = (flow: Flow): Told => {
  const diagram = project(flow, handMadeRun(specs), flow.view ?? {});
  return { flow, steps: stepsOf(diagram), paragraphs: diagram.paragraphs };
};
const blank = toldOf(flowOf(groupParticipants));
const texts = ({ paragraphs }: Told) => paragraphs.map(({ label, text }) => `${label} ${text}`);

/** What is told after an edit, which must be exact to undo. */
function edited(told: Told, edit: Edit | undefined): Told {
  if (edit === undefined) throw new Error("there is nothing to do");
  const next = apply(told.flow, edit);
  if (!next.ok) throw new Error(next.failure.message);
  const back = invert(told.flow, edit);
  expect(back.ok && apply(next.value, back.value)).toEqual({ ok: true, value: told.flow });
  return toldOf(next.value);
}

describe("writing paragraphs", () => {
  it("WD1, WD10 the author's words stand for the engine's, and refer to steps", () => {
    const written = edited(blank, writeParagraph(blank, 1, "As after step 1, it goes on."));
    expect(written.flow.prose).toEqual([
      { at: "coreX>coreB INVITE#1", text: "As after step {cfX>coreX INVITE#1}, it goes on." },
    ]);
    expect(texts(written)[1]).toBe("2. As after step 1, it goes on.");
    expect(texts(toldOf({ ...written.flow, view: { numbering: { start: 5 } } }))[1]).toBe(
      "6. As after step 5, it goes on.",
    );
    expect(editableText(written, written.paragraphs[1] ?? fail())).toBe("As after step 1, it goes on.");
  });

  it("WD1 what is left as it is, is no edit", () => {
    expect(writeParagraph(blank, 0, editableText(blank, blank.paragraphs[0] ?? fail()))).toBeUndefined();
  });

  it("WD2 the engine's words come back, by the menu or by an emptied text", () => {
    const written = edited(blank, writeParagraph(blank, 1, "Mine."));
    expect(edited(written, backToEngine(written, 1)).flow).toEqual(blank.flow);
    expect(edited(written, writeParagraph(written, 1, "  ")).flow).toEqual(blank.flow);
    expect(backToEngine(blank, 1)).toBeUndefined();
  });

  it("WD3 two paragraphs become one, and one two", () => {
    const first = edited(blank, writeParagraph(blank, 0, "It starts."));
    const joined = edited(first, joinWithNext(first, 0));
    expect(texts(joined)).toEqual(["1 – 2. It starts. The SIP/IP Core X routes it.", texts(blank)[2]]);
    const split = edited(joined, splitBefore(joined, 0, 1));
    expect(texts(split)[0]).toBe("1. It starts. The SIP/IP Core X routes it.");
    expect(split.paragraphs).toHaveLength(3);
    expect(joinWithNext(joined, 1)).toBeUndefined();
    expect(splitBefore(joined, 0, 0)).toBeUndefined();
  });

  it("WD3 paragraphs keep the order in which they are read", () => {
    const last = edited(blank, writeParagraph(blank, 2, "Last."));
    const both = edited(last, writeParagraph(last, 0, "First."));
    expect(both.flow.prose?.map(({ text }) => text)).toEqual(["First.", "Last."]);
  });

  it("WD4 notes come below a paragraph, and go with their list", () => {
    const noted = edited(blank, addNoteBelow(blank, blank.paragraphs[2]));
    expect(noted.paragraphs[2]?.notes).toEqual([{ number: "NOTE 1", text: "New note.", entry: 0 }]);
    expect(edited(noted, removeElement(noted.flow, "notes", 0)).flow).toEqual(blank.flow);
  });
});

function fail(): never {
  throw new Error("there is no such paragraph");
}
