import { describe, expect, it } from "vitest";
import { whole } from "../../shared/content.ts";
import { project } from "../../shared/diagram/project.ts";
import { exportFormats, settingsFor } from "../../shared/export-formats.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { computeRun } from "../engine/index.ts";
import { formatById, formats } from "./formats.ts";

const empty: Flow = {
  format: "callflow",
  version: 1,
  title: "<Nothing> & \u0000 nobody",
  scenario: { participants: [] },
  variants: [{ id: "main", title: "Main", script: [] }],
};

describe("EX1: the settings of an export", () => {
  const svg = exportFormats[0];
  it("completes them with the initial values", () => {
    expect(settingsFor(svg, {})).toMatchObject({ ok: true, value: { theme: "print" } });
    expect(settingsFor(svg, { theme: "dark" })).toMatchObject({ ok: true, value: { theme: "dark" } });
  });

  it("refuses with a sentence what is not allowed", () => {
    const unknown = settingsFor(svg, { colour: "red" });
    expect(!unknown.ok && unknown.failure.message).toBe("Picture (SVG) has no setting “colour”.");
    const wrong = settingsFor(svg, { theme: "pink" });
    expect(!wrong.ok && wrong.failure.message).toContain("it is one of print, light, dark");
  });
});

describe("D35: the table of formats", () => {
  it("names each format once", () => {
    expect(new Set(formats.map(({ id }) => id)).size).toBe(formats.length);
    expect(formats.every(({ extension }) => /^[a-z0-9]+$/.test(extension))).toBe(true);
    expect(formatById("svg")?.mime).toBe("image/svg+xml");
    expect(formatById("none")).toBeUndefined();
  });

  it.each(formats.filter(({ inWindow }) => inWindow !== true).map(({ id }) => id))(
    "%s can export a flow in which nothing happens",
    async (id) => {
      const run = computeRun(empty.scenario, []);
      const exporter = await formatById(id)?.load();
      const exported = await exporter?.({ flow: empty, variant: "main", run, diagram: project(empty, run, {}) });
      expect(exported?.ok && whole(exported.value.content).length).toBeGreaterThan(10);
    },
  );
});
