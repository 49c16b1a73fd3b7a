import { describe, expect, it } from "vitest";
import { project } from "../../shared/diagram/project.ts";
import { settingsFor } from "../../shared/export-formats.ts";
import type { ExportValue } from "../../shared/export-settings.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { computeRun } from "../engine/index.ts";
import { filmFor } from "./film.ts";
import { type ExportInput, formatById } from "./formats.ts";
import { exportGif } from "./gif.ts";

const say = (from: string, to: string, label: string) =>
  ({ kind: "inject", from, to, message: { label, kind: "request" } }) as const;
const flow: Flow = {
  format: "callflow",
  version: 1,
  title: "A talk",
  scenario: {
    participants: [
      { id: "a", name: "A", role: "other" },
      { id: "b", name: "B", role: "other" },
    ],
  },
  variants: [{ id: "main", title: "Main", script: [say("a", "b", "Hello"), say("b", "a", "Good day")] }],
};
const run = computeRun(flow.scenario, flow.variants[0]?.script ?? []);

function inputWith(given: Readonly<Record<string, ExportValue>> = {}): ExportInput {
  const format = formatById("gif");
  if (format === undefined) throw new Error("no format");
  const settings = settingsFor(format, { "frame-size": "854x480", ...given });
  if (!settings.ok) throw new Error(settings.failure.message);
  return { flow, variant: "main", run, diagram: project(flow, run, {}), settings: settings.value };
}

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly delay: number;
}

/** The frames of an animation, by GIF89a: what is in them is skipped. */
function framesOf(gif: Uint8Array): { readonly width: number; readonly height: number; readonly frames: Frame[] } {
  const two = (at: number) => (gif[at] ?? 0) + ((gif[at + 1] ?? 0) << 8);
  const table = (flags: number) => ((flags & 128) === 0 ? 0 : 3 << ((flags & 7) + 1));
  const skip = (from: number) => {
    let at = from;
    while (gif[at] !== 0) at += 1 + (gif[at] ?? 0);
    return at + 1;
  };
  const frames: Frame[] = [];
  let delay = 0;
  for (let at = 13 + table(gif[10] ?? 0); gif[at] !== 0x3b; ) {
    if (gif[at] === 0x21) {
      if (gif[at + 1] === 0xf9) delay = two(at + 4);
      at = skip(at + 2);
    } else if (gif[at] === 0x2c) {
      frames.push({ left: two(at + 1), top: two(at + 3), width: two(at + 5), height: two(at + 7), delay });
      at = skip(at + 10 + table(gif[at + 9] ?? 0) + 1);
    } else throw new Error(`no block of GIF at ${at}`);
  }
  return { width: two(6), height: two(8), frames };
}

async function made(input: ExportInput) {
  const exported = await exportGif(input);
  if (!exported.ok) throw new Error(exported.failure.message);
  const film = filmFor(input);
  if (!film.ok) throw new Error(film.failure.message);
  return { gif: framesOf(exported.value.content as Uint8Array), film: film.value, remarks: exported.value.remarks };
}

describe("EX80, EX81: an animation", () => {
  it.each([10, 25, 30])(
    "lasts as long as the film, to the hundredth of a second, at %s frames a second",
    async (fps) => {
      const { gif, film } = await made(inputWith({ fps }));
      const moving = film.shots.flatMap(({ tokens }) => tokens).filter((token) => token !== undefined).length;
      const still = film.shots.filter(({ tokens }) => tokens.includes(undefined)).length;
      expect(gif.frames.length).toBe(moving + still);
      expect(moving).toBeGreaterThan(fps);
      expect(gif.frames.reduce((sum, { delay }) => sum + delay, 0)).toBe(Math.round((film.frames * 100) / fps));
    },
  );

  it("begins with the whole picture, and then holds what differs, within it", async () => {
    const { gif } = await made(inputWith());
    const { width, height, frames } = gif;
    expect({ width, height }).toEqual({ width: 854, height: 480 });
    expect(frames[0]).toMatchObject({ left: 0, top: 0, width, height });
    for (const frame of frames) {
      expect(frame.left + frame.width).toBeLessThanOrEqual(width);
      expect(frame.top + frame.height).toBeLessThanOrEqual(height);
    }
    expect(frames.filter((frame) => frame.width < 100 && frame.height < 50).length).toBeGreaterThan(frames.length / 2);
  });

  it("stops when it is not wanted any more", async () => {
    const stop = new AbortController();
    const progress = () => stop.abort();
    await expect(exportGif({ ...inputWith(), signal: stop.signal, progress })).rejects.toThrow("aborted");
  });

  it("refuses steps that the flow does not have", async () => {
    const exported = await exportGif(inputWith({ steps: "9" }));
    expect(!exported.ok && exported.failure.message).toContain("9");
  });
});
