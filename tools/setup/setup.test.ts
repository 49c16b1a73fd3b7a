import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { requireNode } from "./node-version.mjs";
import { packagesAreCurrent } from "./packages.mjs";
import { systemPackages } from "./system-libraries.mjs";

describe("Node's version", () => {
  test.each(["20.19.0", "20.20.2", "22.1.0", "24.0.0"])("%s is new enough", (version) => {
    expect(() => requireNode(version)).not.toThrow();
  });
  test.each(["18.20.0", "20.18.1", "16.0.0"])("%s is refused with one sentence", (version) => {
    expect(() => requireNode(version)).toThrow(`Callflow needs Node 20.19 or newer; this is Node ${version}.`);
  });
});

describe("system libraries", () => {
  const release = (id: string, version: string) => `PRETTY_NAME="x"\nID=${id}\nVERSION_ID="${version}"\n`;

  test("have their old names on Debian 12 and Ubuntu 22.04", () => {
    for (const text of [release("debian", "12"), release("ubuntu", "22.04")]) {
      expect(systemPackages(text, { xvfb: false })).toEqual(expect.arrayContaining(["libasound2", "libgtk-3-0"]));
    }
  });
  test("have their new names on Debian 13 and Ubuntu 24.04", () => {
    for (const text of [release("debian", "13"), release("ubuntu", "24.04")]) {
      expect(systemPackages(text, { xvfb: false })).toEqual(expect.arrayContaining(["libasound2t64", "libgtk-3-0t64"]));
    }
  });
  test("include Xvfb only where a display will be made", () => {
    expect(systemPackages(release("debian", "12"), { xvfb: true })).toContain("xvfb");
    expect(systemPackages(release("debian", "12"), { xvfb: false })).not.toContain("xvfb");
  });
  test("are not guessed elsewhere", () => {
    expect(systemPackages(release("fedora", "41"), { xvfb: true })).toEqual([]);
  });
});

describe("installed packages", () => {
  let folder: string;
  const lock = { a: { version: "1.0.0", integrity: "sha512-a" }, b: { version: "2.0.0", optional: true } };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "callflow-packages-"));
    mkdirSync(join(folder, "node_modules"));
    writeLock("package-lock.json", { "": {}, ...lock });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function writeLock(name: string, packages: object) {
    writeFileSync(join(folder, name), JSON.stringify({ packages }));
  }

  test("are current when all that the lock file names is there", () => {
    writeLock("node_modules/.package-lock.json", lock);
    expect(packagesAreCurrent(folder)).toBe(true);
  });
  test("may lack an optional one", () => {
    writeLock("node_modules/.package-lock.json", { a: lock.a });
    expect(packagesAreCurrent(folder)).toBe(true);
  });
  test("are not current after an interrupted install", () => {
    expect(packagesAreCurrent(folder)).toBe(false);
  });
  test("are not current when one is missing or differs", () => {
    writeLock("node_modules/.package-lock.json", { b: lock.b });
    expect(packagesAreCurrent(folder)).toBe(false);
    writeLock("node_modules/.package-lock.json", { a: { ...lock.a, version: "1.0.1" } });
    expect(packagesAreCurrent(folder)).toBe(false);
    writeLock("node_modules/.package-lock.json", { a: { ...lock.a, integrity: "sha512-b" } });
    expect(packagesAreCurrent(folder)).toBe(false);
  });
});
