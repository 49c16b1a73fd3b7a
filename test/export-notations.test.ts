import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { computeRun } from "../electron/engine/index.ts";
import { type ExportInput, formatById } from "../electron/export/formats.ts";
import { importSteps } from "../electron/import/steps.ts";
import { whole } from "../shared/content.ts";
import type { Diagram, Step } from "../shared/diagram/diagram.ts";
import { project } from "../shared/diagram/project.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import { wholeScript } from "../shared/run/tree.ts";

// Each text notation is given to its own program. What is not installed is skipped, and named in the report.

const flowsDir = new URL("../flows/", import.meta.url);
const read = (url: URL): Flow => flowSchema.parse(JSON.parse(readFileSync(url, "utf8")));

function inputOf(flow: Flow): ExportInput {
  const variant = flow.variants[0]?.id ?? "";
  const script = wholeScript(flow, variant);
  if (!script.ok) throw new Error(script.failure.message);
  const run = computeRun(flow.scenario, script.value);
  return { flow, variant, run, diagram: project(flow, run, flow.view ?? {}) };
}

const bundled = readdirSync(flowsDir, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));
const awkward = inputOf(read(new URL("awkward-names.flow.json", import.meta.url)));
const inputs = new Map([
  ...bundled.map((file) => [file.replace(/\W+/g, "-"), inputOf(read(new URL(file, flowsDir)))] as const),
  ["awkward", awkward],
  ["everything", everythingDrawn()],
]);

/** A diagram with each thing that can be drawn. */
function everythingDrawn(): ExportInput {
  const step = awkward.diagram.items.find((item): item is Step => item.type === "step");
  if (step === undefined) throw new Error("there is a step");
  const items: Diagram["items"] = [
    { ...step, lost: true, label: "gets lost", number: "1" },
    { type: "divider", text: "Afterwards" },
    { type: "fragment", operator: "alt", guard: "B accepts [at once]" },
    { ...step, label: "in the first part", number: "2" },
    { type: "else", guard: "B declines" },
    { ...step, label: "in the second part", number: "3", line: "dashed" },
    { type: "end" },
    { type: "fragment", operator: "loop", guard: "" },
    { ...step, to: { kind: "nowhere" }, label: "goes out", number: "4" },
    { ...step, from: { kind: "hidden", id: "x", name: "Core X" }, label: "comes in", number: "5" },
    { type: "end" },
    { type: "state", on: "a", text: "Session established" },
    { type: "timer", on: "b", name: "T_noanswer", event: "expire" },
    { type: "note", over: [], number: "NOTE 2", text: "Of everything" },
  ];
  return { ...awkward, diagram: { ...awkward.diagram, items } };
}

async function textOf(format: string, input: ExportInput): Promise<string> {
  const exporter = await formatById(format)?.load();
  const exported = await exporter?.(input);
  return String(exported?.ok && whole(exported.value.content));
}

/** The labels of the steps in order, without what a renderer may do to their spaces. */
function labelsOf({ diagram }: ExportInput): readonly string[] {
  const steps = diagram.items.filter((item): item is Step => item.type === "step");
  return steps.map((step) => squeezed(`${step.number}. ${step.label}`));
}
const squeezed = (text: string): string => text.replace(/\s+/g, "");

/** Whether the labels stand in the text one after the other. */
function expectInOrder(text: string, labels: readonly string[]): void {
  let at = 0;
  for (const label of labels) {
    const found = text.indexOf(label, at);
    expect(found, `“${label}” after position ${at} of ${text.slice(at, at + 200)}`).toBeGreaterThanOrEqual(0);
    at = found + label.length;
  }
}

/** The words of an SVG in order. */
function wordsOf(svg: string): string {
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => text);
  const named = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" } as const;
  const plain = texts
    .join("")
    .replace(/&(?:#(x?[0-9a-f]+)|(lt|gt|quot|apos|amp));/g, (_, code, name) =>
      code === undefined ? named[name as keyof typeof named] : String.fromCodePoint(Number(code.replace("x", "0x"))),
    );
  return squeezed(plain).replaceAll("\u00a0", "");
}

