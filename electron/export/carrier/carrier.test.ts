import { deflateSync } from "node:zlib";
import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { whole } from "../../../shared/content.ts";
import { project } from "../../../shared/diagram/project.ts";
import { readFlow } from "../../../shared/flow/file.ts";
import type { Flow } from "../../../shared/flow/flow.ts";
import { wholeScript } from "../../../shared/run/tree.ts";
import { computeRun } from "../../engine/index.ts";
import { type ExportInput, formatById } from "../formats.ts";
import { findInOffice, officePart } from "./office-carrier.ts";
import { chunksOf, pngOfChunks } from "./png-chunks.ts";
import { readCarrier } from "./read-carrier.ts";

const flow: Flow = {
  format: "callflow",
  version: 1,
  title: "Names & <marks> “你” 😀",
  scenario: { participants: ["a", "b"].map((id) => ({ id, name: id, role: "other" })) },
  variants: [
    {
      id: "main",
      title: "Main",
      script: [{ kind: "inject", from: "a", to: "b", message: { label: "m", kind: "request" } }],
    },
    { id: "other", title: "Other", branch: { from: "main", keep: 1 }, script: [] },
  ],
};

function input(): ExportInput {
  const script = wholeScript(flow, "other");
  const run = computeRun(flow.scenario, script.ok ? script.value : []);
  return { flow, variant: "other", view: { level: "sip" }, run, diagram: project(flow, run, {}) };
}

async function bytesOf(format: string): Promise<Uint8Array> {
  const result = await (await formatById(format)?.load())?.(input());
  if (result?.ok !== true) throw new Error(result?.failure.message);
  return Buffer.from(whole(result.value.content));
}

async function found(bytes: Uint8Array, name = "f") {
  const read = await readCarrier(bytes, name);
  if (read?.ok !== true) throw new Error(read?.failure.message ?? "no carrier");
  return read.value;
}

const office = (): Record<string, Uint8Array> => {
  const part = officePart(input(), "the slide");
  return {
    "[Content_Types].xml": strToU8("<Types/>"),
    "ppt/slides/slide1.xml": strToU8("the slide"),
    [part.name]: strToU8(String(part.content)),
  };
};

describe("EX20: a figure carries its flow", () => {
  const makers: Readonly<Record<string, () => Promise<Uint8Array>>> = {
    svg: () => bytesOf("svg"),
    png: () => bytesOf("png"),
    pdf: () => bytesOf("pdf"),
    office: async () => zipSync(office()),
  };

  it.each(Object.keys(makers))("%s gives back the document, the variant and the view", async (kind) => {
    const { document, variant, view, remark } = await found((await makers[kind]?.()) ?? new Uint8Array());
    expect(variant).toBe("other");
    expect(view).toEqual({ level: "sip" });
    expect(remark).toBeUndefined();
    const read = readFlow(document, "f");
    expect(read.ok && read.value.flow).toEqual(flow);
  });
});

describe("EX21: a figure that was changed says so", () => {
  const changed = "“f” was changed since Callflow wrote it; what opens is the flow as it was then.";

  it("in SVG: another word, or the same written by another program", async () => {
    const svg = (await bytesOf("svg")).toString();
    expect((await found(Buffer.from(svg.replace(">m<", ">n<")))).remark).toBe(changed);
    const anew = svg
      .replace('<callflow xmlns="urn', '<cf:callflow id="x" xmlns:cf="urn')
      .replace("</callflow>", "</cf:callflow>");
    expect((await found(Buffer.from(anew))).remark).toBe(changed);
  });

  it("in PNG: other pixels", async () => {
    const chunks = chunksOf(await bytesOf("png"));
    if (!chunks.ok) throw new Error("no chunks");
    const painted = chunks.value.map((chunk) =>
      chunk.type === "IDAT" ? { type: "IDAT", data: deflateSync(Buffer.alloc(10)) } : chunk,
    );
    expect((await found(pngOfChunks(painted))).remark).toBe(changed);
    const named = chunks.value.toSpliced(1, 0, { type: "tEXt", data: Buffer.from("Author\0Me") });
    expect((await found(pngOfChunks(named))).remark).toBeUndefined();
  });

  it("in PDF: another byte, or something added", async () => {
    const pdf = await bytesOf("pdf");
    const other = Buffer.from(pdf);
    other.write("9", other.indexOf("/Type /Page\n") - 1);
    expect((await found(other)).remark).toBe(changed);
    expect((await found(Buffer.concat([pdf, Buffer.from("1 0 obj\n")]))).remark).toBe(changed);
  });

  it("in office documents: another figure", async () => {
    const parts = { ...office(), "ppt/slides/slide1.xml": strToU8("another slide") };
    expect((await found(zipSync(parts))).remark).toBe(changed);
    expect(Object.keys(unzipSync(zipSync(parts)))).toContain("customXml/callflow.xml");
  });
});

