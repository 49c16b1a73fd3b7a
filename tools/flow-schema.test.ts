import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { flowJsonSchema } from "./flow-schema.ts";

const file = new URL("../docs/flow.schema.json", import.meta.url);

// `GOLDEN=write npx vitest run tools/flow-schema.test.ts` writes it anew after a change of the schema.
it("D36: the JSON Schema in docs/ is that of the code", () => {
  if (process.env.GOLDEN === "write") writeFileSync(file, flowJsonSchema());
  expect(readFileSync(file, "utf8")).toBe(flowJsonSchema());
});

it("D36: it says of every field whether it may be absent, and allows no others", () => {
  const schema = JSON.parse(flowJsonSchema());
  expect(schema.required).toEqual(["format", "version", "title", "scenario", "variants"]);
  expect(schema.additionalProperties).toBe(false);
  expect(schema.properties.variants.items.properties.script.items.oneOf).toHaveLength(7);
});
