import { readFileSync } from "node:fs";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { project } from "../../shared/diagram/project.ts";
import { readFlow } from "../../shared/flow/file.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { ok } from "../../shared/flow/result.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { ooxmlFaults } from "../../test/ooxml-faults.ts";
import { decided } from "../../test/word-revisions.ts";
import { computeRun, rules } from "../engine/index.ts";
import { readCarrier } from "./carrier/read-carrier.ts";
import { exportDocx } from "./docx.ts";
import type { ExportInput } from "./formats.ts";
import { readPackage, relationsIn, textOf } from "./ooxml/read-package.ts";
import { tagsOf } from "./ooxml/xml-tags.ts";

const known = new Map(rules().map((rule) => [rule.id, rule]));

function read(name: string): Flow {
  const opened = readFlow(readFileSync(new URL(`../../flows/cpm/${name}.flow.json`, import.meta.url)), name);
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.value.flow;
}

function drawn(flow: Flow, variant = "main"): ExportInput {
  const script = wholeScript(flow, variant);
  if (!script.ok) throw new Error(script.failure.message);
  const run = computeRun(flow.scenario, script.value);
  return {
    flow,
    variant,
    run,
    diagram: project(flow, run, flow.view ?? {}, known),
    draw: async (id) => ok(drawn(flow, id)),
  };
}

async function exported(input: ExportInput): Promise<Uint8Array> {
  const result = await exportDocx(input);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value.content as Uint8Array;
}

function parts(bytes: Uint8Array) {
  const entries = readPackage(bytes);
  if (!entries.ok) throw new Error(entries.failure.message);
  const xml = textOf(entries.value, "word/document.xml") ?? "";
  const pictures = new Map(relationsIn(entries.value, "word/document.xml").map(({ id, target }) => [id, target]));
  const size = (relation: string) => String(entries.value.get(pictures.get(relation) ?? "")?.length);
  return { entries: entries.value, xml, lines: (decision: "accept" | "reject") => decided(xml, decision, size) };
}

const groupFlow = read("group-invitation");
const extendFlow = read("extend-one-to-one");
/** Seed 000 as it was before step 12: the second device rings, and its ALERTING response is not drawn. */
const withoutTwelve: Flow = {
  ...groupFlow,
  variants: groupFlow.variants.map((variant, i) =>
    i > 0
      ? variant
      : {
          ...variant,
          script: variant.script.toSpliced(1, 0, { kind: "withhold", hop: "clientB2>coreB ALERTING#1" }),
        },
  ),
};

