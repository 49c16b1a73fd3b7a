import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callflowGiven } from "../../test/command-line.ts";

/** What people mistype, what comes in by standard input, and what must not get to a terminal. */

let folder = "";
const path = (name: string) => join(folder, name);

const callflow = (words: readonly string[], given?: readonly (string | Uint8Array)[]) => callflowGiven(given, ...words);

const drawn = (name: string, script: object[]) =>
  JSON.stringify({
    format: "callflow",
    version: 1,
    title: "Drawn",
    scenario: {
      participants: [
        { id: "alice", name, role: "other" },
        { id: "bob", name: "Bob", role: "other" },
      ],
    },
    variants: [{ id: "main", title: "Main", script }],
  });
const hello = { kind: "inject", from: "alice", to: "bob", message: { label: "Hello" } };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "callflow-slips-"));
  writeFileSync(path("text.docx"), "no archive");
  writeFileSync(path("slip.flow.json"), drawn("Alice", [{ ...hello, from: "alcie" }]));
  writeFileSync(path("rude.flow.json"), drawn("A\u001b[2Jl\u0007i\u009bc\u202ee\nB", [hello]));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("D50 what is mistyped", () => {
  it.each([
    [["run", "group-invitaton"], "Did you mean group-invitation?"],
    [["run", "cpm/one-to-oen"], "Did you mean cpm/one-to-one?"],
    [["run", "group-invitation", "--variant", "b2first"], "Did you mean b2-first?"],
    [["run", "group-invitation", "--levle", "sip"], "There is no option --levle. Did you mean --level?"],
    [["run", "group-invitation", "--hide", "clientB11"], "Did you mean clientB1?"],
    [["run", "group-invitation", "--option", "forkng=serverForks"], "Did you mean forking?"],
    [["chekc", "group-invitation"], "Did you mean check?"],
    [["export", "group-invitation", "--to", "mermiad"], "Did you mean mermaid?"],
    [["explore", "group-invitation", "--free", "acept"], "Did you mean accept?"],
    [["explore", "group-invitation", "--free", "accept:clientB"], "Did you mean clientB1?"],
  ])("%j", async (words, says) => {
    const { code, out, error } = await callflow(words);
    expect([code, out]).toEqual([2, ""]);
    expect(error).toContain(says);
    expect(error.trimEnd().split("\n")).toHaveLength(1);
  });

  it("in a flow is named with what is likely to be meant", async () => {
    const { error } = await callflow(["run", path("slip.flow.json")]);
    expect(error).toContain("names “alcie”, which is not a participant; “alice” is one.");
  });

  it("of which nothing is near gets no suggestion", async () => {
    expect((await callflow(["run", "zzz"])).error).not.toContain("Did you mean");
  });
});

describe("D51 standard input", () => {
  const flow = drawn("Alice", [hello]);

  it("is a flow that is called -, in any pieces", async () => {
    const bytes = new TextEncoder().encode(flow);
    const { code, out } = await callflow(["run", "-"], [bytes.subarray(0, 100), bytes.subarray(100)]);
    expect(code).toBe(0);
    expect(out).toContain("1. Alice → Bob: Hello\n");
    expect((await callflow(["check", "-"], [flow])).out).toContain("Drawn (-), 1 variant");
  });

  it("is a table to be imported", async () => {
    const table = "n\tkind\tfrom\tto\tlabel\n1\tmsg\tAlice\tBob\tHello\n";
    const { code, out } = await callflow(["import", "-", "--from", "steps", "-o", "-"], [table]);
    expect(code).toBe(0);
    expect(out).toContain('"label": "Hello"');
  });

  it.each([
    [["run", "-"], [], "Standard input is empty.\n"],
    [["run", "-"], undefined, "There is no standard input to read from.\n"],
    [["run", "-"], [new Uint8Array([1, 0, 2])], "“standard input” is not a text file.\n"],
    [["diff", "-", "-"], [flow], "Standard input can be read once only: name a file for the other.\n"],
  ])("%j of %j is refused", async (words, given, says) => {
    expect(await callflow(words, given)).toEqual({ code: 2, out: "", error: says });
  });
});

describe("D52 names with control characters", () => {
  it.each(["run", "check", "explore"])("do nothing to the terminal when %s tells of them", async (command) => {
    const { out } = await callflow([command, path("rude.flow.json")]);
    expect(out).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e]/u);
  });

  it("leave each step its line", async () => {
    const { out } = await callflow(["run", path("rude.flow.json")]);
    expect(out.split("\n").filter((line) => line.includes("Hello"))).toEqual([
      "1. A\ufffd[2Jl\ufffdi\ufffdc\ufffde B → Bob: Hello",
    ]);
  });
});

describe("D53 files that are not what they are given as", () => {
  it.each([
    [
      ["--to", "svg", "-o", "x.png"],
      "“x.png” ends as png does, but --to says svg: leave --to out, or end the name in .svg.\n",
    ],
    [
      ["--to", "docx", "-o", "x.docx", "--template", "text.docx"],
      "“text.docx”, given with --template, is not a document of Word or PowerPoint, or is damaged.\n",
    ],
  ])("%j", async (words, says) => {
    const placed = words.map((word) => (/^(x|text)\./.test(word) ? path(word) : word));
    const { code, out, error } = await callflow(["export", "group-invitation", ...placed]);
    expect([code, out]).toEqual([2, ""]);
    expect(error.replace(`${folder}/`, "")).toBe(says);
  });
});

describe("D54 a script that stops", () => {
  it("says in words which choice is not possible, and why", async () => {
    const script = [{ kind: "lose", hop: "coreX>coreB OK#1" }];
    writeFileSync(
      path("lost.flow.json"),
      drawn("Alice", [hello, { kind: "deliver", hop: "alice>bob Hello#1" }, ...script]),
    );
    const run = await callflow(["run", path("lost.flow.json")]);
    expect(run.code).toBe(1);
    expect(run.out).toContain("which was not possible: no such message has been sent by then.");
    const check = await callflow(["check", path("lost.flow.json")]);
    expect(check.out).toContain("which is not possible there: no such message has been sent by then.");
  });
});
