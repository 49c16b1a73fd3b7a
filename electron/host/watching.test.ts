import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createWatching, type Watching } from "./watching.ts";

const folder = mkdtempSync(join(tmpdir(), "callflow-watching-"));
let watching: Watching | undefined;
afterEach(() => {
  watching?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("F8: files are watched", () => {
  it("tells of one that is replaced by another, once, and of no other file", async () => {
    const [path, other] = [join(folder, "a.flow.json"), join(folder, "b.flow.json")];
    writeFileSync(path, "one");
    const told: string[] = [];
    const heard = new Promise<void>((resolve) => {
      watching = createWatching((changed) => {
        told.push(changed);
        resolve();
      });
    });
    watching?.follow([path]);
    writeFileSync(other, "other");
    writeFileSync(`${path}.tmp`, "two");
    renameSync(`${path}.tmp`, path);
    await heard;
    expect(told).toEqual([path]);
    // A folder that does not exist is no failure.
    watching?.follow([join(folder, "none", "c.flow.json")]);
  });
});
