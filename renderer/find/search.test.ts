import { describe, expect, it } from "vitest";
import { project } from "../../shared/diagram/project.ts";
import { apply, invert } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { asOne } from "../../shared/flow/passages.ts";
import { flowOf, groupParticipants, handMadeRun } from "../../test/hand-made-run.ts";
import { hitsOf, isReplaceable, replacementOf } from "./search.ts";

const flow: Flow = {
  ...flowOf(groupParticipants),
  introduction: "The server serves. Server B is a server.",
  definitions: [{ term: "Server", text: "What serves: a server." }],
};
const run = handMadeRun([
  { edge: "cfX>coreX", method: "INVITE" },
  { edge: "coreX>coreB", method: "INVITE", origin: "authored", message: { name: "Ask the server" } },
]);
const diagram = project(flow, run, {});
const found = (text: string, more: object = {}) =>
  hitsOf(flow, diagram, { text, matchCase: false, wholeWord: false, ...more });
const places = (text: string, more: object = {}) => found(text, more).map(({ what }) => what);

describe("find and replace", () => {
  it("WD50 finds in names, labels and all that is written, in the order in which it is read", () => {
    expect(places("server")).toEqual([
      "Introduction",
      "Introduction",
      "Introduction",
      "Definition",
      "Definition",
      "Participant",
      "Participant",
      "Paragraph 1.",
      "Paragraph 2.",
      "Step 2",
    ]);
    expect(places("INVITATION")).toEqual(["Paragraph 1.", "Step 1"]);
    expect(found("")).toEqual([]);
  });

  it("WD51 minds case and whole words where asked, and takes what is sought literally", () => {
    expect(places("Server", { matchCase: true })).not.toContain("Step 2");
    expect(found("serve").length).toBeGreaterThan(10);
    expect(found("serve", { wholeWord: true })).toEqual([]);
    expect(found("(controlling")[0]?.what).toBe("Participant");
    expect(found(".*")).toEqual([]);
  });

  it("WD52 what the rules name is not replaced, what is written and drawn is, and is taken back as one", () => {
    const hits = [...found("server"), ...found("Invitation")];
    expect(hits.filter((hit) => !isReplaceable(hit)).map(({ what }) => what)).toEqual([
      "Paragraph 1.",
      "Paragraph 2.",
      "Paragraph 1.",
      "Step 1",
    ]);
    const { edits, labels } = replacementOf(flow, hits, "function");
    expect(labels).toEqual([{ hop: "coreX>coreB INVITE#1", label: "Ask the function" }]);
    const edit = asOne(edits);
    if (edit === undefined) throw new Error("nothing to replace");
    const after = apply(flow, edit);
    if (!after.ok) throw new Error(after.failure.message);
    expect(after.value.introduction).toBe("The function serves. function B is a function.");
    expect(after.value.definitions).toEqual([{ term: "function", text: "What serves: a function." }]);
    expect(hitsOf(after.value, undefined, { text: "server", matchCase: false, wholeWord: false })).toEqual([]);
    const back = invert(flow, edit);
    expect(back.ok && apply(after.value, back.value)).toEqual({ ok: true, value: flow });
  });

  it("WD52 no name is emptied", () => {
    const whole = hitsOf(flow, diagram, { text: flow.title, matchCase: true, wholeWord: false });
    expect(replacementOf(flow, whole, "").edits).toEqual([]);
  });
});
