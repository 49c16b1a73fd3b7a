import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { project } from "../../shared/diagram/project.ts";
import { readFlow } from "../../shared/flow/file.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { ooxmlFaults } from "../../test/ooxml-faults.ts";
import { decided } from "../../test/word-revisions.ts";
import { computeRun, rules } from "../engine/index.ts";
import { exportChangeRequest } from "./change-request.ts";
import type { ExportInput } from "./formats.ts";
import { readPackage, textOf } from "./ooxml/read-package.ts";

const known = new Map(rules().map((rule) => [rule.id, rule]));

function read(name: string): Flow {
  const opened = readFlow(readFileSync(new URL(`../../flows/cpm/${name}.flow.json`, import.meta.url)), name);
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.value.flow;
}

function drawn(flow: Flow): ExportInput {
  const script = wholeScript(flow, "main");
  if (!script.ok) throw new Error(script.failure.message);
  const run = computeRun(flow.scenario, script.value);
  return { flow, variant: "main", run, diagram: project(flow, run, flow.view ?? {}, known) };
}

const group = read("group-invitation");

async function exported(flow: Flow, more: Partial<ExportInput> = {}) {
  const result = await exportChangeRequest({ ...drawn(flow), ...more });
  if (!result.ok) throw new Error(result.failure.message);
  const bytes = result.value.content as Uint8Array;
  const entries = readPackage(bytes);
  if (!entries.ok) throw new Error(entries.failure.message);
  const xml = textOf(entries.value, "word/document.xml") ?? "";
  return {
    bytes,
    xml,
    entries: entries.value,
    remarks: result.value.remarks,
    lines: decided(xml, "accept", () => "picture"),
  };
}

const headings = (lines: readonly string[]) =>
  lines.filter((line) => /^(Heading1|ChangeItem)/.test(line)).map((line) => line.replace(/^\w+ (\d+): /, "$1 "));

it("WD10: a change request refers to steps by the numbers that they have", async () => {
  const hop = drawn(group).run.hops[0]?.name ?? "";
  const { lines } = await exported({ ...group, changeRequest: { summary: `See step {${hop}}.` } });
  expect(lines).toContain("Normal : See step 1.");
});

describe("EX35: a change request", () => {
  it("has six sections that Word numbers, five points, and the flow as its change", async () => {
    const { lines, bytes } = await exported(group);
    expect(headings(lines)).toEqual([
      "1 Reason for Change",
      "1 Impact on Backward Compatibility",
      "1 Impact on Other Specifications",
      "1 Intellectual Property Rights",
      "1 Recommendation",
      "1 Detailed Change Proposal",
      "3 Add the new clause C.1.2.3",
    ]);
    expect(lines.filter((line) => line.startsWith("ReasonPoint")).map((line) => line.slice(15))).toEqual([
      "Justification:",
      "Clauses affected:",
      "Summary of change:",
      "Consequence if not approved:",
      "Reason for revision:",
    ]);
    expect(lines).toContain("Normal : C.1.2.3");
    expect(lines.filter((line) => line === "Normal : None")).toHaveLength(2);
    expect(lines.at(-1)).toMatch(/^FlowStep : 19\.\t/);
    expect(ooxmlFaults(bytes)).toEqual([]);
  });

  it("says what its form says, with requirements as rows and changes in their order", async () => {
    const { lines, remarks } = await exported({
      ...group,
      definitions: [{ term: "Focus", text: "Who invites; see step 1." }],
      changeRequest: {
        reason: "requirements",
        justification: "First.\n\nSecond.",
        recommendation: "Agree.",
        changes: [
          { title: "Add the terms", shows: "definitions" },
          { title: "Add the clause", text: "After C.1.2.2." },
        ],
      },
    });
    expect(lines.slice(1, 4)).toEqual([
      "Normal : First.",
      "Normal : Second.",
      expect.stringMatching(/^row TableText : CPM-MLD-007 \| TableText : Once the user .*\| TableText : CPM V1\.0$/),
    ]);
    expect(lines).toContain("Normal : Agree.");
    const at = lines.indexOf("ChangeItem 3: Add the terms");
    expect(lines.slice(at + 1, at + 4)).toEqual([
      "row TableText : Focus | TableText : Who invites; see step {REF}1.",
      "ChangeItem 3: Add the clause",
      "Normal : After C.1.2.2.",
    ]);
    expect(lines.filter((line) => line.includes("Focus"))).toHaveLength(1);
    expect(remarks).toEqual([]);
  });

  it("has a change for each further flow, and says when no change shows the flow", async () => {
    const { lines } = await exported(group, { others: [drawn(read("extend-one-to-one"))] });
    expect(headings(lines).slice(6)).toEqual(["3 Add the new clause C.1.2.3", "3 Add the new clause C.2.2.X"]);
    const none = await exported({ ...group, changeRequest: { changes: [{ title: "Wait", shows: "nothing" }] } });
    expect(none.remarks).toContain("No change of the change request shows the flow.");
  });

  it("marks what changed since a base in the flow and in the terms, and changes the clause", async () => {
    const flow = { ...group, definitions: [{ term: "Focus", text: "Who invites." }] };
    const base = { ...group, definitions: [{ term: "Focus", text: "Who asks." }] };
    const { lines, xml } = await exported(flow, { base: drawn(base) });
    expect(headings(lines)).toContain("3 Change the clause C.1.2.3");
    expect(xml).toMatch(/<w:ins [^>]*><w:r><w:t[^>]*>invites</);
    expect(decided(xml, "reject").some((line) => line.endsWith("Focus | TableText : Who asks."))).toBe(true);
  });
});

