import { describe, expect, it } from "vitest";
import { dashesOf } from "./dashes.ts";
import { drawingOf } from "./drawing.ts";
import { emfOf } from "./emf-records.ts";

const svg = (body: string) =>
  `<svg width="100" height="50" viewBox="-0.5 -0.5 100 50" font-size="12"><title>Ä title</title>${body}</svg>`;

/** The records of a metafile, each with its type and its data as 32-bit words. */
function recordsOf(emf: Uint8Array): { type: number; data: Buffer }[] {
  const bytes = Buffer.from(emf);
  const records: { type: number; data: Buffer }[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32LE(at + 4)) {
    const size = bytes.readUInt32LE(at + 4);
    expect(size % 4).toBe(0);
    expect(size).toBeGreaterThanOrEqual(8);
    records.push({ type: bytes.readUInt32LE(at), data: bytes.subarray(at, at + size) });
  }
  return records;
}

describe("EX19: an enhanced metafile", () => {
  const emf = emfOf(
    drawingOf(
      svg(
        '<rect width="100" height="50" fill="#ffffff"/><g opacity="0.5"><text x="50" y="20" text-anchor="middle" fill="#000000">A😀b</text></g>',
      ),
    ),
  );
  const records = recordsOf(emf);
  const [header] = records;

  it("says its size, its records, its objects and its title in the header, and ends with an end", () => {
    const { data } = header!;
    expect(data.toString("latin1", 40, 44)).toBe(" EMF");
    expect(data.readUInt32LE(48)).toBe(emf.length);
    expect(data.readUInt32LE(52)).toBe(records.length);
    expect(data.readUInt16LE(56)).toBe(records.filter(({ type }) => [39, 82, 95].includes(type)).length + 1);
    expect(data.readInt32LE(32)).toBe(Math.round((100 * 2540) / 96));
    expect(data.toString("utf16le", 88)).toContain("Callflow\0Ä title\0\0");
    expect(records.at(-1)!.type).toBe(14);
  });

  it("holds text as text, with how far each letter reaches, in a paler colour where it is pale", () => {
    const text = records.find(({ type }) => type === 84)!.data;
    const length = text.readUInt32LE(44);
    expect(length).toBe(4);
    const start = text.readUInt32LE(48);
    expect(text.toString("utf16le", start, start + 2 * length)).toBe("A😀b");
    const advances = Array.from({ length }, (_, i) => text.readUInt32LE(text.readUInt32LE(72) + 4 * i));
    expect(advances[2]).toBe(0);
    expect(Math.min(advances[0]!, advances[1]!, advances[3]!)).toBeGreaterThan(100);
    expect(records.find(({ type }) => type === 24)!.data.readUInt32LE(8)).toBe(0x808080);
  });

  it("draws the dashes of a line one by one, also around a corner", () => {
    expect(
      dashesOf(
        [
          ["M", 0, 0],
          ["L", 25, 0],
        ],
        [6, 4],
      ),
    ).toEqual([
      ["M", 0, 0],
      ["L", 6, 0],
      ["M", 10, 0],
      ["L", 16, 0],
      ["M", 20, 0],
      ["L", 25, 0],
    ]);
    const around = dashesOf(
      [
        ["M", 0, 0],
        ["L", 3, 0],
        ["L", 3, 10],
      ],
      [6, 4],
    );
    expect(around).toEqual([
      ["M", 0, 0],
      ["L", 3, 0],
      ["M", 3, 0],
      ["L", 3, 3],
      ["M", 3, 7],
      ["L", 3, 10],
    ]);
  });
});
