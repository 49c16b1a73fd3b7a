import { describe, expect, it } from "vitest";
import { painted } from "../raster.ts";
import { isLettered } from "./lettering.ts";
import { type PlacedText, partTexts } from "./texts.ts";

const [WIDTH, HEIGHT] = [160, 40];

const svgOf = (body: string, size = 13) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="-0.5 -0.5 ${WIDTH} ${HEIGHT}" font-family="Inter" font-size="${size}">${body}</svg>`;

/** Text that shines through is painted by resvg; here with nothing to see of it. */
const byResvg = (text: string) => `<g opacity="1">${text}</g>`;

/** How much of each pixel is covered, painted so many times as fine. */
async function coverOf(svg: string, scale: number, fine: number): Promise<{ width: number; cover: Float64Array }> {
  const { pixels, width, height } = await painted(svg, scale * fine);
  const cover = new Float64Array((width / fine) * (height / fine));
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [Math.floor((i % width) / fine), Math.floor(i / width / fine)];
    cover[y * (width / fine) + x]! += pixels[i * 4 + 3]! / 255 / fine / fine;
  }
  return { width: width / fine, cover };
}

/** How much is seen, and where the middle of it is. */
function inkOf({ width, cover }: { width: number; cover: Float64Array }) {
  let [sum, x, y] = [0, 0, 0];
  for (const [i, ink] of cover.entries()) {
    sum += ink;
    x += ink * (i % width);
    y += ink * Math.floor(i / width);
  }
  return { sum, x: x / sum, y: y / sum };
}

describe("EX11: letters that are made once and put where they stand", () => {
  it.each([
    ["INVITE session 12", 'x="4" y="20"', 1],
    ["INVITE session 12", 'x="80.3" y="20.5" text-anchor="middle"', 2],
    ["AVATAR → To. (A-B) 10:20 4x4 fi", 'x="158" y="22" text-anchor="end" font-size="9"', 3],
    ["Überprüfung ąę ½", 'x="4" y="24" font-weight="600"', 1.5],
    ["-> => != a &lt; b &amp; c", 'x="4" y="24" font-size="10.5"', 4],
  ])("%s stands where resvg puts it, %s, %f times", async (words, where, scale) => {
    const text = `<text ${where} fill="#14181f">${words}</text>`;
    expect(partTexts(svgOf(text), isLettered).texts).toHaveLength(1);
    expect(partTexts(svgOf(byResvg(text)), isLettered).texts).toHaveLength(0);
    // Fine enough for what resvg rounds not to matter.
    const [own, other] = [await coverOf(svgOf(text), scale, 1), await coverOf(svgOf(byResvg(text)), scale, 8)];
    const [ink, wanted] = [inkOf(own), inkOf(other)];
    expect(ink.sum / wanted.sum).toBeCloseTo(1, 1);
    expect(Math.abs(ink.x - wanted.x)).toBeLessThan(0.4);
    expect(Math.abs(ink.y - wanted.y)).toBeLessThan(0.13);
    // Letters stand at quarters of pixels.
    const apart = own.cover.reduce((sum, cover, i) => sum + Math.abs(cover - other.cover[i]!), 0);
    expect(apart / wanted.sum).toBeLessThan(0.2);
  });

  it("stand in a picture within another, as large as that is", async () => {
    const inner = (overflow: string) =>
      svgOf(
        `<g transform="translate(3 2)"><svg x="9" y="4" width="120" height="30" ${overflow} viewBox="-0.5 -0.5 50 15"><g transform="translate(1 2)" font-size="6"><text x="20" y="9" text-anchor="middle" fill="#14181f">INVITE</text></g></svg></g>`,
      );
    expect(partTexts(inner('overflow="visible"'), isLettered).texts).toHaveLength(1);
    // What may be cut at its edge is left alone.
    expect(partTexts(inner(""), isLettered).texts).toHaveLength(0);
    const [own, other] = [await coverOf(inner('overflow="visible"'), 1, 1), await coverOf(inner(""), 1, 8)];
    expect(Math.abs(inkOf(own).x - inkOf(other).x)).toBeLessThan(0.4);
    expect(Math.abs(inkOf(own).y - inkOf(other).y)).toBeLessThan(0.13);
    const apart = own.cover.reduce((sum, cover, i) => sum + Math.abs(cover - other.cover[i]!), 0);
    expect(apart / inkOf(other).sum).toBeLessThan(0.2);
  });

  it("are laid over what is there", async () => {
    const { pixels } = await painted(
      svgOf(
        `<rect x="-0.5" y="-0.5" width="${WIDTH}" height="${HEIGHT}" fill="#00ff00"/><text x="4" y="36" font-size="48" fill="#ff0000">Il</text>`,
      ),
      1,
    );
    const colors = new Set<string>();
    for (let i = 0; i < pixels.length; i += 4) {
      expect(Math.abs(pixels[i]! + pixels[i + 1]! - 255)).toBeLessThan(2);
      expect([pixels[i + 2], pixels[i + 3]]).toEqual([0, 255]);
      colors.add(`${pixels[i]}`);
    }
    expect(colors).toContain("255");
    expect(colors.size).toBeLessThanOrEqual(17);
  });

  it("leave to resvg what is more than a plain line, and what Inter cannot say", () => {
    const left = (body: string) => partTexts(svgOf(body), isLettered);
    for (const body of [
      '<text x="1" y="9">你</text>',
      '<text x="1" y="9">a  b</text>',
      '<text x="1" y="9" fill="url(#a)">a</text>',
      '<g transform="rotate(3)"><text x="1" y="9">a</text></g>',
      '<g stroke="#000000"><text x="1" y="9">a</text></g>',
    ]) {
      expect(left(body)).toEqual({ svg: svgOf(body), texts: [] });
    }
    const { svg, texts } = left(
      '<g transform="translate(3 4)" fill="#010203"><g opacity="0.3"><text x="1" y="9">a</text></g><text x="1" y="9">b&amp;</text></g>',
    );
    expect(svg).toContain(">a</text>");
    expect(svg).not.toContain("b&amp;");
    const placed: PlacedText = {
      text: "b&",
      x: 4.5,
      y: 13.5,
      anchor: "start",
      size: 13,
      weight: "regular",
      color: [1, 2, 3],
    };
    expect(texts).toEqual([placed]);
  });
});
