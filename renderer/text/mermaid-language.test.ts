import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { expect, it } from "vitest";
import { complete } from "./mermaid-language.ts";

const offered = (state: EditorState, at: number) =>
  complete(new CompletionContext(state, at, true))?.options.filter(({ boost }) => boost === 1) ?? [];

it("T31: participants are completed wherever in a long text they are declared, and as it is now", () => {
  const messages = Array.from({ length: 3000 }, (_, i) => `  p1->>p2: message ${i}`);
  const lines = ["sequenceDiagram", "  participant p1 as Alice", ...messages, "  actor p2 as Bob", "p"];
  const state = EditorState.create({ doc: lines.join("\n") });
  expect(offered(state, state.doc.length).map(({ label, detail }) => [label, detail])).toEqual([
    ["p1", "Alice"],
    ["p2", "Bob"],
  ]);
  const at = state.doc.toString().indexOf("Alice");
  const renamed = state.update({ changes: { from: at, to: at + "Alice".length, insert: "Carol" } }).state;
  expect(offered(renamed, renamed.doc.length).map(({ detail }) => detail)).toEqual(["Carol", "Bob"]);
});
