import { readdirSync, readFileSync } from "node:fs";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { computeRun } from "../electron/engine/index.ts";
import { type ExportInput, formatById } from "../electron/export/formats.ts";
import { project } from "../shared/diagram/project.ts";
import { settingsFor } from "../shared/export-formats.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import { wholeScript } from "../shared/run/tree.ts";
import { ooxmlFaults } from "./ooxml-faults.ts";

// What says that a document needs no repair can fail: each change below makes a program offer one.

const read = (path: string): Flow => flowSchema.parse(JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")));
const flow = read("../flows/cpm/extend-one-to-one.flow.json");

function drawn(variant: string, of = flow): ExportInput {
  const flow = of;
  const script = wholeScript(flow, variant);
  if (!script.ok) throw new Error(script.failure.message);
  const run = computeRun(flow.scenario, script.value);
  return { flow, variant, run, diagram: project(flow, run, flow.view ?? {}) };
}

async function written(id: string, input: ExportInput, chosen = {}): Promise<Uint8Array> {
  const format = formatById(id);
  const settings = format && settingsFor(format, chosen);
  if (format === undefined || settings?.ok !== true) throw new Error(id);
  const made = await (await format.load())({ ...input, settings: settings.value });
  if (!made.ok) throw new Error(made.failure.message);
  return made.value.content as Uint8Array;
}

let word: Uint8Array;
let deck: Uint8Array;
beforeAll(async () => {
  const terms = [{ term: "Focus", text: "The function that invites." }];
  word = await written("docx", { ...drawn("main"), flow: { ...flow, definitions: terms }, base: drawn("c-first") });
  deck = await written("pptx", drawn("main"), { variants: "this", slides: "animated" });
}, 60_000);

function faultsWith(document: Uint8Array, part: string, from: string | RegExp, to: string): readonly string[] {
  const files = unzipSync(document);
  const before = strFromU8(files[part] as Uint8Array);
  const after = before.replace(from, to);
  expect(after, `${from} in ${part}`).not.toBe(before);
  return ooxmlFaults(zipSync({ ...files, [part]: strToU8(after) }));
}

describe("EX32, EX60: a document of Word that needs a repair is told from one that does not", () => {
  it("has no faults as it is written", () => expect(ooxmlFaults(word)).toEqual([]));

  it.each([
    [
      "properties of a paragraph in another order",
      /(<w:pStyle [^>]*>)(<w:rPr>.*?<\/w:rPr>)/,
      "$2$1",
      "w:pStyle stands too late",
    ],
    [
      "properties after the runs",
      /<w:p>(<w:pPr>(?:(?!<\/w:pPr>).)*<\/w:pPr>)(<w:r>.*?<\/w:r>)/,
      "<w:p>$2$1",
      "not the first of w:p",
    ],
    ["a table without columns", /<w:tblGrid>.*?<\/w:tblGrid>/, "", "lacks w:tblGrid"],
    ["a row with a cell too few", /<w:tc>(?:(?!<\/w:tc>).)*<\/w:tc>/, "", "a row of 1 cells in 2 columns"],
    ["a cell without a paragraph", /(<w:tc>)<w:tcPr>.*?<\/w:tcPr>.*?<\/w:p>/, "$1", "does not end with a paragraph"],
    ["a revision without author", / w:author="[^"]*"/, "", "lacks w:author"],
    ["a style that is not there", 'w:val="FlowStep"', 'w:val="Gone"', "no style Gone"],
    ["a bookmark that does not end", /<w:bookmarkEnd [^>]*>/, "", "does not end"],
    ["a name that no bookmark may have", 'w:name="Step_1', 'w:name="Step 1', "no name for a bookmark"],
    ["a field that does not end", '<w:fldChar w:fldCharType="end"/>', "<w:t>x</w:t>", "fields of a paragraph"],
    ["a move that did not arrive", /<w:moveToRangeStart [^>]*>/, "", "move"],
    ["an unknown element", "<w:body>", "<w:body><w:surprise/>", "w:body has no w:surprise"],
    ["a size that is no whole number", /<wp:extent cx="\d+"/, '<wp:extent cx="1.5"', "below zero or broken"],
  ])("%s", (_, from, to, said) => {
    expect(faultsWith(word, "word/document.xml", from, to).join("\n")).toContain(said);
  });
});

describe("EX60, EX62: a deck that needs a repair is told from one that does not", () => {
  it("has no faults as it is written", () => expect(ooxmlFaults(deck)).toEqual([]));

  it.each([
    ["an arrowhead before the corners", /(<a:round\/>)(<a:tailEnd [^>]*>)/, "$2$1", "stands too late in a:ln"],
    ["a shape without its tree's head", /<p:nvGrpSpPr>.*?<\/p:nvGrpSpPr>/, "", "lacks p:nvGrpSpPr"],
    ["a connector that is glued to nothing", /<a:stCxn id="\d+"/, '<a:stCxn id="9999"', "glued to 9999"],
    ["a connector that is glued to no site", /<a:stCxn id="(\d+)" idx="\d+"/, '<a:stCxn id="$1" idx="99"', "site 99"],
    ["an animation of nothing", /<p:spTgt spid="\d+"/, '<p:spTgt spid="9999"', "no shape 9999"],
    ["an empty list of what is built", /<p:bldLst>.*<\/p:bldLst>/, "<p:bldLst/>", "p:bldLst has 0 children"],
    ["letters of a broken size", / sz="\d+"/, ' sz="11.5"', 'sz="11.5"'],
    ["no colour in a fill", /<a:solidFill>.*?<\/a:solidFill>/, "<a:solidFill/>", "lacks a:srgbClr"],
    [
      "the picture after the timing",
      /(<p:clrMapOvr>.*?<\/p:clrMapOvr>)(<p:timing>.*<\/p:timing>)/,
      "$2$1",
      "stands too late in p:sld",
    ],
  ])("%s", (_, from, to, said) => {
    expect(faultsWith(deck, "ppt/slides/slide3.xml", from, to).join("\n")).toContain(said);
  });

  it.each([
    [
      "a slide with the id of a master",
      "ppt/presentation.xml",
      /(<p:sldId id=)"\d+"/,
      '$1"2147483660"',
      "a slide has the id",
    ],
    ["a slide in no section", "ppt/presentation.xml", /<p14:sldId id="\d+"\/>/, "", "sections hold"],
    [
      "a theme with too few fills",
      "ppt/theme/theme1.xml",
      /<a:fillStyleLst><a:solidFill>.*?<\/a:solidFill>/,
      "<a:fillStyleLst>",
      "a:fillStyleLst has 2 children",
    ],
    [
      "a slide without a layout",
      "ppt/slides/_rels/slide1.xml.rels",
      /<Relationship [^>]*slideLayout[^>]*>/,
      "",
      "0 relations to a slideLayout",
    ],
  ])("%s", (_, part, from, to, said) => {
    expect(faultsWith(deck, part, from, to).join("\n")).toContain(said);
  });
});

const bundled = readdirSync(new URL("../flows/", import.meta.url), { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".flow.json"),
);

describe("EX32, EX60: no document needs a repair", () => {
  it.each([...bundled.map((file) => `../flows/${file}`), "awkward-names.flow.json"])("of %s", async (path) => {
    const of = read(path.startsWith("..") ? path : `./${path}`);
    const [first, ...others] = of.variants.map(({ id }) => drawn(id, of)) as [ExportInput, ...ExportInput[]];
    const last = others.at(-1) ?? first;
    const deckSettings = { variants: "this", slides: "both", "slide-size": "4:3" };
    const documents = [
      await written("docx", { ...first, others }),
      await written("cr", { ...first, base: last, others: others.map((other) => ({ ...other, base: first })) }),
      await written("cr", { ...first, isNew: true, ...(others[0] && { others: [{ ...others[0], base: last }] }) }),
      await written("pptx", last, deckSettings),
    ];
    for (const document of documents) expect(ooxmlFaults(document)).toEqual([]);
  });
});
