import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagram, Step } from "../../shared/diagram/diagram.ts";
import { project } from "../../shared/diagram/project.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { ExportValue } from "../../shared/export-settings.ts";
import { writeFlow } from "../../shared/flow/file.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { arbitraryDiagram } from "../../test/arbitrary-diagram.ts";
import { ooxmlFaults } from "../../test/ooxml-faults.ts";
import { computeRun } from "../engine/index.ts";
import { readCarrier } from "./carrier/read-carrier.ts";
import type { ExportInput } from "./formats.ts";
import { type Entries, extendPackage, readPackage, relationsIn, textOf } from "./ooxml/read-package.ts";
import { tagsOf, unescapeXml } from "./ooxml/xml-tags.ts";
import { exportPptx } from "./pptx.ts";

const flow: Flow = {
  format: "callflow",
  version: 1,
  title: "A flow",
  clause: "5.4.3",
  introduction: "What comes first.",
  scenario: { participants: [] },
  variants: [
    { id: "main", title: "B accepts", script: [], description: "All goes well." },
    { id: "busy", title: "B is busy & <away>", script: [] },
  ],
};
const nothing = computeRun(flow.scenario, []);

const lifelines: Diagram["lifelines"] = ["a", "b", "c"].map((id) => ({ id, name: `Client ${id}`, role: "client" }));

function message(index: number, from: string, to: string, more: Partial<Step> = {}): Step {
  const end = (id: string) => ({ kind: "lifeline" as const, id });
  const label = `message ${index + 1}`;
  return {
    type: "step",
    index,
    number: String(index + 1),
    from: end(from),
    to: end(to),
    label,
    name: label,
    sip: "",
    line: "solid",
    hops: [],
    through: [],
    origin: "computed",
    sent: index,
    received: index + 1,
    lost: false,
    ...more,
  };
}

function diagramOf(items: Diagram["items"]): Diagram {
  const paragraphs = items.flatMap((item) =>
    item.type !== "step"
      ? []
      : [
          {
            label: `${item.number}.`,
            first: item.index,
            last: item.index,
            text: `Client sends ${item.label}.`,
            origin: "computed" as const,
            notes: item.index === 0 ? [{ number: "NOTE 1", text: "Only once." }] : [],
          },
        ],
  );
  return { title: "", lifelines, items, paragraphs };
}

const ladder = (count: number): Diagram =>
  diagramOf(Array.from({ length: count }, (_, i) => message(i, i % 2 === 0 ? "a" : "b", i % 2 === 0 ? "b" : "c")));

async function deckOf(
  diagram: Diagram,
  settings: Readonly<Record<string, ExportValue>> = {},
  more: Partial<ExportInput> = {},
): Promise<{ bytes: Uint8Array; entries: Entries; remarks: readonly string[] }> {
  const chosen = { slides: "steps", variants: "this", later: "pale", ...settings };
  const exported = await exportPptx({ flow, variant: "main", run: nothing, diagram, settings: chosen, ...more });
  if (!exported.ok) throw new Error(exported.failure.message);
  const bytes = exported.value.content as Uint8Array;
  const read = readPackage(bytes);
  if (!read.ok) throw new Error(read.failure.message);
  return { bytes, entries: read.value, remarks: exported.value.remarks };
}

/** Names of the slides in the order in which they are shown. */
function slidesIn(entries: Entries): readonly string[] {
  const targets = new Map(relationsIn(entries, "ppt/presentation.xml").map(({ id, target }) => [id, target]));
  const [, list = ""] = /<p:sldIdLst>(.*?)<\/p:sldIdLst>/.exec(textOf(entries, "ppt/presentation.xml") ?? "") ?? [];
  return tagsOf(list).map(({ attributes }) => targets.get(attributes.get("r:id") ?? "") ?? "");
}

const wordsIn = (xml: string): string =>
  [...xml.matchAll(/<a:t>([^<]*)<\/a:t>/g)].map(([, text = ""]) => unescapeXml(text)).join("|");
const titleOf = (xml: string): string => wordsIn(xml).split("|")[0] ?? "";
const slide = (entries: Entries, name: string | undefined): string => textOf(entries, name ?? "") ?? "";

