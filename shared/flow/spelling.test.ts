import { expect, it } from "vitest";
import type { Flow } from "./flow.ts";
import { misspellings, spellingDiagnostics } from "./spelling.ts";

const flow = (text: string): Flow => ({
  format: "callflow",
  version: 1,
  title: "t",
  scenario: {
    participants: [
      { id: "a", name: "CPM Client B1", role: "other" },
      { id: "b", name: "CPM Client B2", role: "other" },
      { id: "s", name: "CPM Conversation Server B (participating function)", role: "other" },
      { id: "x", name: "SIP/IP Core X", role: "other" },
      { id: "p", name: "Server", role: "other" },
    ],
  },
  variants: [{ id: "main", title: "Main", script: [] }],
  prose: [{ at: "a>b M#1", text }],
});
const found = (text: string) => misspellings(flow(text)).map(({ wrong, right }) => `${wrong} → ${right}`);

it("WD20 wrong capitals and a slip in one word of a name are found", () => {
  expect(found("The CPM client B1 rings.")).toEqual(["CPM client B1 → CPM Client B1"]);
  expect(found("The CPM Conversation Sever B answers.")).toEqual([
    "CPM Conversation Sever B → CPM Conversation Server B",
  ]);
  expect(found("To SIP/IP core X and CPM Cleint B2.")).toEqual([
    "SIP/IP core X → SIP/IP Core X",
    "CPM Cleint B2 → CPM Client B2",
  ]);
});

it("WD21 right names, plurals, other names and references are left alone", () => {
  expect(found("CPM Client B1, CPM Conversation Server B (participating function), the server, a core X")).toEqual([]);
  expect(found("The CPM Clients B1 and B2; CPM Client B3; the Client, B1")).toEqual([]);
  expect(found("{a>b CPM client B1#1}")).toEqual([]);
});

it("WD20 a diagnostic stands at its passage", () => {
  expect(spellingDiagnostics(flow("The CPM client B1 rings."))).toEqual([
    expect.objectContaining({ code: "entity-spelling", at: "/prose/0/text" }),
  ]);
});
