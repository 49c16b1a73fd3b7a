import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { project } from "../../shared/diagram/project.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { computeRun } from "../engine/index.ts";
import { chunksOf } from "./carrier/png-chunks.ts";
import { formatById } from "./formats.ts";
import { pngOf } from "./png.ts";

const svgOf = (body: string, width = 60, height = 20) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter" font-size="13"><title>A &amp; B</title><desc>Two</desc>${body}</svg>`;

/** The pixels of a PNG with an index or four channels of eight bits, as its filters leave them after undoing. */
function pixelsOf(png: Uint8Array): { width: number; kind: number; at: (x: number, y: number) => readonly number[] } {
  const chunks = chunksOf(png);
  if (!chunks.ok) throw new Error(chunks.failure.message);
  const all = (wanted: string) =>
    Buffer.concat(chunks.value.filter(({ type }) => type === wanted).map(({ data }) => data));
  const header = all("IHDR");
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const kind = header[9]!;
  expect([header[8], ...header.subarray(10)]).toEqual([8, 0, 0, 0]);
  expect([3, 6]).toContain(kind);
  const bytes = kind === 3 ? 1 : 4;
  const raw = inflateSync(all("IDAT"));
  const out = Buffer.alloc(width * height * bytes);
  const row = width * bytes;
  expect(raw).toHaveLength((row + 1) * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (row + 1)]!;
    for (let i = 0; i < row; i++) {
      const left = i < bytes ? 0 : out[y * row + i - bytes]!;
      const up = y === 0 ? 0 : out[(y - 1) * row + i]!;
      const corner = i < bytes || y === 0 ? 0 : out[(y - 1) * row + i - bytes]!;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
      out[y * row + i] = raw[y * (row + 1) + 1 + i]! + guess;
    }
  }
  const [palette, alphas] = [all("PLTE"), all("tRNS")];
  const at = (x: number, y: number) => {
    const pixel = [...out.subarray(y * row + x * bytes, y * row + (x + 1) * bytes)];
    if (kind === 6) return pixel;
    const index = pixel[0]!;
    expect(index * 3).toBeLessThan(palette.length);
    return [...palette.subarray(index * 3, index * 3 + 3), alphas[index] ?? 255];
  };
  return { width, kind, at };
}

function paeth(a: number, b: number, c: number): number {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

async function made(svg: string, scale: number) {
  const png = await pngOf(svg, scale);
  if (!png.ok) throw new Error(png.failure.message);
  return png.value;
}

describe("EX11: a PNG picture", () => {
  it("has the scale's number of pixels, and the colours of the picture", async () => {
    const { bytes, width, height } = await made(svgOf('<rect width="30" height="20" fill="#0b57d0"/>'), 3);
    expect({ width, height }).toEqual({ width: 180, height: 60 });
    const { at } = pixelsOf(bytes);
    expect(at(10, 10)).toEqual([0x0b, 0x57, 0xd0, 255]);
    expect(at(170, 10)).toEqual([0, 0, 0, 0]);
  });

  it("is the same with a byte for a pixel and with four, opaque and not", async () => {
    const drawn =
      '<path d="M4 4H40" stroke="#b3261e"/><text x="2" y="14">Inter</text><rect x="40" y="2" width="9" height="9" fill="#0b57d0" opacity="0.4"/>';
    // More colours than a palette has.
    const many = Array.from(
      { length: 300 },
      (_, i) =>
        `<rect x="${i % 60}" y="${20 + Math.floor(i / 60)}" width="1" height="1" fill="rgb(${(i & 7) * 32},${((i >> 3) & 7) * 32},${(i >> 6) * 32})"/>`,
    ).join("");
    for (const ground of ['<rect x="-0.5" y="-0.5" width="60" height="30" fill="#ffffff"/>', ""]) {
      const head = (body: string) => svgOf(body, 60, 30).replace('viewBox="0 0', 'viewBox="-0.5 -0.5');
      const few = pixelsOf((await made(head(ground + drawn), 2)).bytes);
      const more = pixelsOf((await made(head(ground + drawn + many), 2)).bytes);
      expect([few.kind, more.kind]).toEqual([3, 6]);
      for (let x = 0; x < 120; x++) for (let y = 0; y < 38; y++) expect(few.at(x, y)).toEqual(more.at(x, y));
    }
  });

  it("says its size on paper, its title and its description", async () => {
    const chunks = chunksOf((await made(svgOf(""), 2)).bytes);
    const told = chunks.ok ? chunks.value.filter(({ type }) => /iTXt|pHYs/.test(type)) : [];
    expect(Buffer.from(told[0]!.data).readUInt32BE(0)).toBe(Math.round(192 / 0.0254));
    expect(Buffer.from(told[1]!.data).toString()).toBe("Title\0\0\0\0\0A & B");
    expect(Buffer.from(told[2]!.data).toString()).toBe("Description\0\0\0\0\0Two");
  });

  it("draws text with Inter, heavier where it is to be", async () => {
    const ink = async (weight: number) => {
      const { bytes } = await made(svgOf(`<text x="2" y="14" font-weight="${weight}">Inter</text>`), 2);
      const { at } = pixelsOf(bytes);
      let sum = 0;
      for (let x = 0; x < 120; x++) for (let y = 0; y < 40; y++) sum += at(x, y)[3]!;
      return sum;
    };
    const regular = await ink(400);
    expect(regular).toBeGreaterThan(10_000);
    expect(await ink(600)).toBeGreaterThan(regular * 1.1);
  });

  it("says which characters it cannot show, and is refused where it would be huge", async () => {
    const { remarks } = await made(svgOf('<text x="2" y="14">Ä→ 你 &amp; 😀 你</text>'), 1);
    expect(remarks).toEqual([
      "The font Inter has no characters 你 😀; the picture shows boxes or nothing in their place.",
    ]);
    const huge = await pngOf(svgOf("", 9000, 9000), 2);
    expect(!huge.ok && huge.failure.message).toContain("324 million pixels, and at most 100");
  });

  it("has a ground, or none", async () => {
    const flow: Flow = {
      format: "callflow",
      version: 1,
      title: "T",
      scenario: { participants: [] },
      variants: [{ id: "main", title: "Main", script: [] }],
    };
    const run = computeRun(flow.scenario, []);
    const input = { flow, variant: "main", run, diagram: project(flow, run, {}) };
    const exporter = (await formatById("png")!.load())!;
    for (const [background, pixel] of [
      ["filled", [255, 255, 255, 255]],
      ["transparent", [0, 0, 0, 0]],
    ] as const) {
      const exported = await exporter({ ...input, settings: { background } });
      if (!exported.ok) throw new Error(exported.failure.message);
      expect(pixelsOf(exported.value.content as Uint8Array).at(1, 1)).toEqual(pixel);
    }
  });
});