describe("EX22: a file that carries no flow is refused with a sentence", () => {
  const sentence = async (bytes: Uint8Array) => {
    const read = await readCarrier(bytes, "x.y");
    return read?.ok === false ? read.failure.message : read;
  };

  it.each([
    ["<svg xmlns='…'/>", "a picture"],
    [
      '<?xml version="1.0"?><svg><metadata><callflow xmlns="urn:callflow:figure">AAAA</callflow></metadata></svg>',
      "a picture",
    ],
    ["\u0089PNG\r\n\u001a\n", "a picture"],
    ["%PDF-1.4\nstream\nx\nendstream", "a PDF document"],
    ["PK\u0003\u0004", "an office document or an archive"],
  ])("%j", async (text, called) => {
    const told = `“x.y” is ${called} that holds no flow; Callflow opens those that it made itself.`;
    expect(await sentence(Buffer.from(text, "latin1"))).toBe(told);
  });

  it("also one that would unpack to too much", async () => {
    const bomb = deflateSync(Buffer.alloc(80 * 1024 * 1024)).toString("base64");
    const svg = `<svg><metadata><callflow xmlns="urn:callflow:figure">${bomb}</callflow></metadata></svg>`;
    expect(await sentence(Buffer.from(svg))).toContain("holds no flow");
  });

  it("also one whose parts would unpack to too much together", () => {
    const items = Array.from({ length: 10 }, (_, i) => [`customXml/item${i}.xml`, new Uint8Array(5000)] as const);
    const carried = ["customXml/callflow.xml", strToU8(String(officePart(input(), "").content))] as const;
    expect(findInOffice(zipSync(Object.fromEntries([...items, carried])), 100_000)).toBeDefined();
    expect(findInOffice(zipSync(Object.fromEntries([...items, carried])), 40_000)).toBeUndefined();
    expect(findInOffice(zipSync(Object.fromEntries([carried, ...items])), 40_000)).toBeDefined();
  });

  it.each([
    ["elements that do not end", `<svg>${"<callflow ".repeat(200_000)}`],
    ["an element that names itself without end", `<svg><callflow ${"urn:callflow:figure".repeat(100_000)}`],
    ["elements without their end", `<svg>${'<callflow xmlns="urn:callflow:figure">A'.repeat(50_000)}`],
    ["one long name", `<svg><${"a".repeat(2_000_000)}`],
  ])("also one made to keep us busy: %s", async (_, svg) => {
    // Looking at it in a way that goes over the rest again for each of its pieces would take minutes.
    expect(await sentence(Buffer.from(svg))).toContain("holds no flow");
  });

  it("and what is no picture is none of its business", async () => {
    expect(await readCarrier(Buffer.from('{"format":"callflow"}'), "x")).toBeUndefined();
    expect(await readCarrier(Buffer.from(""), "x")).toBeUndefined();
    expect(await readCarrier(Buffer.from("@startuml"), "x")).toBeUndefined();
  });
});
