import { describe, expect, it } from "vitest";
import { commands } from "./commands.ts";
import { commandsWith, keysOf, refusal, withKeys } from "./keys.ts";

const press = (key: string, held: string = "") => ({
  key,
  ctrlKey: held.includes("C"),
  metaKey: held.includes("M"),
  altKey: held.includes("A"),
  shiftKey: held.includes("S"),
});
const as = (keys: string) => keys;

describe("shortcuts", () => {
  it("WD80 keys are written as the table of commands writes them", () => {
    expect(keysOf(press("f", "C"), false)).toBe("Mod+F");
    expect(keysOf(press("F", "CS"), false)).toBe("Mod+Shift+F");
    expect(keysOf(press("f", "M"), true)).toBe("Mod+F");
    expect(keysOf(press("f", "C"), true)).toBe("Ctrl+F");
    expect(keysOf(press("+", "CS"), false)).toBe("Mod+Shift+Plus");
    expect(keysOf(press("?", "S"), false)).toBe("?");
    expect(keysOf(press("+", "S"), false)).toBe("+");
    expect(keysOf(press("b"), false)).toBe("B");
    expect(keysOf(press("F3", "S"), false)).toBe("Shift+F3");
    expect(keysOf(press(" "), false)).toBe("Space");
    expect(keysOf(press("Control", "C"), false)).toBeUndefined();
  });

  it("WD81 a command has another shortcut, or none, and gets its own back", () => {
    const own = withKeys({}, "play.next", ["L"]);
    expect(commandsWith(own).find(({ id }) => id === "play.next")?.keys).toEqual(["L"]);
    expect(commandsWith(withKeys(own, "play.next", [])).find(({ id }) => id === "play.next")?.keys).toEqual([]);
    expect(withKeys(own, "play.next", undefined)).toEqual({});
    expect(withKeys(own, "play.next", ["ArrowRight"])).toEqual({});
    expect(commandsWith({})).toBe(commands);
  });

  it("WD82 what another command has, or the window itself needs, is refused in a sentence", () => {
    expect(refusal({}, "play.next", "Mod+S", as)).toBe("Mod+S is the shortcut of Save; give that another one first.");
    expect(refusal({}, "file.save", "Mod+S", as)).toBeUndefined();
    expect(refusal({ "file.save": ["Mod+J"] }, "play.next", "Mod+S", as)).toBeUndefined();
    expect(refusal({}, "play.next", "Escape", as)).toContain("gives up");
    expect(refusal({}, "play.next", "7", as)).toContain("number of a step");
  });
});
