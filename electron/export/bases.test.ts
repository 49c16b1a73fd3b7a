import { describe, expect, it } from "vitest";
import type { Flow } from "../../shared/flow/flow.ts";
import { compared } from "./bases.ts";

const flow = (title: string, clause?: string): Flow => ({
  format: "callflow",
  version: 1,
  title,
  ...(clause !== undefined && { clause }),
  scenario: { participants: [] },
  variants: [{ id: "main", title: "Main", script: [] }],
});
const bases = (...flows: Flow[]) => flows.map((one) => ({ flow: one }));

describe("EX40: which flow of a base each flow was", () => {
  it("is the one of its title, else of its clause; what is not found is new", () => {
    const [a, b, c] = [flow("A", "1"), flow("B", "2"), flow("C")];
    const old = bases(flow("Old B", "2"), flow("A", "9"));
    expect(compared([a, b, c], old, "old.docx")).toEqual({
      ok: true,
      value: [{ base: old[1] }, { base: old[0] }, { isNew: true }],
    });
  });

  it("is a single one, whatever it is called", () => {
    const old = bases(flow("Something else", "7"));
    expect(compared([flow("A", "1")], old, "old.flow.json")).toEqual({ ok: true, value: [{ base: old[0] }] });
  });

  it("is each of them once: of two with one title the one with the same clause", () => {
    const old = bases(flow("Transfer", "1"), flow("Transfer", "2"));
    expect(compared([flow("Transfer", "2"), flow("Transfer", "1"), flow("Transfer", "3")], old, "old")).toEqual({
      ok: true,
      value: [{ base: old[1] }, { base: old[0] }, { isNew: true }],
    });
  });

  it("is refused with a sentence where none is found", () => {
    const refused = compared([flow("A"), flow("B")], bases(flow("C")), "old.docx");
    expect(!refused.ok && refused.failure.message).toBe(
      "“old.docx” holds nothing of which “A”, “B” could be another version.",
    );
  });
});