function notesOf(entries: Entries, name: string | undefined): string {
  const notes = relationsIn(entries, name ?? "").find(({ type }) => type.endsWith("/notesSlide"));
  return wordsIn(slide(entries, notes?.target));
}

/** How many sites a shape has, by its id. */
function sitesIn(xml: string): ReadonlyMap<number, number> {
  const sites = new Map<number, number>();
  let id = 0;
  for (const { name, kind, attributes } of tagsOf(xml)) {
    if (kind === "end") continue;
    if (name === "cNvPr") id = Number(attributes.get("id"));
    if (name === "prstGeom") sites.set(id, attributes.get("prst") === "ellipse" ? 8 : 4);
    if (name === "cxn") sites.set(id, (sites.get(id) ?? 0) + 1);
  }
  return sites;
}

function unglued(xml: string): readonly string[] {
  const sites = sitesIn(xml);
  return tagsOf(xml)
    .filter(({ name }) => name === "stCxn" || name === "endCxn")
    .map(({ attributes }) => [Number(attributes.get("id")), Number(attributes.get("idx"))] as const)
    .filter(([id, site]) => site >= (sites.get(id) ?? 0))
    .map(([id, site]) => `site ${site} of shape ${id}`);
}

describe("EX61: slides for each step", () => {
  it("come after a title and an overview, in the order of the steps, with their prose as notes", async () => {
    const { entries, bytes } = await deckOf(ladder(4));
    const slides = slidesIn(entries);
    expect(ooxmlFaults(bytes)).toEqual([]);
    const titles = slides.map((name) => titleOf(slide(entries, name)));
    expect(titles).toEqual(["A flow", "Overview", "1. message 1", "2. message 2", "3. message 3", "4. message 4"]);
    expect(slides.map((name) => notesOf(entries, name))).toEqual([
      "What comes first.",
      "",
      "1. Client sends message 1.|NOTE 1: Only once.",
      "2. Client sends message 2.",
      "3. Client sends message 3.",
      "4. Client sends message 4.",
    ]);
  });

  it("EX16, EX61: show later steps pale, as the others, or not at all", async () => {
    const pale = await deckOf(ladder(4));
    const drawn = await deckOf(ladder(4), { later: "drawn" });
    const absent = await deckOf(ladder(4), { later: "absent" });
    const second = slidesIn(pale.entries)[3];
    expect(wordsIn(slide(pale.entries, second))).toContain("message 4");
    const paled = (xml: string) => xml.split("<a:alpha").length;
    expect(paled(slide(pale.entries, second))).toBeGreaterThan(paled(slide(drawn.entries, second)));
    expect(wordsIn(slide(drawn.entries, second))).toContain("message 4");
    expect(wordsIn(slide(absent.entries, second))).toContain("message 1");
    expect(wordsIn(slide(absent.entries, second))).not.toContain("message 3");
  });

  it("show the rows around a step of a long flow, with the heads repeated", async () => {
    const { entries } = await deckOf(ladder(60));
    for (const [i, name] of slidesIn(entries).slice(2).entries()) {
      const words = wordsIn(slide(entries, name)).split("|");
      expect(words).toContain(`message ${i + 1}`);
      expect(words).toContain("Client a");
      expect(words.filter((word) => word.startsWith("message")).length).toBeLessThan(20);
    }
  });

  it.each(["16:9", "4:3"])("cut no word of nine names and what they say: %s", async (size) => {
    const ids = Array.from({ length: 9 }, (_, i) => `p${i}`);
    const name = (id: string) => `CPM Conversation Server serving the transferor ${id}`;
    const items = ids
      .slice(1)
      .map((id, i) => message(i, `p${i}`, id, { label: "CPM Session Replacement Notification" }));
    const wide = { ...diagramOf(items), lifelines: ids.map((id) => ({ id, name: name(id), role: "client" as const })) };
    const { entries, remarks } = await deckOf(wide, { "slide-size": size });
    const words = slidesIn(entries)
      .slice(2)
      .flatMap((part) => [...(textOf(entries, part) ?? "").matchAll(/<a:t>([^<]*)<\/a:t>/g)])
      .flatMap(([, text = ""]) => text.split(" "));
    for (const word of ["Conversation", "transferor", "Replacement", "Notification"]) expect(words).toContain(word);
    const whole = new Set(
      [...items.map(({ label, number }) => `${number}. ${label}`), ...ids.map(name)].join(" ").split(" "),
    );
    const known = /^(Step|Steps|of|–|Overview|\d+\.?|)$/;
    expect(words.filter((word) => !whole.has(word) && !known.test(word))).toEqual([]);
    if (size === "4:3") expect(remarks.join()).toMatch(/9 lifelines beside each other leave text of \d+\.\d pt/);
  });

  it("use the room there is where words have to be cut anyway, and say which names they shorten", async () => {
    const word = "Averylongwordwithoutanyspaceinit".repeat(3);
    const items = [message(0, "a", "b", { label: word }), message(1, "b", "c", { label: "A label of several words" })];
    const names = [word, "Client b", "A name that goes on ".repeat(30)];
    const drawn = { ...diagramOf(items), lifelines: lifelines.map((one, i) => ({ ...one, name: names[i] ?? "" })) };
    const { entries, remarks } = await deckOf(drawn);
    const xml = slide(entries, slidesIn(entries)[3]);
    expect(xml).toContain("<a:t>A label of several words</a:t>");
    expect(remarks.join()).toContain("no room for all of the name “A name that goes on");
    expect(ooxmlFaults((await deckOf(drawn)).bytes)).toEqual([]);
  });

  it("are all within one of the overview's links, however many there are", async () => {
    const { entries } = await deckOf(ladder(150));
    const ranges = [...slide(entries, slidesIn(entries)[1]).matchAll(/<a:t>Steps? (\d+)(?: – (\d+))?/g)];
    expect(ranges.length).toBeLessThanOrEqual(12);
    const within = ranges.flatMap(([, from, to = from]) =>
      Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => Number(from) + i),
    );
    expect(within).toEqual(Array.from({ length: 150 }, (_, i) => i + 1));
  });

  it("have labels of 12 pt and more, or say why not", async () => {
    const sizes = (xml: string) => [...xml.matchAll(/ sz="(\d+)"/g)].map(([, size]) => Number(size));
    const { entries, remarks } = await deckOf(ladder(30), { "slide-size": "4:3" });
    expect(remarks).toEqual([]);
    expect(Math.min(...sizes(slide(entries, slidesIn(entries)[5])))).toBeGreaterThanOrEqual(1000);
    const many = Array.from({ length: 30 }, (_, i) => ({ id: `p${i}`, name: `Client ${i}`, role: "client" as const }));
    const wide = await deckOf({ ...diagramOf([message(0, "p0", "p29")]), lifelines: many });
    expect(wide.remarks[0]).toMatch(/^30 lifelines .* pt/);
  });

  it("are 16:9 or 4:3", async () => {
    const sizeOf = async (size: string) =>
      /<p:sldSz cx="(\d+)" cy="(\d+)"/
        .exec(slide((await deckOf(ladder(1), { "slide-size": size })).entries, "ppt/presentation.xml"))
        ?.slice(1);
    expect(await sizeOf("16:9")).toEqual(["12192000", "6858000"]);
    expect(await sizeOf("4:3")).toEqual(["9144000", "6858000"]);
  });
});

