import { describe, expect, it } from "vitest";
import { project } from "../../shared/diagram/project.ts";
import { exportFormats, settingsFor } from "../../shared/export-formats.ts";
import type { ExportValue } from "../../shared/export-settings.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { computeRun } from "../engine/index.ts";
import { figureOf } from "./figure.ts";
import { formatById } from "./formats.ts";
import { writtenFiles } from "./written-files.ts";

function flowOf(count: number): Flow {
  return {
    format: "callflow",
    version: 1,
    title: "Many",
    scenario: { participants: ["a", "b"].map((id) => ({ id, name: id.toUpperCase(), role: "other" })) },
    variants: [
      {
        id: "main",
        title: "Main",
        script: Array.from({ length: count }, (_, i) => ({
          kind: "inject" as const,
          from: i % 2 === 0 ? "a" : "b",
          to: i % 2 === 0 ? "b" : "a",
          message: { label: `message ${i + 1}`, kind: "request" as const },
        })),
      },
    ],
  };
}

function inputOf(count: number, given: Readonly<Record<string, ExportValue>> = {}) {
  const flow = flowOf(count);
  const script = wholeScript(flow, "main");
  const run = computeRun(flow.scenario, script.ok ? script.value : []);
  const settings = settingsFor(exportFormats[0], given);
  if (!settings.ok) throw new Error(settings.failure.message);
  return { flow, variant: "main", run, diagram: project(flow, run, {}), settings: settings.value };
}

function figure(count: number, given: Readonly<Record<string, ExportValue>> = {}) {
  const made = figureOf(inputOf(count, given));
  if (!made.ok) throw new Error(made.failure.message);
  return made.value;
}

const labels = (svg: string) => [...svg.matchAll(/>(message \d+)</g)].map(([, label]) => label);

describe("EX10: a figure", () => {
  it("is the whole flow in its own size when nothing is asked for", () => {
    const { pages, svg, paper } = figure(30);
    expect(pages).toHaveLength(1);
    expect(paper).toBeUndefined();
    expect(labels(svg(0))).toHaveLength(30);
  });

  it("is a range of steps", () => {
    expect(labels(figure(30, { steps: "3-5" }).svg(0))).toEqual(["message 3", "message 4", "message 5"]);
    const refused = figureOf(inputOf(30, { steps: "7-99" }));
    expect(!refused.ok && refused.failure.message).toContain("its steps are 1 – 30");
  });

  it("EX16: highlights a step, with the later ones as chosen", () => {
    const { theme } = figure(1);
    const band = `fill="${theme.colors.currentBand}"`;
    const drawn = figure(6, { step: "4" }).svg(0);
    expect(drawn).toContain(band);
    expect(drawn).not.toContain("opacity");
    expect(
      figure(6, { step: "4", later: "pale" })
        .svg(0)
        .match(/opacity="0.38"/g),
    ).toHaveLength(2);
    expect(labels(figure(6, { step: "4", later: "absent" }).svg(0))).toHaveLength(4);
    expect(labels(figure(6, { step: "4", later: "absent", steps: "2-6" }).svg(0))).toHaveLength(3);
    expect(labels(figure(6, { step: "2", later: "absent", steps: "4-6" }).svg(0))).toHaveLength(1);
  });

  it("EX11: goes over several pictures in its own size where one would be too high", () => {
    const made = figureOf(inputOf(30), undefined, (width) => 400 - width / 100);
    if (!made.ok) throw new Error(made.failure.message);
    const { pages, svg } = made.value;
    expect(pages.length).toBeGreaterThan(2);
    for (const { scene, scale } of pages) {
      expect(scale).toBe(1);
      expect(scene.height).toBeLessThanOrEqual(400);
    }
    expect(pages.flatMap((_, i) => labels(svg(i)))).toEqual(Array.from({ length: 30 }, (_, i) => `message ${i + 1}`));
  });

  it("EX11: is written as several PNG pictures, and says so, where one would be too large", async () => {
    const input = inputOf(600);
    const exporter = await formatById("png")!.load();
    const made = await exporter({ ...input, settings: { ...input.settings, scale: "4", paper: "none" } });
    if (!made.ok) throw new Error(made.failure.message);
    expect(made.value.more).toHaveLength(1);
    expect(made.value.remarks).toContain(
      "One picture would be too large for most programs: the figure is written as 2, each with the heads of the lifelines; with a smaller scale there are fewer.",
    );
  }, 30_000);

  it("EX15: goes over pages of a paper, which are files of their own", async () => {
    const upright = figure(100, { paper: "a4" });
    expect(upright.pages.length).toBeGreaterThan(2);
    expect(upright.svg(1)).toContain(`<title>Many (page 2 of ${upright.pages.length})</title>`);
    expect(figure(100, { paper: "a4", orientation: "landscape" }).pages.length).toBeGreaterThan(upright.pages.length);
    const exporter = await formatById("svg")?.load();
    const exported = await exporter?.(inputOf(100, { paper: "a4" }));
    if (exported?.ok !== true) throw new Error("not exported");
    expect(exported.value.more).toHaveLength(upright.pages.length - 1);
    expect(
      writtenFiles("/a.b/my.flow.svg", exported.value)
        .map(({ path }) => path)
        .slice(0, 2),
    ).toEqual(["/a.b/my.flow.svg", "/a.b/my.flow-2.svg"]);
    expect(writtenFiles("/a.b/flow", { content: "", more: [""], remarks: [] })[1]?.path).toBe("/a.b/flow-2");
  });
});

describe("EX10: a name in a figure", () => {
  it("is never shortened, whatever it takes", () => {
    const name = `${"A name that goes on ".repeat(30)}(${"and a role that does ".repeat(9)}too)`;
    const input = inputOf(3);
    const lifelines = input.diagram.lifelines.map((one, i) => (i === 0 ? { ...one, name } : one));
    for (const largest of [undefined, { width: 200, height: 900 }]) {
      const made = figureOf({ ...input, diagram: { ...input.diagram, lifelines } }, largest);
      if (!made.ok) throw new Error(made.failure.message);
      const [head] = made.value.pages[0]?.scene.heads ?? [];
      expect(head?.lines.join(" ").replace(/\s+/g, " ")).toBe(name.replace(/\s+/g, " "));
    }
  });
});