const has = (program: string) => spawnSync(program, ["-version"], { encoding: "utf8" }).error === undefined;
const folder = mkdtempSync(join(tmpdir(), "callflow-notations-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.runIf(has("plantuml"))("D40: PlantUML reads what is exported to it", () => {
  let complaints = "";
  beforeAll(async () => {
    for (const [name, input] of inputs) writeFileSync(join(folder, `${name}.puml`), await textOf("plantuml", input));
    // Once for all: most of the time is the start of Java.
    complaints = spawnSync("plantuml", ["-tsvg", join(folder, "*.puml")], { encoding: "utf8" }).stderr;
  }, 120_000);

  test.each([...inputs.keys()])("%s: the same messages in the same order", (name) => {
    const svg = readFileSync(join(folder, `${name}.svg`), "utf8");
    expect(svg).not.toContain("Syntax Error");
    const input = inputs.get(name);
    if (input !== undefined && name !== "everything") expectInOrder(wordsOf(svg), labelsOf(input));
  });

  test("without a complaint", () => expect(complaints).not.toMatch(/error/i));
});

describe.runIf(has("mscgen"))("D40: mscgen reads what is exported to it", () => {
  test.each([...inputs.keys()])("%s: the same messages in the same order", async (name) => {
    const input = inputs.get(name) ?? awkward;
    const file = join(folder, `${name}.msc`);
    writeFileSync(file, await textOf("mscgen", input));
    const ran = spawnSync("mscgen", ["-T", "svg", "-i", file, "-o", "-"], { encoding: "utf8" });
    expect(ran.status, ran.stderr).toBe(0);
    if (name !== "everything") expectInOrder(wordsOf(ran.stdout), labelsOf(input));
  });
});

describe.runIf(has("msc-gen"))("D40: Msc-generator reads what is exported to it", () => {
  test.each([...inputs.keys()])("%s: the same messages in the same order", async (name) => {
    const input = inputs.get(name) ?? awkward;
    const file = join(folder, `${name}.signalling`);
    writeFileSync(file, await textOf("msc-generator", input));
    const out = join(folder, `${name}.lmap`);
    const ran = spawnSync("msc-gen", ["-Pno", "-T", "lmap", "-S", "signalling", file, "-o", out], { encoding: "utf8" });
    expect(ran.status, ran.stderr + ran.stdout).toBe(0);
    expect(ran.stderr + ran.stdout).not.toMatch(/error/i);
    if (name !== "everything") expectInOrder(squeezed(readFileSync(out, "utf8")), labelsOf(input));
  });
});

describe("D41: the step table", () => {
  test.each([...inputs.keys()].filter((name) => name !== "everything"))("%s: is read again as it was", async (name) => {
    const input = inputs.get(name) ?? awkward;
    const table = await textOf("tsv", input);
    const imported = importSteps(table, "table.tsv");
    if (!imported.ok) throw new Error(imported.failure.message);
    const { flow } = imported.value;
    const again = project(flow, computeRun(flow.scenario, flow.variants[0]?.script ?? []), {
      level: "sip",
      relays: "each",
    });
    const arrows = (diagram: Diagram) =>
      diagram.items
        .filter((item): item is Step => item.type === "step" && item.state !== true)
        .map((step) => squeezed(step.label));
    expect(arrows(again)).toEqual(arrows(input.diagram));
  });

  test("holds commas, quotes and line breaks between quotes (RFC 4180)", async () => {
    const table = await textOf("csv", awkward);
    expect(table).toContain('"A ""quoted""; <b>\n{brace} [x]"');
    expect(table.split("\r\n")[0]).toBe("n,kind,from,to,label,note");
  });
});

describe("D42: the ladder of plain characters", () => {
  test("stands in columns, wide characters counted as two", async () => {
    const rows = (await textOf("ascii", awkward)).split("\n");
    const lifelines = rows.filter((row) => /^[ |]+$/.test(row) && row.includes("|"));
    expect(new Set(lifelines.map((row) => row.trimEnd())).size).toBe(1);
    for (const label of labelsOf(awkward).slice(0, 1)) expect(squeezed(rows.join(""))).toContain(label.slice(0, 6));
  });

  test("has its lifelines closer where it has room in 72 columns then, with whole words", async () => {
    const input = inputs.get("sip-temporarily-unavailable-flow-json") as ExportInput;
    const rows = (await textOf("ascii", input)).split("\n").slice(2);
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(72);
    for (const word of ["Temporarily", "Unavailable"]) expect(rows.join("\n")).toContain(word);
    // One that has no room however close they stand keeps its distances.
    const wide = (await textOf("ascii", inputs.get("cpm-group-invitation-flow-json") as ExportInput)).split("\n");
    expect(Math.max(...wide.map((row) => row.length))).toBeGreaterThan(100);
  });

  test("shows loss, fragments and where nothing is drawn", async () => {
    const text = await textOf("ascii", everythingDrawn());
    expect(text).toMatch(/\|-+X +\|/);
    expect(text).toContain("--- alt [B accepts [at once]] ---");
    expect(text).toContain("=== Afterwards ===");
    expect(text).toContain("[ Session established ]");
  });
});