describe("EX62: native shapes", () => {
  it("messages are connectors glued to sites of their lifelines", async () => {
    const { entries } = await deckOf(
      diagramOf([message(0, "a", "b"), message(1, "b", "b"), message(2, "c", "a", { lost: true })]),
    );
    const xml = slide(entries, slidesIn(entries)[4]);
    // A message to itself has a line out and one back.
    for (const element of [/<p:cxnSp>/g, /<a:stCxn /g, /<a:endCxn /g]) expect(xml.match(element)).toHaveLength(4);
    expect(unglued(xml)).toEqual([]);
  });

  it("what slides have no shape for is said", async () => {
    const { remarks } = await deckOf(diagramOf([message(0, "a", "b", { look: { head: "halfTop" } })]));
    expect(remarks).toEqual(["Slides have no half arrowheads; they are drawn whole."]);
  });

  it("whatever is drawn, no office program has to repair it", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryDiagram,
        fc.constantFrom("drawn", "pale", "absent"),
        fc.constantFrom("light", "dark", "print"),
        async (diagram, later, theme) => {
          const { bytes, entries } = await deckOf(diagram, { slides: "both", later, theme });
          expect(ooxmlFaults(bytes)).toEqual([]);
          for (const name of slidesIn(entries)) {
            const xml = slide(entries, name);
            expect(unglued(xml)).toEqual([]);
            expect(xml).not.toMatch(
              / (?:x|y|cx|cy|w|h|sz|id|idx|wR|hR|stAng|swAng|spid)="(?!-?\d+"|connsite|med"|sm")/,
            );
            expect(xml).not.toMatch(/<a:(?:ext|chExt) cx="-|<a:(?:ext|chExt) cx="\d+" cy="-/);
          }
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
});

describe("EX63: the animated slide", () => {
  it("needs no repair where nothing on it has a text", async () => {
    const bare = message(0, "a", "b", { label: "", number: "", unnumbered: true });
    const { bytes } = await deckOf(diagramOf([bare]), { slides: "animated" });
    expect(ooxmlFaults(bytes)).toEqual([]);
  });

  it("shows with each click one more step, and what belongs to it", async () => {
    const { entries, bytes } = await deckOf(ladder(4), { slides: "animated" });
    expect(ooxmlFaults(bytes)).toEqual([]);
    const slides = slidesIn(entries);
    expect(slides).toHaveLength(3);
    const xml = slide(entries, slides[2]);
    expect(xml.match(/nodeType="clickEffect"/g)).toHaveLength(4);
    const ids = new Set(
      tagsOf(xml)
        .filter(({ name }) => name === "cNvPr")
        .map(({ attributes }) => attributes.get("id")),
    );
    const moved = tagsOf(xml).filter(({ name }) => name === "spTgt" || name === "bldP");
    expect(moved.filter(({ attributes }) => !ids.has(attributes.get("spid")))).toEqual([]);
    // In the order of the schema: what is drawn, the colours, what clicks do.
    expect(xml.indexOf("<p:timing>")).toBeGreaterThan(xml.indexOf("</p:clrMapOvr>"));
  });

  it("goes on on another slide where one is too small, each step shown by one click", async () => {
    const { entries } = await deckOf(ladder(30), { slides: "animated" });
    const clicks = slidesIn(entries)
      .map((name) => slide(entries, name).match(/nodeType="clickEffect"/g)?.length ?? 0)
      .filter((count) => count > 0);
    expect(clicks.length).toBeGreaterThan(1);
    expect(clicks.reduce((sum, count) => sum + count)).toBe(30);
  });
});

describe("EX64: variants", () => {
  const both: Partial<ExportInput> = {
    draw: async (variant) => ({ ok: true, value: { variant, run: nothing, diagram: ladder(2) } }),
  };

  it("are sections, to which the overview leads", async () => {
    const { entries, bytes } = await deckOf(ladder(3), { variants: "all" }, both);
    expect(ooxmlFaults(bytes)).toEqual([]);
    const slides = slidesIn(entries);
    const titles = slides.map((name) => titleOf(slide(entries, name)));
    expect(titles.slice(1)).toEqual([
      "Overview",
      "B accepts",
      "1. message 1",
      "2. message 2",
      "3. message 3",
      "B is busy & <away>",
      "1. message 1",
      "2. message 2",
    ]);
    const links = new Map(relationsIn(entries, slides[1] ?? "").map(({ id, target }) => [id, target]));
    const leads = tagsOf(slide(entries, slides[1])).filter(({ name }) => name === "hlinkClick");
    expect(leads.map(({ attributes }) => links.get(attributes.get("r:id") ?? ""))).toEqual([slides[2], slides[6]]);
    const xml = slide(entries, "ppt/presentation.xml");
    const sections = tagsOf(xml).filter(({ name, kind }) => name === "section" && kind === "start");
    expect(sections.map(({ attributes }) => attributes.get("name"))).toEqual([
      "Overview",
      "B accepts",
      "B is busy & <away>",
    ]);
    expect(xml.match(/<p14:sldId /g)).toHaveLength(slides.length);
  });

  it("that cannot be run are a failure with their sentence", async () => {
    const draw = async () => ({ ok: false as const, failure: { message: "It cannot be run." } });
    const settings = { variants: "all" };
    const exported = await exportPptx({ flow, variant: "main", run: nothing, diagram: ladder(1), settings, draw });
    expect(!exported.ok && exported.failure.message).toBe("It cannot be run.");
  });
});

describe("EX65: the user's own deck", () => {
  it("gets the slides after its own, in its layouts, and keeps all other parts as they are", async () => {
    const own = await deckOf(ladder(2), { "slide-size": "4:3", theme: "dark" });
    const { bytes, entries } = await deckOf(ladder(3), {}, { files: { deck: own.bytes } });
    expect(ooxmlFaults(bytes)).toEqual([]);
    const [before, after] = [slidesIn(own.entries), slidesIn(entries)];
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(before.length + 5);
    const touched = ["[Content_Types].xml", "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"];
    for (const [name, content] of own.entries) if (!touched.includes(name)) expect(entries.get(name)).toEqual(content);
    expect(slide(entries, "ppt/presentation.xml")).toContain('<p:sldSz cx="9144000"');
    const layouts = relationsIn(entries, after.at(-1) ?? "").filter(({ type }) => type.endsWith("/slideLayout"));
    expect(own.entries.has(layouts[0]?.target ?? "")).toBe(true);
    const sections = [...slide(entries, "ppt/presentation.xml").matchAll(/<p14:section name="([^"]*)"/g)].map(
      ([, name]) => name,
    );
    expect(sections).toEqual(["Overview", "B accepts", "Overview", "B accepts"]);
  });

  it("is refused with a sentence where it is no deck", async () => {
    for (const deck of [new Uint8Array([1, 2, 3]), new Uint8Array([0xd0, 0xcf, 0x11, 0xe0])]) {
      const exported = await exportPptx({ flow, variant: "main", run: nothing, diagram: ladder(1), files: { deck } });
      expect(!exported.ok && exported.failure.message).toMatch(/^The deck cannot be extended\. The .*\.$/);
    }
  });
});

