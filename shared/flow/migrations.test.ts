import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readFlow, writeFlow } from "./file.ts";
import { flowSchema, VERSION } from "./flow.ts";
import { type Migration, migrate, migrations } from "./migrations.ts";

const folder = new URL("../../test/old-files/", import.meta.url);
const oldFiles = readdirSync(folder)
  .filter((name) => /^v\d+$/.test(name))
  .flatMap((version) => readdirSync(new URL(version, folder)).map((file) => `${version}/${file}`));
const hash = (file: string) =>
  createHash("sha256")
    .update(readFileSync(new URL(file, folder)))
    .digest("hex");
if (process.env.GOLDEN === "write") {
  const known = JSON.parse(readFileSync(new URL("frozen.json", folder), "utf8")) as Record<string, string>;
  const hashes = oldFiles.map((file) => [file, file.startsWith(`v${VERSION}/`) ? hash(file) : known[file]]);
  writeFileSync(new URL("frozen.json", folder), `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`);
}
const frozen = JSON.parse(readFileSync(new URL("frozen.json", folder), "utf8")) as Record<string, string>;

describe("D20: every version of the format can be read", () => {
  it("has one migration for each version before this one, in order", () => {
    expect(migrations.map(({ from }) => from)).toEqual(Array.from({ length: VERSION - 1 }, (_, i) => i + 1));
  });

  it("has frozen files of every version", () => {
    const versions = new Set(oldFiles.map((file) => file.split("/")[0]));
    expect([...versions].sort()).toEqual(Array.from({ length: VERSION }, (_, i) => `v${i + 1}`));
    expect(Object.keys(frozen).sort()).toEqual([...oldFiles].sort());
  });

  it.each(oldFiles)("%s is as it was frozen, and opens without a finding", (file) => {
    const bytes = readFileSync(new URL(file, folder));
    expect(hash(file)).toBe(frozen[file]);
    const opened = readFlow(bytes, file);
    expect(opened).toMatchObject({ ok: true, value: { diagnostics: [], flow: { version: VERSION } } });
    if (opened.ok && file.startsWith(`v${VERSION}/`)) expect(writeFlow(opened.value.flow)).toBe(bytes.toString("utf8"));
  });

  it("calls every migration on some frozen file", () => {
    const called = new Set<string>();
    for (const file of oldFiles) {
      const migrated = migrate(JSON.parse(readFileSync(new URL(file, folder), "utf8")));
      if (migrated.ok) for (const title of migrated.value.applied) called.add(title);
    }
    expect([...called]).toEqual(migrations.map(({ title }) => title));
  });
});

/** Every field of a schema by its path, lists and kinds of a union passed through. */
function fieldsOf(schema: unknown, path = ""): string[] {
  if (schema instanceof z.ZodOptional) return fieldsOf(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return fieldsOf(schema.element, path);
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([key, field]) => [
      `${path}/${key}`,
      ...fieldsOf(field, `${path}/${key}`),
    ]);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const by = schema.def.discriminator;
    const options = schema.options as readonly z.ZodObject[];
    return options.flatMap((option) => fieldsOf(option, `${path}:${(option.shape[by] as z.ZodLiteral).value}`));
  }
  return [];
}

/** The same of a value: which of those fields it has. */
function fieldsIn(value: unknown, schema: unknown, path = ""): string[] {
  if (schema instanceof z.ZodOptional) return fieldsIn(value, schema.unwrap(), path);
  if (schema instanceof z.ZodArray)
    return (value as unknown[]).flatMap((inner) => fieldsIn(inner, schema.element, path));
  if (schema instanceof z.ZodObject) {
    return Object.entries(value as object).flatMap(([key, inner]) => [
      `${path}/${key}`,
      ...fieldsIn(inner, schema.shape[key], `${path}/${key}`),
    ]);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const by = schema.def.discriminator;
    const tag = (value as Record<string, unknown>)[by];
    const options = schema.options as readonly z.ZodObject[];
    const option = options.find((candidate) => (candidate.shape[by] as z.ZodLiteral).value === tag);
    return fieldsIn(value, option, `${path}:${tag}`);
  }
  return [];
}

it("D20: a frozen file of the current version uses every field of the schema", () => {
  const file = JSON.parse(readFileSync(new URL(`v${VERSION}/every-field.flow.json`, folder), "utf8"));
  const used = new Set(fieldsIn(file, flowSchema));
  expect(fieldsOf(flowSchema).filter((field) => !used.has(field))).toEqual([]);
});

describe("D21: the mechanism of migrations", () => {
  const table: Migration[] = [
    { from: 1, title: "titles are called names", up: ({ title, ...rest }) => ({ ...rest, name: title }) },
    { from: 2, title: "there is a list of tags", up: (document) => ({ ...document, tags: [] }) },
  ];

  it("applies what lies between, oldest first, and says so", () => {
    expect(migrate({ version: 1, title: "T" }, table, 3)).toEqual({
      ok: true,
      value: {
        document: { version: 3, name: "T", tags: [] },
        applied: ["titles are called names", "there is a list of tags"],
      },
    });
    expect(migrate({ version: 3, name: "T" }, table, 3)).toMatchObject({ ok: true, value: { applied: [] } });
  });

  it.each([
    [{}, "does not say which version"],
    [{ version: "1" }, "does not say which version"],
    [{ version: 0 }, "does not say which version"],
    [{ version: 1.5 }, "does not say which version"],
    [{ version: 4 }, "was written by a newer Callflow: it has version 4"],
  ])("refuses %j with a sentence", (document, sentence) => {
    const migrated = migrate(document, table, 3);
    expect(migrated.ok ? "" : migrated.failure.message).toContain(sentence);
  });

  it("refuses a version that its table leaves out", () => {
    const migrated = migrate({ version: 1 }, table.slice(1), 3);
    expect(migrated.ok ? "" : migrated.failure.message).toContain("which this Callflow cannot read");
  });
});