describe("EX36: the wording on intellectual property rights", () => {
  it("is that of the file, or neutral", async () => {
    const file = new TextEncoder().encode("Our rules\r\nhold.\r\n\r\nAlways.");
    const { lines } = await exported(group, { files: { ipr: file } });
    const at = lines.findIndex((line) => line.endsWith("Intellectual Property Rights"));
    expect(lines.slice(at + 1, at + 3)).toEqual(["Normal : Our rules\nhold.", "Normal : Always."]);
    const wrong = await exportChangeRequest({ ...drawn(group), files: { ipr: new Uint8Array([0xff, 0xfe, 0]) } });
    expect(!wrong.ok && wrong.failure.message).toMatch(/\.$/);
  });
});

describe("EX33: a template", () => {
  const style = (id: string, name: string, more = "") =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${more}</w:style>`;

  it("keeps its styles, header and page, and names its own headings", async () => {
    const { zipSync, strToU8, unzipSync } = await import("fflate");
    const plain = unzipSync((await exported(group)).bytes);
    const text = (name: string) => new TextDecoder().decode(plain[name]);
    const styles = text("word/styles.xml")
      .replace(/<w:style [^>]*w:styleId="Heading1">.*?<\/w:style>/, () =>
        style("berschrift1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr>'),
      )
      .replace(/<w:style [^>]*w:styleId="FlowStep">.*?<\/w:style>/, () => style("FlowStep", "Another"));
    const document = text("word/document.xml").replace(/w:w="11906" w:h="16838"/, 'w:w="12240" w:h="15840"');
    const template = zipSync({
      ...plain,
      "word/styles.xml": strToU8(styles),
      "word/document.xml": strToU8(document),
      "word/footer1.xml": strToU8(text("word/footer1.xml").replace("Page ", "Company, page ")),
    });
    const { entries, lines, bytes } = await exported(group, { files: { template } });
    expect(lines[0]).toBe("berschrift1 : Reason for Change");
    expect(lines.at(-1)).toMatch(/^CallflowFlowStep : 19\./);
    expect(textOf(entries, "word/document.xml")).toContain('w:w="12240" w:h="15840"');
    expect(textOf(entries, "word/footer1.xml")).toContain("Company, page ");
    expect(ooxmlFaults(bytes).filter((fault) => !fault.includes("out of reach"))).toEqual([]);
    const none = styles.replace('<w:numId w:val="9"/>', '<w:ilvl w:val="0"/><w:numId w:val="0"/>');
    const unnumbered = zipSync({ ...plain, "word/styles.xml": strToU8(none) });
    const again = await exported(group, { files: { template: unnumbered } });
    // Of a style whose list is none the headings are numbered by ours.
    expect(textOf(again.entries, "word/document.xml")).toMatch(
      /<w:pStyle w:val="berschrift1"\/><w:numPr><w:ilvl w:val="0"\/><w:numId w:val="[1-9]/,
    );
    const wrong = await exportChangeRequest({ ...drawn(group), files: { template: strToU8("no document") } });
    expect(!wrong.ok && wrong.failure.message).toMatch(/\.$/);
  });
});
