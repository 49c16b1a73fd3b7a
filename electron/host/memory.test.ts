import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openMemory } from "./memory.ts";

let folder = "";
const path = () => join(folder, "deeper", "settings.json");
const warn = vi.fn<(sentence: string) => void>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "callflow-memory-"));
  warn.mockClear();
});

afterEach(() => rmSync(folder, { recursive: true }));

describe("openMemory", () => {
  it("S14: what was changed is there at the next start", () => {
    const memory = openMemory(path(), warn);
    expect(memory.now()).toEqual({});
    memory.change({ settings: { theme: "dark", speed: 2, panels: { library: false } } });
    memory.change({ recent: ["/a.flow.json"], window: { x: -5, y: 0, width: 800, height: 600, maximized: true } });
    memory.flush();
    expect(openMemory(path(), warn).now()).toEqual({
      settings: { theme: "dark", speed: 2, panels: { library: false } },
      recent: ["/a.flow.json"],
      window: { x: -5, y: 0, width: 800, height: 600, maximized: true },
    });
    expect(warn).not.toHaveBeenCalled();
  });

  it("S14: nothing is written when nothing changed", () => {
    openMemory(path(), warn).flush();
    expect(existsSync(path())).toBe(false);
  });

  it.each([
    ["no JSON", "{"],
    ["empty", ""],
    ["another type", "[]"],
    ["a wrong value", '{"settings":{"speed":"fast"}}'],
    ["an unknown field", '{"passwords":[]}'],
    ["a window of no size", '{"window":{"width":0,"height":0,"maximized":false}}'],
  ])("S15: a file that is %s is set aside", (_what, content) => {
    openMemory(path(), warn).change({});
    const file = join(folder, "settings.json");
    writeFileSync(file, content);
    const memory = openMemory(file, warn);
    expect(memory.now()).toEqual({});
    expect(readFileSync(`${file}.broken`, "utf8")).toBe(content);
    expect(warn).toHaveBeenCalledOnce();
    memory.change({ recent: [] });
    memory.flush();
    expect(openMemory(file, warn).now()).toEqual({ recent: [] });
  });

  it("S15: a folder that cannot be written costs a warning, not the app", () => {
    writeFileSync(join(folder, "deeper"), "a file where a folder should be");
    const memory = openMemory(path(), warn);
    memory.change({ recent: ["/a"] });
    memory.flush();
    expect(warn).toHaveBeenCalledOnce();
    expect(memory.now().recent).toEqual(["/a"]);
  });
});
