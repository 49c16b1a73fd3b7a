import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Edit } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { openRecovery } from "./recovery.ts";

/** So many bytes are left on the disk. */
const disk = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const writeSync = (fd: number, bytes: Buffer, from: number, length: number, at: number): number => {
    if (disk.left <= 0) throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    const written = fs.writeSync(fd, bytes, from, Math.min(length, disk.left), at);
    disk.left -= written;
    return written;
  };
  return { ...fs, writeSync };
});

let folder = "";
let warnings: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "callflow-full-"));
  warnings = [];
  disk.left = Number.POSITIVE_INFINITY;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openRecovery(folder, (sentence) => warnings.push(sentence));
const titled = (title: string): Flow => ({
  format: "callflow",
  version: 1,
  title,
  scenario: { participants: [{ id: "a", name: "A", role: "other" }] },
  variants: [{ id: "main", title: "Main", script: [] }],
});
const edit = (value: string): Edit => ({ kind: "set", field: "title", value });
const document = (title: string) => ({ handle: "flow-1", name: "x.flow.json", flow: titled(title) });
const titles = () => {
  const next = open();
  return next.list().map(({ id }) => {
    const found = next.read(id);
    return found.ok ? [found.value.flow.title, found.value.damage] : [found.failure.message];
  });
};

it("F14: an edit for which the disk has no space waits, and is had back once there is some", () => {
  const recovery = open();
  recovery.record(document("T0"), edit("T1"), titled("T1"));
  recovery.flush();
  disk.left = 20;
  recovery.record(document("T1"), edit("T2"), titled("T2"));
  recovery.flush();
  expect(warnings).toEqual([expect.stringContaining("could not be written")]);
  expect(titles()).toEqual([["T1", undefined]]);
  disk.left = Number.POSITIVE_INFINITY;
  recovery.record(document("T2"), edit("T3"), titled("T3"));
  recovery.flush();
  expect(titles()).toEqual([["T3", undefined]]);
});

it("F14: a journal that cannot be begun leaves no file, and is begun once it can", () => {
  const recovery = open();
  disk.left = 30;
  recovery.record(document("T0"), edit("T1"), titled("T1"));
  recovery.flush();
  expect(readdirSync(folder)).toEqual([]);
  disk.left = Number.POSITIVE_INFINITY;
  recovery.flush();
  expect(titles()).toEqual([["T1", undefined]]);
});

it("F14: a long journal stays as it is where it cannot be written anew", () => {
  const recovery = open();
  for (let i = 0; i < 500; i++) recovery.record(document(`T${i}`), edit(`T${i + 1}`), titled(`T${i + 1}`));
  recovery.flush();
  disk.left = 40;
  recovery.record(document("T500"), edit("T501"), titled("T501"));
  recovery.flush();
  expect(titles()).toEqual([["T500", undefined]]);
  disk.left = Number.POSITIVE_INFINITY;
  recovery.flush();
  expect(titles()).toEqual([["T501", undefined]]);
});

it.each([
  [Number.POSITIVE_INFINITY, 1],
  [50, 1],
])("F14: what was lost is kept until the journal that takes it over is whole (%s bytes left)", (left, kept) => {
  const lost = open();
  lost.record(document("T0"), edit("T1"), titled("T1"));
  lost.flush();
  const [old] = readdirSync(folder);
  const next = open();
  next.start({ ...document("T1"), handle: "flow-2" });
  disk.left = left;
  next.takenOver(old ?? "", "flow-2");
  const files = readdirSync(folder);
  expect(files).toHaveLength(kept);
  expect(files.includes(old ?? "")).toBe(left === 50);
  expect(next.list()).toEqual([]);
  expect(titles()).toEqual([["T1", undefined]]);
});
