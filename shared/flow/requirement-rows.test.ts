import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Flow, flowSchema } from "./flow.ts";
import { readRequirementRows, withRequirementRows } from "./requirement-rows.ts";

const flow: Flow = {
  format: "callflow",
  version: 1,
  title: "t",
  scenario: { participants: [] },
  variants: [{ id: "main", title: "Main", script: [] }],
};

describe("R28: tables of requirements", () => {
  it("are read with bars or tabs, with a heading, ruled lines and outer bars or without", () => {
    const { rows, diagnostics } = readRequirementRows(
      [
        "| Label | Description | Release |",
        "|-------|:---|---|",
        "| X-1 | The server SHALL NOT forward it. | V1.0 |",
        "X-2 | It MAY be shown.",
        "",
        "X-3\tA bar | here SHOULD stay.\tV2.0",
      ].join("\r\n"),
    );
    expect(diagnostics).toEqual([]);
    expect(rows).toEqual([
      { id: "X-1", level: "SHALL NOT", text: "The server SHALL NOT forward it.", release: "V1.0" },
      { id: "X-2", level: "MAY", text: "It MAY be shown." },
      { id: "X-3", level: "SHOULD", text: "A bar | here SHOULD stay.", release: "V2.0" },
    ]);
  });

  it("tell of each line that cannot be used, and of what was taken for granted", () => {
    const { rows, diagnostics } = readRequirementRows(
      ["X-1", "| | It SHALL ring. |", "X-2 | It rings.", "X-2 | Again it SHALL.", "X-3 | It MUST. | V1 | more"].join(
        "\n",
      ),
    );
    expect(rows.map(({ id }) => id)).toEqual(["X-2", "X-3"]);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "Line 1 has no text for “X-1”; it is left out.",
      "Line 2 has no id; it is left out.",
      "Line 3 says neither SHALL, MUST, SHOULD nor MAY; X-2 is taken as SHALL.",
      "Line 4 repeats X-2; it is left out.",
      "Line 5 has more than three cells; “more” is left out.",
    ]);
  });

  it("are added to a flow, whose links stay", () => {
    const steps = ["a>b INVITE#1"];
    const linked = { ...flow, requirements: [{ id: "X-1", level: "MAY" as const, text: "Old.", steps }] };
    const { rows } = readRequirementRows("X-1 | New SHALL.\nX-2 | Other SHALL.");
    expect(withRequirementRows(linked, rows).requirements).toEqual([
      { id: "X-1", level: "SHALL", text: "New SHALL.", steps },
      { id: "X-2", level: "SHALL", text: "Other SHALL." },
    ]);
    expect(withRequirementRows(flow, [])).toBe(flow);
  });

  it("make a valid flow of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
        const { rows } = readRequirementRows(text.replaceAll("x", "|").replaceAll("y", "\n"));
        expect(flowSchema.safeParse(withRequirementRows(flow, rows)).success).toBe(true);
      }),
    );
  });
});
