import { expect, test } from "vitest";
import { commandById, commands } from "../../shared/commands.ts";
import { runs } from "./run-command.ts";

test("V21 every command of the table does something, and nothing else does", () => {
  expect(Object.keys(runs).sort()).toEqual(commands.map((command) => command.id).sort());
});

test("V21 no two commands share a key", () => {
  const keys = commands.flatMap((command) => command.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(commandById("play.toggle")?.keys).toContain("Space");
});