it("EX67: a deck carries the flow, and tells whether its slides were changed", async () => {
  const { bytes, entries } = await deckOf(ladder(2));
  const carried = await readCarrier(bytes, "deck.pptx");
  if (carried?.ok !== true) throw new Error("the deck carries nothing");
  expect(carried.value).toEqual({ document: writeFlow(flow), variant: "main" });
  const [name = ""] = slidesIn(entries).slice(2);
  const changed = await extendPackage(entries, {
    parts: [],
    rewritten: new Map([[name, slide(entries, name).replace("message 1", "message X")]]),
    relations: new Map(),
  });
  const after = await readCarrier(changed, "deck.pptx");
  expect(after?.ok && after.value.remark).toContain("was changed");
  // A deck that has the flow of another export keeps it.
  const twice = await deckOf(ladder(2), {}, { files: { deck: bytes } });
  expect(ooxmlFaults(twice.bytes)).toEqual([]);
  expect(twice.entries.get("customXml/callflow.xml")).toEqual(entries.get("customXml/callflow.xml"));
});

it("EX66: a deck is the same bytes for the same flow, and stops when nobody wants it any more", async () => {
  expect((await deckOf(ladder(3))).bytes).toEqual((await deckOf(ladder(3))).bytes);
  const controller = new AbortController();
  controller.abort(new Error("not wanted"));
  await expect(deckOf(ladder(40), {}, { signal: controller.signal })).rejects.toThrow("not wanted");
  const done: number[] = [];
  await deckOf(ladder(40), {}, { progress: (part) => done.push(part) });
  expect(done.every((part, i) => part >= (done[i - 1] ?? 0) && part <= 1)).toBe(true);
  expect(stepsOf(project(flow, nothing, {}))).toEqual([]);
});
