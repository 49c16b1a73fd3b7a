import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../shared/commands.ts";

// What the documents promise that can be looked up: links lead somewhere, rules have numbers of their own, and what they
// say can be run can be run.

const root = resolve(import.meta.dirname, "..");
const textOf = (name: string) => readFileSync(join(root, name), "utf8");
const pagesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));
const pages = ["README.md", "CONTRIBUTING.md", ...pagesIn("docs")];

const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replace(/\s/g, "-"),
  );

it.each(pages)("every link of %s leads somewhere", (page) => {
  const text = textOf(page);
  for (const [, target = ""] of text.matchAll(/\]\((?!https?:)([^)\s]*)\)/g)) {
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? page : relative(root, resolve(root, dirname(page), path));
    expect(existsSync(join(root, file)), target).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(textOf(file)), target).toContain(anchor);
  }
});

describe("the specification", () => {
  const rules = pagesIn("docs/spec").flatMap((page) =>
    [...textOf(page).matchAll(/^- \*\*([A-Z]+\d+[a-z]?)\*\*/gm)].map(([, id = ""]) => ({ id, page })),
  );

  it("has each number once", () => {
    expect(rules.length).toBeGreaterThan(300);
    const twice = rules.filter(({ id }, i) => rules.findIndex((other) => other.id === id) !== i);
    expect(twice).toEqual([]);
  });

  it("has every page in its list", () => {
    const listed = textOf("docs/SPEC.md");
    for (const page of pagesIn("docs/spec")) expect(listed).toContain(relative("docs", page).replaceAll("\\", "/"));
  });
});

describe("what is said to be run", () => {
  const scripts = JSON.parse(textOf("package.json")).scripts as Readonly<Record<string, string>>;

  it.each(["README.md", "CONTRIBUTING.md"])("is there: npm scripts of %s", (page) => {
    const named = [...textOf(page).matchAll(/npm (?:run (?:-s )?)?([\w:]+)/g)].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThan(2);
    for (const name of named) expect(Object.keys(scripts), name).toContain(name);
  });

  it("is there: keys of the README", () => {
    const keys = new Set(commands.flatMap((command) => command.keys));
    for (const [, key = ""] of textOf("README.md").matchAll(/`((?:Ctrl\+)?(?:Shift\+)?(?:[A-Z]|F\d+))`/g))
      expect(keys, key).toContain(key.replace("Ctrl", "Mod"));
  });
});
