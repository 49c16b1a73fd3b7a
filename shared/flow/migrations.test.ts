import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readFlow, writeFlow } from "./file.ts";
import { VERSION } from "./flow.ts";
import { type Migration, migrate, migrations } from "./migrations.ts";

const folder = new URL("../../test/old-files/", import.meta.url);
const frozen = JSON.parse(readFileSync(new URL("frozen.json", folder), "utf8")) as Record<string, string>;
const oldFiles = readdirSync(folder)
  .filter((name) => /^v\d+$/.test(name))
  .flatMap((version) => readdirSync(new URL(version, folder)).map((file) => `${version}/${file}`));

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
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(frozen[file]);
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
