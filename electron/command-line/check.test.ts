import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { callflow } from "../../test/command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "callflow-check-"));
const path = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const ladder = (...labels: string[]) =>
  labels
    .map((label, i) => [i + 1, "msg", ...label.split(" ", 2), label.split(" ").slice(2).join(" ")].join("\t"))
    .join("\n");

describe("R11: callflow import and check", () => {
  it("makes a flow of a table and judges it", async () => {
    writeFileSync(path("good.tsv"), ladder("Alice Bob INVITE", "Bob Alice 200 OK", "Alice Bob ACK"));
    const made = await callflow("import", path("good.tsv"), "--from", "steps", "-o", path("good.flow.json"));
    expect(made).toEqual({ code: 0, error: "", out: `${path("good.flow.json")}: 3 steps between 2 participants.\n` });
    const { code, out } = await callflow("check", path("good.flow.json"));
    expect(code).toBe(0);
    expect(out).toMatch(/Requirements: \d+ kept, 0 broken, \d+ cannot be judged\./);
  });

  it("B85 names the branches that no variant takes, when it is asked to", async () => {
    const flow = "cpm/transfer-server-not-in-path";
    const plain = await callflow("check", flow);
    expect(plain.out).not.toContain("no variant takes");
    const text = await callflow("check", flow, "--branches");
    expect(text.code).toBe(plain.code);
    expect(text.out).toMatch(/no variant takes: the transfer target stays silent .* \[TS-TARGET-SILENT; /);
    expect(text.out).not.toContain("TS-DENIED");
    const json = await callflow("check", flow, "--branches", "--json");
    const { branches } = JSON.parse(json.out) as { branches: { rule: { id: string }; file: string }[] };
    expect(branches.map(({ rule }) => rule.id)).toContain("TS-TARGET-SILENT");
    expect(branches[0]?.file).toBe(flow);
  });

  it("prints what is broken first, with its place, and as JSON", async () => {
    writeFileSync(path("bad.tsv"), ladder("Alice Bob INVITE", "Bob Alice 486"));
    await callflow("import", path("bad.tsv"), "-o", path("bad.flow.json"));
    const text = await callflow("check", path("bad.flow.json"));
    expect(text.code).toBe(1);
    expect(text.out).toContain("FAIL ACK-2 (MUST; RFC 3261 §17.1.1.3; RFC 3665 §3.9) in variant main");
    expect(text.out).toContain("[step 2: bob>alice 486#1]");
    const json = await callflow("check", path("bad.flow.json"), "--json");
    expect(json.code).toBe(1);
    const { diagnostics, requirements } = JSON.parse(json.out);
    expect(diagnostics).toEqual([]);
    const broken = requirements.filter((r: { verdict: string }) => r.verdict === "fail");
    expect(broken).toEqual([
      expect.objectContaining({
        id: "ACK-2",
        level: "MUST",
        verdict: "fail",
        at: ["bob>alice 486#1"],
        variant: "main",
      }),
    ]);
    expect(Object.keys(broken[0]).slice(0, 5)).toEqual(["id", "level", "verdict", "at", "message"]);
  });

  it("judges several flows at once, and none when one cannot be opened", async () => {
    const both = await callflow("check", "cpm/one-to-one", "sip/busy");
    expect(both.code).toBe(0);
    expect(both.out.match(/Requirements:/g)).toHaveLength(2);
    const one = await callflow("check", "sip/busy", path("nowhere.flow.json"));
    expect({ ...one, error: one.error.split("\n").length }).toEqual({ code: 2, out: "", error: 2 });
  });

  it("warns of a flow that begins with an answer, without failing a requirement by it", async () => {
    writeFileSync(path("late.tsv"), ladder("Bob Alice 180 Ringing", "Bob Alice 200 OK", "Alice Bob ACK"));
    await callflow("import", path("late.tsv"), "-o", path("late.flow.json"));
    const { code, out } = await callflow("check", path("late.flow.json"));
    expect(code).toBe(1);
    expect(out).toContain("warning: Variant main begins with “180 Ringing”; what it answers is not shown.");
    expect(out).not.toContain("FAIL");
  });

  it("R27: tells what the rules would have done instead, and counts none of it as broken", async () => {
    writeFileSync(path("astray.tsv"), ladder("Alice Bob INVITE", "Bob Alice 200 OK", "Alice Bob ACK", "Bob Alice 486"));
    await callflow("import", path("astray.tsv"), "-o", path("astray.flow.json"));
    const text = await callflow("check", path("astray.flow.json"));
    expect(text.out).toContain(
      "  Conformance of variant main: 3 steps are explained by rules, 1 departs from the rules.\n" +
        "    deviation: No rule lets Bob send “486” to Alice here; nothing is under way.",
    );
    const json = JSON.parse((await callflow("check", path("astray.flow.json"), "--json")).out);
    const [{ variant, steps, firstDeviation }] = json.conformance;
    expect({ variant, firstDeviation }).toEqual({ variant: "main", firstDeviation: 3 });
    expect(steps[0]).toMatchObject({ at: "alice>bob INVITE#1", verdict: "explained", rule: "CL-INVITE" });
    const computed = JSON.parse((await callflow("check", "sip/busy", "--json")).out);
    expect(Object.keys(computed)).toEqual(["diagnostics", "requirements"]);
  });

  it("R28: judges a table of one's own requirements with the flow, and says what no step exercises", async () => {
    writeFileSync(path("rows.tsv"), "id | text | release\nX-1 | It SHALL ring. | V1.0\nX-2");
    const { code, out } = await callflow("check", "sip/busy", "--requirements", path("rows.tsv"));
    expect(code).toBe(1);
    expect(out).toContain("X-1 is cited, but no step exercises it.");
    expect(out).toContain("error: Line 3 has no text for “X-2”; it is left out.");
    writeFileSync(path("none.tsv"), "");
    const none = await callflow("check", "sip/busy", "--requirements", path("none.tsv"));
    expect(none).toEqual({ code: 2, out: "", error: "“none.tsv” holds no requirement: write id | text | release.\n" });
  });

  it("tells of every row it could not use, with code 1", async () => {
    writeFileSync(path("odd.tsv"), `${ladder("Alice Bob INVITE")}\n2\tfax\tA\tB\tx`);
    const { code, error } = await callflow("import", path("odd.tsv"), "-o", path("odd.flow.json"));
    expect({ code, error }).toEqual({
      code: 1,
      error: "error: Line 2 is of the kind “fax”, which is neither msg nor media; it is left out.\n",
    });
    expect(JSON.parse(readFileSync(path("odd.flow.json"), "utf8")).variants[0].script).toHaveLength(1);
  });

  it.each([
    [["import", "x.tsv"], "Say where the flow is to be written"],
    [["import", "x.doc", "-o", "y"], "Say which notation it is with --from; the notations are steps, mermaid."],
    [["import", "x.tsv", "--from", "visio", "-o", "y"], "There is no notation “visio”"],
    [["import", "x.tsv", "-o", "y", "--role", "Bob"], "“Bob” gives no role: write NAME=ROLE."],
    [["import", "x.tsv", "-o", "y", "--role", "Bob=boss"], "“boss” is not a role"],
    [["check"], "Say which flow: callflow check FILE…"],
  ])("refuses %j in one sentence", async (words, sentence) => {
    const { code, out, error } = await callflow(...words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(error).toContain(sentence);
  });
});
