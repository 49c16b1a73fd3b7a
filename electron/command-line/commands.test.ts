import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callflow } from "../../test/command-line.ts";

const home = new URL("../../", import.meta.url);
let folder = "";

const path = (name: string) => join(folder, name);

/** Two participants without rules and what is drawn between them. */
function drawn(script: object[], more: object = {}): string {
  return JSON.stringify({
    format: "callflow",
    version: 1,
    title: "Drawn",
    clause: "9.9",
    scenario: {
      participants: [
        { id: "a", name: "Alice", role: "other" },
        { id: "b", name: "Bob", role: "other" },
      ],
    },
    variants: [
      { id: "main", title: "Main", script },
      { id: "more", title: "One more", branch: { from: "main", keep: 1 }, script: [inject("b", "a", "Bye")] },
    ],
    ...more,
  });
}

const inject = (from: string, to: string, label: string) => ({ kind: "inject", from, to, message: { label } });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "callflow-command-line-"));
  writeFileSync(
    path("drawn.flow.json"),
    drawn([inject("a", "b", "Hello"), inject("b", "a", "Hello back")], {
      introduction: "Two people greet each other.",
      notes: [{ at: "b>a Hello back#1", text: "Politeness is optional." }],
    }),
  );
  writeFileSync(path("stuck.flow.json"), drawn([inject("a", "b", "Hello"), { kind: "deliver", hop: "b>a Never#1" }]));
  writeFileSync(path("broken.flow.json"), '{"format": "callflow",}');
  writeFileSync(path("odd.flow.json"), drawn([inject("a", "b", "Hello"), inject("a", "c", "Who?")], { color: "red" }));
  mkdirSync(path("folder"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("D30: callflow run", () => {
  it("prints one numbered line a step, with notes after their step", async () => {
    expect(await callflow("run", path("drawn.flow.json"))).toEqual({
      code: 0,
      error: "",
      out: "9.9 Drawn\n\n1. Alice → Bob: Hello\n2. Bob → Alice: Hello back\nNOTE 1: Politeness is optional.\n",
    });
  });

  it("runs another variant, and names it", async () => {
    const { out } = await callflow("run", path("drawn.flow.json"), "--variant", "more");
    expect(out).toBe("9.9 Drawn — One more\n\n1. Alice → Bob: Hello\n2. Bob → Alice: Bye\n");
  });

  it("opens a bundled flow by its id, and shows it at either level", async () => {
    const cpm = await callflow("run", "cpm/group-invitation");
    expect(cpm.code).toBe(0);
    expect(cpm.out.split("\n")).toHaveLength(22);
    expect(cpm.out).toContain(
      "\n12. CPM Client B2 → CPM Conversation Server B (participating function): ALERTING response\n",
    );
    const sip = await callflow("run", "group-invitation", "--level=sip");
    expect(sip.out.split("\n").length).toBeGreaterThan(cpm.out.split("\n").length);
  });

  it("hides what it is told to", async () => {
    const { out } = await callflow("run", "cpm/group-invitation", "--hide", "core,clientB3");
    expect(out).not.toContain("SIP/IP Core");
    const all = await callflow("run", "cpm/extend-one-to-one", "--hide", "none");
    expect(all.out).toContain("Core");
  });

  it("overrides options of the scenario", async () => {
    const lines = async (...options: string[]) =>
      (await callflow("run", "cpm/group-invitation", "--level", "sip", ...options)).out.split("\n").length;
    const usual = await lines();
    expect(await lines("--option", "forking=serverForks")).toBeGreaterThan(usual);
    expect(await lines("--option", "trying=true")).toBeGreaterThan(usual);
    expect(await lines("--option", "declineCode=603", "--option", "release=hopByHop")).toBe(usual);
  });

  it("prints the numbered paragraphs", async () => {
    const { out } = await callflow("run", path("drawn.flow.json"), "--prose");
    expect(out).toContain("Two people greet each other.\n");
    expect(out).toMatch(/^1\. .*Hello/m);
    expect((await callflow("run", "cpm/group-invitation", "--prose")).out).toMatch(/^7 – 11\. /m);
  });

  it("prints JSON with the promised fields", async () => {
    const { code, out } = await callflow("run", path("drawn.flow.json"), "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      title: "Drawn",
      clause: "9.9",
      variant: "main",
      participants: [
        { id: "a", name: "Alice", role: "other" },
        { id: "b", name: "Bob", role: "other" },
      ],
      steps: [
        expect.objectContaining({ number: "1", from: "a", to: "b", message: "Hello", origin: "authored" }),
        expect.anything(),
      ],
      end: "rest",
    });
    const keys = [
      "number",
      "from",
      "to",
      "message",
      "sip",
      "hops",
      "through",
      "rule",
      "clause",
      "text",
      "sent",
      "received",
      "lost",
      "origin",
    ];
    expect(Object.keys(JSON.parse(out).steps[0])).toEqual(keys);
  });

  it("tells how a run ended that did not come to rest, with code 1", async () => {
    const { code, out } = await callflow("run", path("stuck.flow.json"));
    expect(code).toBe(1);
    expect(out).toContain(
      "1. Alice → Bob: Hello\n\nThe run stopped before choice 2 of the script, “Never#1 from Bob to Alice arrives”, which was not possible: no such message has been sent by then. Nothing was possible any more.",
    );
    const json = JSON.parse((await callflow("run", path("stuck.flow.json"), "--json")).out);
    expect(json).toMatchObject({ end: "diverged", divergence: { at: 1, choice: { kind: "deliver" } } });
  });

  it("keeps findings about the document apart from the result", async () => {
    const { out, error } = await callflow("run", path("odd.flow.json"));
    expect(error).toContain("warning: color is a field that this Callflow does not know; it is set aside.\n");
    expect(error).toContain("error: variants[0].script[1].to names “c”, which is not a participant.\n");
    expect(out).toContain("1. Alice → Bob: Hello\n");
    expect(out).not.toContain("color");
  });
});

describe("D31: unusable input or arguments give one sentence, code 2 and no output", () => {
  it.each<[string, string[]]>([
    [
      "There is no command “explode”; the commands are run, explore, export, check, diff, combine, import.",
      ["explode"],
    ],
    ["Say which flow: callflow run FILE", ["run"]],
    ["“b” is one file too many: callflow run FILE", ["run", "a", "b"]],
    ["There is no option --colour.", ["run", "x", "--colour"]],
    ["There is no option -x.", ["run", "x", "-x"]],
    ["The option --variant needs a value: --variant ID.", ["run", "x", "--variant"]],
    ["The option --json takes no value.", ["run", "x", "--json=yes"]],
    ["The option --level is given twice.", ["run", "x", "--level", "cpm", "--level", "sip"]],
    ["“nowhere” is neither a file nor a bundled flow; those are cpm/", ["run", "nowhere"]],
    ["“../package” is neither a file nor a bundled flow", ["run", "../package"]],
    ["“LOCAL” is a folder, not a file.", ["run", "LOCAL"]],
    ["“broken.flow.json” is not valid JSON: in line 1, column 23,", ["run", "LOCAL/../broken.flow.json"]],
    [
      "The flow has no variant “x”. Its variants are main, more.",
      ["run", "LOCAL/../drawn.flow.json", "--variant", "x"],
    ],
    ["“isup” is not a level; choose cpm or sip.", ["run", "group-invitation", "--level", "isup"]],
    ["“ghost” is neither a role", ["run", "group-invitation", "--hide", "core,ghost"]],
    [
      "“forking” is not an option of the scenario: write NAME=VALUE.",
      ["run", "group-invitation", "--option", "forking"],
    ],
    [
      "“spoons” is not an option of the scenario; the options are forking,",
      ["run", "group-invitation", "--option", "spoons=1"],
    ],
    [
      "The option forking cannot be “never”; it is one of coreForksServerCancels,",
      ["run", "group-invitation", "--option", "forking=never"],
    ],
    [
      "The option trying cannot be “maybe”; it is true or false.",
      ["run", "group-invitation", "--option", "trying=maybe"],
    ],
    [
      "The option busyCode cannot be “99”; it is a whole number from 400 to 699.",
      ["run", "group-invitation", "--option", "busyCode=99"],
    ],
    ["Choose one of --json and --prose.", ["run", "group-invitation", "--json", "--prose"]],
    ["There is no format “docm”; the formats are svg, png, ", ["export", "group-invitation", "--to", "docm"]],
    ["Say which format with --to; the formats are svg, png, ", ["export", "group-invitation"]],
    ["“LOCAL” is a folder, not a file.", ["export", "group-invitation", "--to", "svg", "-o", "LOCAL"]],
    ["There is no folder “LOCAL/none” to write to.", ["export", "group-invitation", "-o", "LOCAL/none/a.svg"]],
    [
      "“LOCAL/../drawn.flow.json” is the flow itself;",
      ["export", "LOCAL/../drawn.flow.json", "-o", "LOCAL/../drawn.flow.json"],
    ],
  ])("%s", async (sentence, words) => {
    const local = (text: string) => text.replace("LOCAL", path("folder"));
    const { code, out, error } = await callflow(...words.map(local));
    expect(error).toContain(local(sentence));
    expect(error.trimEnd()).not.toContain("\n");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(readdirSync(path("folder"))).toEqual([]);
  });
});

describe("D32: callflow export", () => {
  it("prints to standard output, or writes a file whole", async () => {
    const printed = await callflow("export", "group-invitation", "--to", "svg", "-o", "-");
    expect(printed.code).toBe(0);
    expect(printed.out).toMatch(/^<svg .*<\/svg>\n$/s);
    const target = path("figure.svg");
    expect(await callflow("export", "group-invitation", "--output", target)).toEqual({ code: 0, out: "", error: "" });
    expect(readFileSync(target, "utf8")).toBe(printed.out);
  });

  it("writes the JSON that run prints", async () => {
    const exported = await callflow("export", path("drawn.flow.json"), "--to", "json");
    expect(exported.out).toBe((await callflow("run", path("drawn.flow.json"), "--json")).out);
  });

  it("says when what it exported is not the whole of a script", async () => {
    const { code, out, error } = await callflow("export", path("stuck.flow.json"), "--to", "md");
    expect(code).toBe(1);
    expect(out).toContain("# 9.9 Drawn");
    expect(error).toBe("The run does not come to rest: what was exported ends where it stopped.\n");
  });
});

describe("EX92: callflow export of several documents", () => {
  const names = (name: string) => readdirSync(path(name)).toSorted();

  it("writes every variant in every format into a folder", async () => {
    const file = path("drawn.flow.json");
    const made = await callflow(
      "export",
      file,
      "--to",
      "md,svg",
      "--theme",
      "dark",
      "--all-variants",
      "-o",
      path("all"),
    );
    expect(made).toMatchObject({ code: 0, error: "" });
    expect(names("all")).toEqual(["drawn.md", "drawn.more.md", "drawn.more.svg", "drawn.svg"]);
    expect(made.out.trim().split("\n")).toHaveLength(4);
    expect(readFileSync(path("all/drawn.svg"), "utf8")).toContain("#12171f");
  });

  it("tells formats with the same ending apart", async () => {
    await callflow("export", path("drawn.flow.json"), "--to", "docx,cr", "-o", path("word"));
    expect(names("word")).toEqual(["drawn.cr.docx", "drawn.docx"]);
  });

  it("writes every flow of a folder, and says which could not be", async () => {
    const source = path("source");
    mkdirSync(join(source, "deeper"), { recursive: true });
    writeFileSync(join(source, "one.flow.json"), drawn([inject("a", "b", "Hello")]));
    writeFileSync(join(source, "deeper/one.flow.json"), drawn([inject("a", "b", "Hello")]));
    writeFileSync(join(source, "broken.flow.json"), "{");
    writeFileSync(join(source, "notes.txt"), "Hello");
    const made = await callflow("export", source, "--to", "md", "-o", path("flows"));
    expect(made.code).toBe(1);
    expect(made.error).toContain("broken.flow.json");
    expect(names("flows")).toEqual(["one (2).md", "one.md"]);
  });

  it("EX96: compares several flows with those of a folder, and a folder of flows with another", async () => {
    const [before, now] = [path("before"), path("now")];
    for (const [folder, script] of [
      [before, [inject("a", "b", "Hello")]],
      [now, [inject("a", "b", "Hello"), inject("b", "a", "Bye")]],
    ] as const) {
      mkdirSync(folder);
      for (const title of ["One", "Two"])
        writeFileSync(join(folder, `${title}.flow.json`), drawn([...script], { title }));
    }
    const flows = ["One", "Two"].map((title) => join(now, `${title}.flow.json`));
    const inserted = (file: string) =>
      strFromU8(unzipSync(readFileSync(file))["word/document.xml"]!).match(/<w:ins [^>]*><w:r><w:drawing>/g)?.length;
    const one = path("together.docx");
    expect(await callflow("export", ...flows, "--to", "docx", "--base", before, "-o", one)).toMatchObject({ code: 0 });
    expect(inserted(one)).toBe(2);
    await callflow("export", now, "--to", "docx,md", "--base", before, "-o", path("compared"));
    expect(inserted(path("compared/Two.docx"))).toBe(1);
    const old = path("old.docx");
    await callflow("export", ...flows.map((file) => file.replace(now, before)), "-o", old, "--to", "docx");
    await callflow("export", ...flows, "--to", "cr", "--base", old, "-o", one);
    expect(inserted(one)).toBe(2);
    const other = path("other.flow.json");
    writeFileSync(other, drawn([], { title: "Other", clause: "1" }));
    const refused = await callflow("export", ...flows, "--to", "docx", "--base", other, "-o", one);
    expect(refused).toMatchObject({ code: 2, error: expect.stringContaining("“One”, “Two” could be another version") });
    const variant = await callflow("export", ...flows, "--to", "docx", "--base", "more", "-o", one);
    expect(variant).toMatchObject({ code: 0, error: "" });
  });

  it("refuses in a sentence what cannot be several files", async () => {
    const file = path("drawn.flow.json");
    const refused = async (...words: string[]) => {
      const made = await callflow("export", ...words);
      expect(made).toMatchObject({ code: 2, out: "" });
      return made.error;
    };
    expect(await refused(file, "--to", "md,svg")).toContain("say with -o into which folder");
    expect(await refused(file, "--to", "md,exe", "-o", path("no"))).toContain("“exe”");
    expect(await refused(file, "--to", "md,csv", "--theme", "dark", "-o", path("no"))).toContain("“theme”");
    expect(await refused(file, "--to", "md,csv", "-o", file)).toContain("cannot be made");
    mkdirSync(path("empty"));
    expect(await refused(path("empty"), "--to", "md", "-o", path("no"))).toContain("There are no flows");
  });
});

describe("D33: help", () => {
  it("is printed for the program and for each command", async () => {
    const help = await callflow("--help");
    expect(help).toMatchObject({ code: 0, error: "" });
    expect(help.out).toContain("export FILE… --to FORMAT,… [-o OUT]");
    const run = await callflow("run", "--help");
    expect(run.out).toContain("--variant ID");
    expect(await callflow()).toEqual({ code: 2, out: "", error: help.out });
  });

  it("tells the version", async () => {
    expect((await callflow("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("E70: contradictory options", () => {
  const group = new URL("cpm/group-invitation.flow.json", new URL("flows/", home)).pathname;
  it.each(["run", "export", "explore"])("%s refuses them in one sentence", async (command) => {
    const { code, out, error } = await callflow(
      command,
      group,
      ...(command === "export" ? ["--to", "svg"] : []),
      "--option",
      "participatingFunction=proxy",
    );
    expect([code, out]).toEqual([2, ""]);
    expect(error).toMatch(/^A participating function that is a proxy has nothing left to cancel[^\n]+\n$/);
  });
});
