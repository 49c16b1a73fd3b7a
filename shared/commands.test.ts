import { describe, expect, it } from "vitest";
import { commandById, commands, isAccelerator } from "./commands.ts";

describe("the table of commands", () => {
  it("S25: ids and shortcuts are unique", () => {
    const ids = commands.map(({ id }) => id);
    const keys = commands.flatMap((command) => command.keys);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(keys).size).toBe(keys.length);
    for (const id of ids) expect(commandById(id)?.id).toBe(id);
  });

  it("S25: entries of a group, of a submenu and of a choice stand together", () => {
    for (const of of [
      commands.map(({ menu }) => menu),
      commands.map(({ menu, group }) => `${menu} ${group}`),
      commands.map(({ menu, submenu }, i) => (submenu === undefined ? i : `${menu} ${submenu}`)),
    ]) {
      const runs = of.filter((value, i) => value !== of[i - 1]);
      expect(new Set(runs).size).toBe(runs.length);
    }
  });

  it("S26: only shortcuts with a modifier, and function keys, are the menu's", () => {
    for (const keys of ["Mod+O", "Mod+Shift+S", "F1"]) expect(isAccelerator(keys), keys).toBe(true);
    for (const keys of ["Space", "ArrowRight", "[", "Home", "0", "?", ">"])
      expect(isAccelerator(keys), keys).toBe(false);
  });
});
