import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { project } from "../../shared/diagram/project.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok } from "../../shared/flow/result.ts";
import { HANDOUT_DATA, type HandoutData } from "../../shared/handout.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { computeRun } from "../engine/index.ts";
import { type Drawn, type ExportInput, formatById } from "./formats.ts";

const evil = "</script><script>alert(1)</script><!-- \"' & <b>";
const flow: Flow = {
  format: "callflow",
  version: 1,
  title: evil,
  scenario: {
    participants: [
      { id: "a", name: evil, role: "other" },
      { id: "b", name: "B", role: "other" },
    ],
  },
  variants: [
    { id: "main", title: "Main", script: [{ kind: "inject", from: "a", to: "b", message: { label: evil } }] },
    { id: "none", title: "Nobody speaks", script: [] },
  ],
};

function drawn(variant: string): Drawn {
  const script = wholeScript(flow, variant);
  if (!script.ok) throw new Error(script.failure.message);
  const run = computeRun(flow.scenario, script.value);
  return { variant, run, diagram: project(flow, run, {}) };
}

async function exported(more: Partial<ExportInput> = {}) {
  const exporter = await formatById("html")?.load();
  const made = await exporter?.({ flow, ...drawn("main"), draw: async (id) => ok(drawn(id)), ...more });
  if (!made?.ok) throw new Error(made?.failure.message);
  const html = String(made.value.content);
  const found = new RegExp(`id="${HANDOUT_DATA}">(.*?)</script>`, "s").exec(html);
  return { html, remarks: made.value.remarks, data: JSON.parse(found?.[1] ?? "null") as HandoutData };
}

describe("the player for the browser", () => {
  it("EX75: holds the flow and the run of every variant, and allows its own script alone", async () => {
    const { html, data, remarks } = await exported();
    expect(remarks).toEqual([]);
    expect(data.flow).toEqual(flow);
    expect(Object.keys(data.runs)).toEqual(["main", "none"]);
    const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, code]) => code ?? "");
    expect(scripts).toHaveLength(1);
    const hash = createHash("sha256")
      .update(scripts[0] ?? "")
      .digest("base64");
    expect(html).toContain(`script-src 'sha256-${hash}'`);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/(?:src|href)="?https?:/);
  }, 120_000);

  it("EX76: text of the flow is never taken for markup", async () => {
    const { html, data } = await exported();
    expect(data.flow.title).toBe(evil);
    expect(html).not.toContain("alert(1)</script>");
    expect(html).not.toContain("<b>");
    expect(html.match(/<script/g)).toHaveLength(2);
  });

  it("EX76: a variant that cannot be run is left out and named", async () => {
    const { data, remarks } = await exported({ draw: async () => fail("It is broken.") });
    expect(data.flow.variants.map(({ id }) => id)).toEqual(["main"]);
    expect(remarks).toEqual(["The variant “Nobody speaks” is not in the handout: It is broken."]);
  });
});
