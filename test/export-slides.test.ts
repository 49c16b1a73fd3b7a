import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { computeRun } from "../electron/engine/index.ts";
import { type ExportInput, formatById } from "../electron/export/formats.ts";
import { project } from "../shared/diagram/project.ts";
import { stepsOf } from "../shared/diagram/steps-of.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import { wholeScript } from "../shared/run/tree.ts";
import { ooxmlFaults } from "./ooxml-faults.ts";

const flowsDir = new URL("../flows/", import.meta.url);
const read = (url: URL): Flow => flowSchema.parse(JSON.parse(readFileSync(url, "utf8")));
const bundled = readdirSync(flowsDir, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));

function inputOf(flow: Flow): ExportInput {
  const drawn = (variant: string) => {
    const script = wholeScript(flow, variant);
    if (!script.ok) throw new Error(script.failure.message);
    const run = computeRun(flow.scenario, script.value);
    return { variant, run, diagram: project(flow, run, flow.view ?? {}) };
  };
  return {
    ...drawn(flow.variants[0]?.id ?? ""),
    flow,
    draw: async (variant) => ({ ok: true, value: drawn(variant) }),
  };
}

async function deckOf(input: ExportInput, variants: "all" | "this"): Promise<Uint8Array> {
  const exporter = await formatById("pptx")?.load();
  const exported = await exporter?.({ ...input, settings: { variants, slides: "both" } });
  if (exported?.ok !== true) throw new Error(exported?.failure.message);
  return exported.value.content as Uint8Array;
}

test.each(bundled)("EX62: the deck of %s with all its variants needs no repair", async (file) => {
  expect(ooxmlFaults(await deckOf(inputOf(read(new URL(file, flowsDir))), "all"))).toEqual([]);
});

const folder = mkdtempSync(join(tmpdir(), "callflow-slides-"));
afterAll(() => rmSync(folder, { recursive: true }));

// Given to another program where it is installed; skipped, and named in the report, where it is not.
const hasOffice = spawnSync("soffice", ["--version"], { encoding: "utf8" }).status === 0;

describe.runIf(hasOffice)("EX62: LibreOffice reads the decks, and draws each slide", () => {
  test.each(["busy", "awkward"])("%s", { timeout: 120_000 }, async (name) => {
    const file =
      name === "awkward"
        ? new URL("awkward-names.flow.json", import.meta.url)
        : new URL("sip/busy.flow.json", flowsDir);
    const input = inputOf(read(file));
    const deck = join(folder, `${name}.pptx`);
    writeFileSync(deck, await deckOf(input, "this"));
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, "profile")).href}`;
    spawnSync("soffice", [profile, "--headless", "--convert-to", "pdf", "--outdir", folder, deck], {
      timeout: 100_000,
    });
    const pdf = readFileSync(join(folder, `${name}.pdf`), "latin1");
    // Title, overview, at least one animated slide, and one for each step.
    const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThanOrEqual(3 + stepsOf(input.diagram).length);
  });
});
