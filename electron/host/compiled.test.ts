import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepCompiled } from "./compiled.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "callflow-compiled-"));
  writeFileSync(join(folder, "entry.cjs"), `exports.said = require("./said-1.cjs").said + __filename.slice(-9);`);
  writeFileSync(join(folder, "said-1.cjs"), `exports.said = "hello from ";`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kept = () => join(folder, "said-1.cjs.compiled");
const longAgo = new Date("2020-01-01");
const isFresh = () => statSync(kept()).mtime > longAgo;

/** Runs the program in the folder as a process does that starts and ends. @returns what it says */
function runOnce(from = folder, into = folder): unknown {
  let save = () => {};
  const stop = keepCompiled(from, {
    into,
    atEnd: (given) => {
      save = given;
    },
  });
  try {
    const require = createRequire(join(folder, "x"));
    for (const file of Object.keys(require.cache)) if (file.startsWith(folder)) delete require.cache[file];
    return require(join(folder, "entry.cjs")).said;
  } finally {
    save();
    stop();
  }
}

describe("D55: what was compiled of the command line is kept", () => {
  it("beside its files, and taken the next time", () => {
    expect(runOnce()).toBe("hello from entry.cjs");
    expect(existsSync(kept())).toBe(true);
    utimesSync(kept(), longAgo, longAgo);
    expect(runOnce()).toBe("hello from entry.cjs");
    expect(isFresh()).toBe(false);
  });

  it("made anew where it is of another V8, or broken", () => {
    runOnce();
    const ofAnother = readFileSync(kept()).fill(7, 4, 8);
    for (const [i, broken] of [Buffer.alloc(0), Buffer.from("not compiled"), ofAnother].entries()) {
      // A text that this process has compiled before is not compiled again, whatever lies beside it.
      writeFileSync(join(folder, "said-1.cjs"), `exports.said = "hello ${i} from ";`);
      writeFileSync(kept(), broken);
      utimesSync(kept(), longAgo, longAgo);
      expect(runOnce()).toBe(`hello ${i} from entry.cjs`);
      expect(isFresh()).toBe(true);
    }
  });

  it("elsewhere where the program says so, without what is left of another version", () => {
    const into = join(folder, "new", "kept");
    expect(runOnce(folder, into)).toBe("hello from entry.cjs");
    expect(readdirSync(into).sort()).toEqual(["entry.cjs.compiled", "said-1.cjs.compiled"]);
    expect(existsSync(kept())).toBe(false);
    rmSync(join(into, "entry.cjs.compiled"));
    writeFileSync(join(into, "said-0.cjs.compiled"), "");
    runOnce(folder, into);
    expect(readdirSync(into).sort()).toEqual(["entry.cjs.compiled", "said-1.cjs.compiled"]);
  });

  it("of the program's own folder alone", () => {
    expect(runOnce(tmpdir())).toBe("hello from entry.cjs");
    expect(existsSync(kept())).toBe(false);
  });
});
