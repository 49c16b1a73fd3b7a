import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { disk } from "./disk.ts";

/** What goes wrong, and in which call, once half of the content is written. */
const fault = vi.hoisted(() => ({ at: "", code: "" }));

vi.mock("node:fs/promises", async (original) => {
  const fs = await original<typeof import("node:fs/promises")>();
  const broken = () => Object.assign(new Error(fault.code), { code: fault.code });
  const open = async (...asked: Parameters<typeof fs.open>): Promise<FileHandle> => {
    const file = await fs.open(...asked);
    const { writeFile, sync } = file;
    file.writeFile = async (content) => {
      if (fault.at !== "write") return writeFile.call(file, content);
      await writeFile.call(file, String(content).slice(0, 5));
      throw broken();
    };
    file.sync = async () => {
      if (fault.at === "sync") throw broken();
      return sync.call(file);
    };
    return file;
  };
  const rename = async (from: string, to: string) => {
    if (fault.at === "rename") throw broken();
    return fs.rename(from, to);
  };
  return { ...fs, open, rename };
});

const folder = mkdtempSync(join(tmpdir(), "callflow-disk-full-"));
const path = join(folder, "flow.json");
afterEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
});

it.each([
  ["write", "ENOSPC", "there is no space left on the disk"],
  ["sync", "EDQUOT", "there is no space left on the disk"],
  ["sync", "EIO", "cannot be written (EIO)"],
  ["rename", "EACCES", "there is no permission to"],
  ["rename", "EROFS", "its disk is read-only"],
])("F15: where the %s fails by %s the file is as it was, with nothing beside it", async (at, code, says) => {
  writeFileSync(path, "what was there");
  Object.assign(fault, { at, code });
  const result = await disk.write(path, "something else, and longer");
  Object.assign(fault, { at: "" });
  expect(result).toMatchObject({ ok: false, failure: { message: expect.stringContaining(says) } });
  expect(readFileSync(path, "utf8")).toBe("what was there");
  expect(readdirSync(folder)).toEqual(["flow.json"]);
  expect((await disk.write(path, "something else")).ok).toBe(true);
  expect(readFileSync(path, "utf8")).toBe("something else");
});
