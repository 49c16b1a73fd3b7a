import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { checkScenario, computeRun, rules } from "../electron/engine/index.ts";
import { readFlow, writeFlow } from "../shared/flow/file.ts";
import { flowSchema, scenarioSchema } from "../shared/flow/flow.ts";
import { choiceSchema } from "../shared/run/choice.ts";
import { wholeScript } from "../shared/run/tree.ts";

// Every example of docs/FLOW-FORMAT.md is marked with what it is: "callflow" for a whole document, "choice", or the field of
// the document or of its scenario whose value it is.
const text = readFileSync(new URL("../docs/FLOW-FORMAT.md", import.meta.url), "utf8");
const examples = [...text.matchAll(/^```json ?(.*)\n([\s\S]*?)^```$/gm)].map(([, mark = "", json = ""], index) => ({
  index,
  mark,
  json,
}));
const schemas: Readonly<Record<string, z.ZodType>> = {
  ...flowSchema.shape,
  ...scenarioSchema.shape,
  choice: choiceSchema,
};

describe("D36: the examples of FLOW-FORMAT", () => {
  it("are all found", () => {
    expect(examples.length).toBe((text.match(/^```json/gm) ?? []).length);
    expect(examples.filter(({ mark }) => mark === "callflow")).toHaveLength(2);
  });

  it.each(examples.filter(({ mark }) => mark === "callflow"))(
    "document $index opens, is canonical and runs to rest",
    ({ json }) => {
      const opened = readFlow(json, "example");
      if (!opened.ok) throw new Error(opened.failure.message);
      const { flow, diagnostics } = opened.value;
      expect(diagnostics).toEqual([]);
      expect(checkScenario(flow.scenario)).toEqual([]);
      expect(writeFlow(flow)).toBe(json);
      const script = wholeScript(flow, flow.variants[0]?.id ?? "");
      const run = computeRun(flow.scenario, script.ok ? script.value : []);
      expect(run).toMatchObject({ end: "rest" });
      expect(run.turns.filter(({ unexpected }) => unexpected !== undefined)).toEqual([]);
      expect(run.hops.length).toBeGreaterThan(1);
    },
  );

  it.each(examples.filter(({ mark }) => mark !== "callflow"))(
    "example $index, $mark, fits the schema",
    ({ mark, json }) => {
      expect(Object.keys(schemas)).toContain(mark);
      expect(schemas[mark]?.safeParse(JSON.parse(json)).error).toBeUndefined();
    },
  );

  it("of README open and run to rest", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    const documents = [...readme.matchAll(/^```json callflow\n([\s\S]*?)^```$/gm)];
    expect(documents.length).toBeGreaterThan(0);
    for (const [, json = ""] of documents) {
      const opened = readFlow(json, "README.md");
      expect(opened).toMatchObject({ ok: true, value: { diagnostics: [] } });
      if (!opened.ok) continue;
      const { scenario, variants } = opened.value.flow;
      expect(computeRun(scenario, variants[0]?.script ?? [])).toMatchObject({ end: "rest" });
    }
  });

  it("show every field, every kind and every value there is", () => {
    const words = new Set(text.match(/[\w-]+/g));
    const missing = new Set<string>();
    const visit = (schema: unknown): void => {
      if (schema instanceof z.ZodOptional) visit(schema.unwrap());
      if (schema instanceof z.ZodArray) visit(schema.element);
      if (schema instanceof z.ZodDiscriminatedUnion) schema.options.forEach(visit);
      const named = schema instanceof z.ZodEnum ? schema.options : schema instanceof z.ZodLiteral ? [schema.value] : [];
      for (const value of named) if (!text.includes(String(value))) missing.add(String(value));
      if (!(schema instanceof z.ZodObject)) return;
      for (const [key, field] of Object.entries(schema.shape)) {
        if (!words.has(key)) missing.add(key);
        visit(field);
      }
    };
    visit(flowSchema);
    expect([...missing]).toEqual([]);
  });

  it("switch off a rule that there is", () => {
    const off = examples.filter(({ mark }) => mark === "rules").flatMap(({ json }) => JSON.parse(json).off);
    expect(rules().map(({ id }) => id)).toEqual(expect.arrayContaining(off));
  });
});
