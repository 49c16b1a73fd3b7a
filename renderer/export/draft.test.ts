import { describe, expect, test } from "vitest";
import { exportFormats } from "../../shared/export-formats.ts";
import { choicesOf, choose, draftFrom, formatGroups, include, show, toExport } from "./draft.ts";

describe("EX90: what is chosen of an export", () => {
  test("is at first the picture, and afterwards what was exported last", () => {
    expect(draftFrom(undefined)).toMatchObject({ shown: "svg", formats: ["svg"], of: "variant" });
    const last = { formats: ["md", "gone"], choices: { md: {} } };
    expect(draftFrom(last)).toMatchObject({ shown: "md", formats: ["md"] });
    expect(draftFrom({ formats: ["gone"], choices: {} })).toMatchObject({ formats: ["svg"] });
  });

  test("one format follows what is shown; of several, what is ticked is written", () => {
    const one = show(draftFrom(undefined), "md");
    expect(one).toMatchObject({ shown: "md", formats: ["md"] });
    const two = include(one, "svg", true);
    expect(two).toMatchObject({ shown: "svg", formats: ["svg", "md"] });
    expect(show(two, "csv").formats).toEqual(["svg", "md"]);
    expect(include(include(two, "svg", false), "md", false).formats).toEqual(["md"]);
  });

  test("choices that mean nothing any more are left out", () => {
    const draft = choose(draftFrom(undefined), "svg", { theme: "dark", colour: "red" });
    expect(choicesOf(draft, "svg")).toEqual({ theme: "dark" });
    expect(toExport(choose(draft, "svg", { theme: "pink" }))).toEqual({
      formats: [{ format: "svg", settings: {} }],
      of: "variant",
    });
  });

  test("every format stands under one heading", () => {
    const shown = formatGroups.flatMap(({ formats }) => formats.map(({ id }) => id));
    expect(shown.toSorted()).toEqual(exportFormats.map(({ id }) => id).toSorted());
  });
});
