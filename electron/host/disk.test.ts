import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { disk } from "./disk.ts";

let folder = "";
const path = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "callflow-disk-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function refusal(result: Promise<{ ok: boolean; failure?: { message: string } }>): Promise<string> {
  const settled = await result;
  return settled.ok ? "" : (settled.failure?.message ?? "");
}

describe("D28: reading a file", () => {
  it("gives its bytes", async () => {
    for (const size of [0, 1, 65_536, 200_000]) {
      const bytes = Buffer.alloc(size, "ab");
      writeFileSync(path("a"), bytes);
      const read = await disk.read(path("a"), 200_000);
      expect(read.ok && Buffer.from(read.value).equals(bytes)).toBe(true);
    }
  });

  it("reads what says no size of its own", async () => {
    const read = await disk.read("/proc/self/status", 100_000);
    expect(read.ok && Buffer.from(read.value).toString()).toContain("VmRSS");
  });

  it("refuses with a sentence", async () => {
    writeFileSync(path("large"), Buffer.alloc(3 * 1024 * 1024));
    const limit = 2 * 1024 * 1024;
    expect(await refusal(disk.read(path("large"), limit))).toBe(
      "“large” is larger than 2 MB, which is the most that is opened.",
    );
    expect(await refusal(disk.read("/dev/zero", limit))).toContain("is larger than 2 MB");
    expect(await refusal(disk.read(path("none"), limit))).toBe(`There is no file “${path("none")}”.`);
    expect(await refusal(disk.read(folder, limit))).toBe(`“${folder}” is a folder, not a file.`);
    expect(await refusal(disk.read(path("large/inner"), limit))).toContain("a part of its path is not a folder");
  });
});

describe("D29: writing a file", () => {
  it("writes it whole and leaves nothing beside it", async () => {
    for (const content of ["text “with” quotes\n", new Uint8Array([0, 255, 1]), ""]) {
      expect(await disk.write(path("a"), content)).toEqual({ ok: true, value: undefined });
      expect(readFileSync(path("a")).equals(Buffer.from(content))).toBe(true);
      expect(readdirSync(folder)).toEqual(["a"]);
    }
  });

  it("writes a text in pieces, also where one is longer than what is encoded at once", async () => {
    const pieces = ["“start”", "ü".repeat(400_000), "", "∞".repeat(400_000), "end\n"];
    expect(await disk.write(path("a"), pieces)).toEqual({ ok: true, value: undefined });
    expect(readFileSync(path("a"), "utf8") === pieces.join("")).toBe(true);
  });

  it("keeps its permissions, and writes what a link leads to", async () => {
    writeFileSync(path("a"), "old");
    chmodSync(path("a"), 0o640);
    symlinkSync(path("a"), path("link"));
    expect((await disk.write(path("link"), "new")).ok).toBe(true);
    expect(readFileSync(path("a"), "utf8")).toBe("new");
    expect(statSync(path("a")).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(["a", "link"]);
  });

  it("does not put a file in the place of a device", async () => {
    expect((await disk.write("/dev/null", "gone")).ok).toBe(true);
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  it("refuses with a sentence and leaves what was there", async () => {
    mkdirSync(path("inner"));
    expect(await refusal(disk.write(path("inner"), "x"))).toBe(`“${path("inner")}” is a folder, not a file.`);
    expect(await refusal(disk.write(path("none/a"), "x"))).toBe(`There is no folder “${path("none")}” to write to.`);
    expect(await refusal(disk.write("/dev/full", "x"))).toContain("there is no space left on the disk");
    expect(readdirSync(folder)).toEqual(["inner"]);
  });
});
