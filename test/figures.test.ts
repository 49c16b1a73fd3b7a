import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { computeRun } from "../electron/engine/index.ts";
import { type ExportInput, formatById } from "../electron/export/formats.ts";
import { whole } from "../shared/content.ts";
import { project } from "../shared/diagram/project.ts";
import { stepsOf } from "../shared/diagram/steps-of.ts";
import type { ExportSettings } from "../shared/export-settings.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import { wholeScript } from "../shared/run/tree.ts";

// Figures of whole flows, read again by programs that know nothing of this one where they are installed.

const read = (path: string): Flow => flowSchema.parse(JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")));

function inputOf(flow: Flow, settings: ExportSettings = {}): ExportInput {
  const variant = flow.variants[0]?.id ?? "";
  const script = wholeScript(flow, variant);
  if (!script.ok) throw new Error(script.failure.message);
  const run = computeRun(flow.scenario, script.value);
  return { flow, variant, run, diagram: project(flow, run, flow.view ?? {}), settings };
}

const group = read("../flows/cpm/group-invitation.flow.json");
const awkward = read("awkward-names.flow.json");

async function exported(format: string, input: ExportInput) {
  const result = await (await formatById(format)?.load())?.(input);
  if (result?.ok !== true) throw new Error(result?.failure.message);
  return { ...result.value, content: whole(result.value.content) };
}

const squeezed = (text: string) => text.replace(/\s+/g, "");

describe("EX18: a PDF document", () => {
  test("has the page of the figure, its title, and what it shows in words", async () => {
    const { content } = await exported("pdf", inputOf(group));
    const pdf = Buffer.from(content as Uint8Array).toString("latin1");
    expect(pdf).toMatch(/^%PDF-1\.7/);
    expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
    expect(pdf).toContain("/DisplayDocTitle true");
    expect(pdf).toMatch(/\/Alt \(Sequence diagram with 19 steps between/);
    expect(pdf).not.toContain("CreationDate");
    expect(await exported("pdf", inputOf(group))).toEqual(await exported("pdf", inputOf(group)));
  });

  test("draws vectors and text, and no picture", async () => {
    const { content } = await exported("pdf", inputOf(group));
    const drawn = streamsOf(content as Uint8Array).find((stream) => stream.includes("/Figure <<"));
    expect(drawn?.match(/ TJ\n/g)?.length).toBeGreaterThan(40);
    expect(drawn).not.toMatch(/\/I\d+ Do/);
  });

  test("has pages of the paper", async () => {
    const { content } = await exported("pdf", inputOf(group, { paper: "a4", orientation: "landscape" }));
    const boxes = [
      ...Buffer.from(content as Uint8Array)
        .toString("latin1")
        .matchAll(/\/MediaBox \[0 0 (\S+) (\S+)\]/g),
    ];
    expect(boxes.map(([, width, height]) => [Math.round(Number(width)), Math.round(Number(height))])).toContainEqual([
      842, 595,
    ]);
  });

  const reader = spawnSync("pdftotext", ["-v"]);
  test.skipIf(reader.error !== undefined)("can be searched: pdftotext finds every message", async () => {
    const folder = mkdtempSync(join(tmpdir(), "callflow-pdf-"));
    try {
      for (const flow of [group, awkward]) {
        const input = inputOf(flow);
        const { content, remarks } = await exported("pdf", input);
        writeFileSync(join(folder, "figure.pdf"), content);
        const text = squeezed(
          execFileSync("pdftotext", ["-raw", join(folder, "figure.pdf"), "-"], { encoding: "utf8" }),
        );
        const told = stepsOf(input.diagram).filter(({ label }) => /^[ -~]+$/.test(label));
        expect(told.length).toBeGreaterThan(2);
        for (const { label } of told) expect(text).toContain(squeezed(label));
        if (flow === awkward) expect(remarks.join(" ")).toContain("The font Inter has no");
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function streamsOf(pdf: Uint8Array): readonly string[] {
  const bytes = Buffer.from(pdf);
  const found: string[] = [];
  for (
    let at = bytes.indexOf("stream\n");
    at >= 0;
    at = bytes.indexOf("stream\n", bytes.indexOf("endstream", at) + 9)
  ) {
    try {
      found.push(inflateSync(bytes.subarray(at + 7)).toString("latin1"));
    } catch {
      // Not a compressed one.
    }
  }
  return found;
}

describe("EX12: an SVG document", () => {
  test("holds the letters that it uses, in both weights, and nothing from elsewhere", async () => {
    const { content } = await exported("svg", inputOf(group));
    const svg = String(content);
    const fonts = [...svg.matchAll(/font-weight:(\d+);src:url\(data:font\/woff2;base64,([^)]+)\)/g)];
    expect(fonts.map(([, weight]) => weight)).toEqual(["400", "600"]);
    const { create } = await import("fontkit");
    for (const [, , data] of fonts) {
      const font = create(Buffer.from(data ?? "", "base64"));
      if (!("hasGlyphForCodePoint" in font)) throw new Error("one font");
      for (const letter of "CPMSesionIvta 19") expect(font.hasGlyphForCodePoint(letter.codePointAt(0)!)).toBe(true);
      expect(font.hasGlyphForCodePoint("Ж".codePointAt(0)!)).toBe(false);
    }
    expect(svg.length).toBeLessThan(60_000);
    expect(svg).not.toMatch(/foreignObject|<script|href|https?:\/\/(?!www\.w3\.org)/);
    expect(svg).toContain("<desc>Sequence diagram with 19 steps between");
  });

  test("has no font where none is wanted", async () => {
    const { content } = await exported("svg", inputOf(group, { font: false }));
    expect(String(content)).not.toContain("@font-face");
  });
});