describe("EX30: figure and steps in Word", () => {
  it("has heading, introduction, figure with a caption field, and paragraphs with the printed numbers", async () => {
    const { lines } = parts(await exported(drawn(groupFlow)));
    const all = lines("accept");
    expect(all[0]).toBe(
      "Heading4 : C.1.2.3 CPM Pre-defined Group Session Invitation, terminating side, multiple CPM Clients",
    );
    expect(all[1]).toMatch(/^Normal : A CPM Session Invitation reaches/);
    expect(all[2]).toMatch(/^FlowFigure : \[\d+\]$/);
    expect(all[3]).toMatch(/^Caption : Figure \{SEQ\}1: CPM Pre-defined Group Session setup/);
    expect(all.slice(4).map((line) => line.match(/: (.*)\t/)?.[1])).toEqual([
      "1.",
      "2.",
      "3.",
      "4.",
      "5 – 6.",
      "7 – 11.",
      "12.",
      "13 – 17.",
      "18.",
      "19.",
    ]);
  });

  it("has notes by their names, and definitions as a table", async () => {
    const flow = { ...extendFlow, definitions: [{ term: "Focus", text: "The function that invites." }] };
    const { lines } = parts(await exported(drawn(flow)));
    const all = lines("accept");
    expect(all).toContain("row TableText : Focus | TableText : The function that invites.");
    expect(all.filter((line) => line.startsWith("FlowNote")).map((line) => line.match(/: (.*)\t/)?.[1])).toEqual([
      "NOTE:",
      "NOTE 1:",
      "NOTE 2:",
      "NOTE 3:",
    ]);
  });

  it("says in words what the figure shows, and holds it as SVG and as PNG", async () => {
    const { entries, xml } = parts(await exported(drawn(groupFlow)));
    expect(xml).toContain("<asvg:svgBlip");
    expect(xml).toMatch(/descr="Sequence diagram with 19 steps between CPM Conversation Server X/);
    expect([...entries.keys()].filter((name) => name.includes("media"))).toEqual([
      "word/media/callflow1.png",
      "word/media/callflow1.svg",
    ]);
  });
});

/** Many participants in a row; each sends the next one a message. */
function flowAcross(count: number, steps = count - 1, times = 1): Flow {
  const ids = Array.from({ length: count }, (_, i) => `p${i + 1}`);
  return {
    format: "callflow",
    version: 1,
    title: "Across",
    introduction: "It goes from one to the next.",
    scenario: { participants: ids.map((id) => ({ id, name: `Intermediate participant ${id}`, role: "other" })) },
    variants: [
      {
        id: "main",
        title: "Main",
        script: Array.from({ length: steps * times }, (_, i) => ({
          kind: "inject",
          from: `p${(i % steps) + 1}`,
          to: `p${(i % steps) + 2}`,
          message: { label: "acknowledgement", kind: "request" },
        })),
      },
    ],
  };
}

describe("EX30: a figure that would be hard to read on a page that stands", () => {
  const sizes = (xml: string) => [...xml.matchAll(/<w:pgSz [^>]*w:w="(\d+)"/g)].map(([, width]) => width);
  const wideFlow = flowAcross(11);
  const { introduction: _, ...alone } = wideFlow;

  it("has pages of its own that lie, with the footers of the others", async () => {
    const bytes = await exported(drawn(wideFlow));
    const { xml } = parts(bytes);
    expect(ooxmlFaults(bytes)).toEqual([]);
    expect(sizes(xml)).toEqual(["11906", "16838", "11906"]);
    expect(xml.match(/<w:footerReference/g)).toHaveLength(3);
    // Wider than a page that stands has room for, in English Metric Units.
    expect(Math.max(...widths(xml))).toBeGreaterThan((11906 - 2 * 1134) * 635);
    expect(sizes(parts(await exported(drawn(groupFlow))).xml)).toEqual(["11906"]);
  });

  it("begins the document where nothing but the heading comes before it, and follows other flows", async () => {
    expect(sizes(parts(await exported(drawn(alone))).xml)).toEqual(["16838", "11906"]);
    const second = parts(await exported({ ...drawn(groupFlow), others: [drawn(alone)] }));
    expect(sizes(second.xml)).toEqual(["11906", "16838", "11906"]);
    expect(second.xml.indexOf("orient=")).toBeGreaterThan(second.xml.indexOf("Figure_"));
  });

  it("lies also where revisions are marked, and so does what it was", async () => {
    const [now, base] = [drawn(wideFlow), drawn(flowAcross(11, 6))];
    const marked = parts(await exported({ ...now, base }));
    expect(sizes(marked.xml)).toEqual(["11906", "16838", "11906"]);
    expect(Math.min(...widths(marked.xml))).toBeGreaterThan((11906 - 2 * 1134) * 635);
    const withoutEnd = (list: readonly string[]) => (list.at(-1) === "Normal : " ? list.slice(0, -1) : list);
    expect(withoutEnd(marked.lines("accept"))).toEqual(parts(await exported(now)).lines("accept"));
    expect(withoutEnd(marked.lines("reject"))).toEqual(parts(await exported(base)).lines("accept"));
  });

  it("stands where pages would be counted anew", async () => {
    const files = unzipSync(await exported(drawn(groupFlow)));
    const document = strFromU8(files["word/document.xml"] as Uint8Array);
    const counting = document.replace("</w:sectPr>", '<w:pgNumType w:start="5"/></w:sectPr>');
    const template = zipSync({ ...files, "word/document.xml": strToU8(counting) });
    expect(sizes(parts(await exported({ ...drawn(wideFlow), files: { template } })).xml)).toEqual(["11906"]);
  });

  it.each([
    ["after an introduction", wideFlow, ["11906", "16838", "11906"]],
    ["alone", alone, ["16838", "11906"]],
  ])("is brought up to date, and known again: %s", async (__, flow, pages) => {
    const bytes = await exported(drawn(flow));
    const again = await exported({ ...drawn(flow), files: { update: bytes } });
    expect(parts(again).lines("accept")).toEqual(parts(bytes).lines("accept"));
    expect(sizes(parts(again).xml)).toEqual(pages);
    expect(ooxmlFaults(again)).toEqual([]);
  });
});

const widths = (xml: string) => [...xml.matchAll(/<wp:extent cx="(\d+)"/g)].map(([, cx]) => Number(cx));

describe("EX30: a figure at the start of a document", () => {
  it("stands under its heading where it can be read there, and otherwise has the page", async () => {
    const heights = async (input: ExportInput) =>
      [...parts(await exported(input)).xml.matchAll(/<wp:extent cx="\d+" cy="(\d+)"/g)].map(([, cy]) => Number(cy));
    const transfer = drawn(read("transfer-server-in-path"));
    const [under = 0] = await heights(transfer);
    const [, after = 0] = await heights({ ...drawn(groupFlow), others: [transfer] });
    expect(under).toBeLessThan(after);
    // Heading, introduction, three rows of definitions and the caption stand on the same page, in English Metric Units.
    expect(under).toBeLessThan((16838 - 2 * 1134 - 2600) * 635);
    const [begins = 0, goesOn = 0] = await heights(drawn(flowAcross(3, 2, 40)));
    expect(begins).toBeGreaterThan(0);
    expect(begins).toBeLessThan(goesOn);
    const [whole = 0] = await heights(drawn(read("one-to-one")));
    expect(whole).toBeGreaterThan((16838 - 2 * 1134 - 1000) * 635);
  });
});

describe("EX31: references", () => {
  const flow: Flow = {
    ...groupFlow,
    notes: [{ at: "pfB>coreB CANCEL#1", text: "See step 12, steps 7 – 11 and step 8." }],
  };
  it("to steps are fields that lead to the number, or to the range that it is in", async () => {
    const { xml } = parts(await exported(drawn(flow)));
    const bookmarks = new Set(
      tagsOf(xml).flatMap(({ name, attributes }) => (name === "bookmarkStart" ? [attributes.get("w:name")] : [])),
    );
    const fields = [...xml.matchAll(/<w:instrText[^>]*> (REF|HYPERLINK \\l) (?:&quot;)?(\w+)/g)].map(([, kind, to]) => [
      kind,
      to,
    ]);
    expect(fields.map(([kind, to]) => `${kind} ${to?.replace(/_[a-z0-9]+$/, "")}`)).toEqual([
      "REF Step_12",
      "REF Step_7",
      "REF Step_11",
      "HYPERLINK \\l Step_7",
    ]);
    for (const [, to] of fields) expect(bookmarks).toContain(to);
  });
});

describe("EX32: the package", () => {
  it.each([
    ["one flow", () => drawn(groupFlow)],
    ["two flows", () => ({ ...drawn(groupFlow), others: [drawn(extendFlow)] })],
    ["the same flow twice", () => ({ ...drawn(groupFlow), others: [drawn(groupFlow)] })],
    ["revisions", () => ({ ...drawn(groupFlow), base: drawn(withoutTwelve) })],
    ["another flow as the base", () => ({ ...drawn(groupFlow), base: drawn(extendFlow) })],
  ])("needs no repair: %s", async (_, input) => {
    expect(ooxmlFaults(await exported(input()))).toEqual([]);
  });

  it("is the same for the same flow", async () => {
    expect(await exported(drawn(groupFlow))).toEqual(await exported(drawn(groupFlow)));
  });
});

describe("EX40: a flow against a base", () => {
  it.each([
    ["the same without step 12", withoutTwelve, "main"],
    ["another variant", groupFlow, "crossing"],
    ["another flow", extendFlow, "main"],
  ])("gives the old text and the new: %s", async (_, flow, variant) => {
    const [now, base] = [drawn(groupFlow), drawn(flow, variant)];
    const { lines } = parts(await exported({ ...now, base }));
    const withoutEnd = (list: readonly string[]) => (list.at(-1) === "Normal : " ? list.slice(0, -1) : list);
    expect(withoutEnd(lines("accept"))).toEqual(parts(await exported(now)).lines("accept"));
    expect(withoutEnd(lines("reject"))).toEqual(parts(await exported(base)).lines("accept"));
  });

  it("marks step 12 as new, the later numbers as changed, and the figure as replaced", async () => {
    const { xml } = parts(await exported({ ...drawn(groupFlow), base: drawn(withoutTwelve) }));
    const inserted = [...xml.matchAll(/<w:ins [^>]*>(?:(?!<\/w:ins>).)*<\/w:ins>/g)].map(([whole]) =>
      [...whole.matchAll(/<w:t[^>]*>([^<]*)/g)].map(([, text]) => text).join(""),
    );
    expect(inserted.find((text) => text.startsWith("12"))).toContain("does not pass this one on");
    expect(inserted).toEqual(expect.arrayContaining(["13 – 17", "18", "19"]));
    expect(xml).toMatch(/<w:del [^>]*><w:r><w:drawing>/);
    expect(xml).toMatch(/<w:ins [^>]*><w:r><w:drawing>/);
    expect(xml).not.toMatch(/<w:moveFrom/);
  });

  it("is compared with a variant by its id, and refuses what is no date", async () => {
    const input = drawn(groupFlow);
    const refused = async (more: Partial<ExportInput>) => {
      const result = await exportDocx({ ...input, ...more });
      return result.ok ? "" : result.failure.message;
    };
    expect(parts(await exported({ ...input, settings: { base: "b2-first" } })).xml).toContain("<w:ins ");
    expect(await refused({ settings: { date: "yesterday" } })).toContain("no date");
  });
});

describe("EX40: several flows against a base", () => {
  const [oldGroup, newGroup] = [drawn(withoutTwelve), drawn(groupFlow)];
  const [oldExtend, newExtend] = [drawn(extendFlow, "c-first"), drawn(extendFlow)];
  const both = async (input: ExportInput) => {
    const bytes = await exported(input);
    expect(ooxmlFaults(bytes)).toEqual([]);
    const { lines } = parts(bytes);
    const withoutEnd = (list: readonly string[]) => (list.at(-1) === "Normal : " ? list.slice(0, -1) : list);
    return { accepted: withoutEnd(lines("accept")), rejected: withoutEnd(lines("reject")) };
  };
  const textOf = async (input: ExportInput) => parts(await exported(input)).lines("accept");

  it("gives the new text of each, and the old one", async () => {
    const { accepted, rejected } = await both({
      ...newGroup,
      base: oldGroup,
      others: [{ ...newExtend, base: oldExtend }],
    });
    expect(accepted).toEqual(await textOf({ ...newGroup, others: [newExtend] }));
    expect(rejected).toEqual(await textOf({ ...oldGroup, others: [oldExtend] }));
  });

  it("has all of a flow as new that was not there, first or later", async () => {
    const later = await both({ ...newGroup, base: oldGroup, others: [newExtend] });
    expect(later.accepted).toEqual(await textOf({ ...newGroup, others: [newExtend] }));
    expect(later.rejected).toEqual(await textOf(oldGroup));
    const first = await both({ ...newGroup, isNew: true, others: [{ ...newExtend, base: oldExtend }] });
    expect(first.accepted).toEqual(await textOf({ ...newGroup, others: [newExtend] }));
    expect(first.rejected.filter((line) => line.startsWith("FlowStep"))).toEqual(
      (await textOf(oldExtend)).filter((line) => line.startsWith("FlowStep")),
    );
  });
});

describe("EX45: a document that is brought up to date", () => {
  const base = { ...withoutTwelve, title: groupFlow.title };
  const prose = (bytes: Uint8Array, change: (xml: string) => string) => {
    const files = unzipSync(bytes);
    return zipSync({
      ...files,
      "word/document.xml": strToU8(change(strFromU8(files["word/document.xml"] as Uint8Array))),
    });
  };
  const around = (bytes: Uint8Array) =>
    prose(bytes, (xml) =>
      xml
        .replace("<w:body>", "<w:body><w:p><w:r><w:t>Before.</w:t></w:r></w:p>")
        .replace("<w:sectPr>", "<w:p><w:r><w:t>After.</w:t></w:r></w:p><w:sectPr>"),
    );

  it("has the new figure and steps, and all else as it was", async () => {
    const old = around(await exported(drawn(base)));
    const bytes = await exported({ ...drawn(groupFlow), files: { update: old } });
    const [before, after] = [parts(old), parts(bytes)];
    expect(after.lines("accept")).toEqual([
      "Normal : Before.",
      ...parts(await exported(drawn(groupFlow))).lines("accept"),
      "Normal : After.",
    ]);
    expect([...after.entries.keys()].sort()).toEqual([...before.entries.keys()].sort());
    const changed = [...before.entries].flatMap(([name, content]) =>
      Buffer.compare(content, after.entries.get(name) as Uint8Array) === 0 ? [] : [name],
    );
    expect(changed.sort()).toEqual([
      "customXml/callflow.xml",
      "customXml/callflow1.xml",
      "word/document.xml",
      "word/media/callflow1.png",
      "word/media/callflow1.svg",
    ]);
    const outside = (xml: string) => [xml.slice(0, xml.indexOf("C.1.2.3")), xml.slice(xml.lastIndexOf("After."))];
    expect(outside(after.xml)).toEqual(outside(before.xml));
    expect(ooxmlFaults(bytes)).toEqual([]);
    const again = parts(await exported({ ...drawn(groupFlow), files: { update: bytes } }));
    expect(again.lines("accept")).toEqual(after.lines("accept"));
  });

  it("finds its section where a program has moved the bookmark's marks into the paragraphs", async () => {
    const old = prose(around(await exported(drawn(base))), (xml) => {
      const start = xml.match(/<w:bookmarkStart [^>]*w:name="Callflow_[^>]*>/)?.[0] ?? "";
      const end = `<w:bookmarkEnd w:id="${start.match(/w:id="(\d+)"/)?.[1]}"/>`;
      return xml
        .replace(start, "")
        .replace(end, "")
        .replace(/(<w:p><w:pPr><w:pStyle w:val="Heading4"\/><\/w:pPr>)/, `$1${start}`)
        .replace("<w:r><w:t>After.", `${end}<w:r><w:t>After.`);
    });
    const { lines } = parts(await exported({ ...drawn(groupFlow), files: { update: old } }));
    expect(lines("accept").at(-2)).toMatch(/^FlowStep : 19\./);
    expect(lines("accept").at(-1)).toBe("Normal : After.");
    const again = await exported({
      ...drawn(base),
      files: { update: await exported({ ...drawn(groupFlow), files: { update: old } }) },
    });
    expect(parts(again).lines("accept").slice(0, 2)).toEqual(parts(old).lines("accept").slice(0, 2));
  });

  it.each([
    ["a word", "home network", "other network", "instead of “2.\tThe SIP/IP Core X".replace("\t", " ")],
    [
      "a paragraph more",
      "</w:p><w:bookmarkEnd",
      "</w:p><w:p><w:r><w:t>Mine.</w:t></w:r></w:p><w:bookmarkEnd",
      "“Mine.” was added",
    ],
    ["no bookmark", 'w:name="Callflow_', 'w:name="Mine_', "bookmark"],
  ])("is refused with what was edited by hand: %s", async (_, words, others, said) => {
    const old = prose(await exported(drawn(groupFlow)), (xml) => xml.replace(words, others));
    const result = await exportDocx({ ...drawn(groupFlow), files: { update: old } });
    expect(!result.ok && result.failure.message).toContain(said);
  });

  it("is one of several flows, or is refused with what the document holds", async () => {
    const two = await exported({ ...drawn(groupFlow), others: [drawn(extendFlow)] });
    const { lines } = parts(
      await exported({ ...drawn({ ...extendFlow, introduction: "Other words." }), files: { update: two } }),
    );
    expect(lines("accept")).toContain("Normal : Other words.");
    expect(lines("accept").filter((line) => line.startsWith("Heading"))).toEqual(
      parts(two)
        .lines("accept")
        .filter((line) => line.startsWith("Heading")),
    );
    const other = await exportDocx({ ...drawn({ ...extendFlow, title: "New", clause: "9" }), files: { update: two } });
    expect(!other.ok && other.failure.message).toContain("it holds “CPM Pre-defined");
    const none = await exportDocx({ ...drawn(groupFlow), files: { update: strToU8("no document") } });
    expect(!none.ok && none.failure.message).toMatch(/\.$/);
  });
});

describe("EX20: a document in Word carries its flow", () => {
  it("opens as the flow that it shows first", async () => {
    const read = await readCarrier(await exported({ ...drawn(groupFlow), view: { level: "sip" } }), "a.docx");
    if (read?.ok !== true) throw new Error(read?.failure.message);
    const { document, variant, view, remark } = read.value;
    expect(readFlow(document, "f")).toMatchObject({ ok: true, value: { flow: groupFlow } });
    expect({ variant, view, remark }).toEqual({ variant: "main", view: { level: "sip" }, remark: undefined });
  });
});
