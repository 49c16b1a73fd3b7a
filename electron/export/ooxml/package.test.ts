import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { packageWriter } from "./package.ts";
import { contentTypesIn, extendPackage, readPackage, relationsIn, textOf } from "./read-package.ts";
import { tagsOf } from "./xml-tags.ts";

const written = (): Uint8Array => {
  const writer = packageWriter();
  writer.add({
    name: "ppt/one.xml",
    type: "a/one+xml",
    content: "<one>ä</one>",
    relations: [
      { id: "rId1", type: "image", target: "media/one.png" },
      { id: "rId2", type: "slide", target: "ppt/slides/two.xml" },
      { id: "rId3", type: "hyperlink", target: "https://example.com/?a&b", external: true },
    ],
  });
  writer.add({ name: "ppt/slides/two.xml", type: "a/two+xml", content: strToU8("<two/>") });
  return writer.finish([{ id: "rId1", type: "officeDocument", target: "ppt/one.xml" }]);
};

describe("EX60: packages", () => {
  it("reads what it wrote: parts, content types, relations", () => {
    const read = readPackage(written());
    if (!read.ok) throw new Error(read.failure.message);
    expect(textOf(read.value, "ppt/one.xml")).toBe("<one>ä</one>");
    expect([...contentTypesIn(read.value)]).toEqual([
      ["ppt/one.xml", "a/one+xml"],
      ["ppt/slides/two.xml", "a/two+xml"],
    ]);
    expect(relationsIn(read.value, "")[0]?.target).toBe("ppt/one.xml");
    const relations = relationsIn(read.value, "ppt/one.xml");
    expect(relations.map(({ target }) => target)).toEqual([
      "media/one.png",
      "ppt/slides/two.xml",
      "https://example.com/?a&b",
    ]);
    expect(relations[2]?.external).toBe(true);
    expect(textOf(read.value, "ppt/_rels/one.xml.rels")).toContain('Target="slides/two.xml"');
    expect(textOf(read.value, "ppt/_rels/one.xml.rels")).toContain('Target="../media/one.png"');
  });

  it("gives the same bytes for the same parts", () => {
    expect(written()).toEqual(written());
  });

  it("extends a package and leaves its other parts as they are", async () => {
    const read = readPackage(written());
    if (!read.ok) throw new Error(read.failure.message);
    const extended = unzipSync(
      await extendPackage(read.value, {
        parts: [{ name: "ppt/three.xml", type: "a/three+xml", content: "<three/>" }],
        rewritten: new Map([["ppt/slides/two.xml", "<two>2</two>"]]),
        relations: new Map([
          ["ppt/one.xml", [{ id: "rId9", type: "slide", target: "ppt/three.xml" }]],
          ["ppt/slides/two.xml", [{ id: "rId1", type: "slide", target: "ppt/three.xml" }]],
        ]),
      }),
    );
    const entries = new Map(Object.entries(extended));
    expect(textOf(entries, "ppt/one.xml")).toBe("<one>ä</one>");
    expect(textOf(entries, "ppt/slides/two.xml")).toBe("<two>2</two>");
    expect(relationsIn(entries, "ppt/one.xml").map(({ id }) => id)).toEqual(["rId1", "rId2", "rId3", "rId9"]);
    expect(relationsIn(entries, "ppt/slides/two.xml")).toEqual([
      { id: "rId1", type: expect.stringMatching(/\/slide$/), target: "ppt/three.xml" },
    ]);
    expect(contentTypesIn(entries).get("ppt/three.xml")).toBe("a/three+xml");
  });

  it("refuses with a sentence what is no document", () => {
    const failing = [
      strToU8("text"),
      new Uint8Array(),
      zipSync({ "a.txt": strToU8("a") }),
      new Uint8Array([0xd0, 0xcf]),
    ];
    for (const bytes of failing) {
      const read = readPackage(bytes);
      expect(!read.ok && read.failure.message).toMatch(/^The document .*\.$/);
    }
  });
});

it("EX60: a text made to keep us busy is gone through once, and names of its entities mean nothing else", () => {
  expect(tagsOf("<!--".repeat(500_000))).toEqual([]);
  expect(tagsOf(`<a>${"<![CDATA[".repeat(500_000)}`)).toHaveLength(1);
  expect(tagsOf(`<a b="&constructor;&toString;&amp;"/>`)[0]?.attributes.get("b")).toBe("&constructor;&toString;&");
});

it("EX60: tags are found with their places, whatever stands in comments, sections and values", () => {
  const xml = `<?xml version="1.0"?><!-- <a> --><p:a x='1>2' r:id="&lt;&#65;"><![CDATA[<b/>]]><b /></p:a>`;
  const tags = tagsOf(xml);
  expect(tags.map(({ prefix, name, kind }) => `${prefix}:${name} ${kind}`)).toEqual([
    "p:a start",
    ":b empty",
    "p:a end",
  ]);
  expect([...(tags[0]?.attributes ?? [])]).toEqual([
    ["x", "1>2"],
    ["r:id", "<A"],
  ]);
  expect(tags.map(({ start, end }) => xml.slice(start, end))).toEqual([
    `<p:a x='1>2' r:id="&lt;&#65;">`,
    "<b />",
    "</p:a>",
  ]);
});
