import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  type VideoCodec,
  WebMOutputFormat,
} from "mediabunny";
import type { EventPayload } from "../../shared/ipc/contract.ts";
import { call } from "../bridge/bridge.ts";
import { sendFilm } from "../bridge/film-parts.ts";

type Wanted = EventPayload<"film.wanted">;
type Coded = { readonly codec: VideoCodec; readonly content: Uint8Array } | { readonly problem: string };

/** What a video may be coded with, the first that there is. */
const codecs: Readonly<Record<Wanted["container"], VideoCodec[]>> = {
  webm: ["vp9", "vp8", "av1"],
  mp4: ["avc", "vp9", "av1"],
};

/** A seek in a player goes to a key frame first, in seconds. */
const KEY_FRAME_INTERVAL = 2;

/** Codes the film that main wants and hands it over. Whatever goes wrong is told main, which tells the person. */
export async function makeFilm(wanted: Wanted): Promise<void> {
  const { film } = wanted;
  const coded = await encode(wanted).catch((error: unknown) => ({ problem: `The video cannot be coded: ${error}` }));
  if (coded === undefined) return;
  if ("problem" in coded) {
    await call("film.end", { film, problem: coded.problem.slice(0, 2000) });
    return;
  }
  if (!(await sendFilm(film, coded.content))) return;
  await call("film.end", { film, codec: coded.codec });
}

/** The file; undefined when it is not wanted any more. */
async function encode(wanted: Wanted): Promise<Coded | undefined> {
  const { film, container, width, height, fps } = wanted;
  const codec = await getFirstEncodableVideoCodec(codecs[container], { width, height, bitrate: QUALITY_HIGH });
  if (codec === null) {
    return { problem: `This computer cannot code a video of ${width} × ${height}; choose a smaller size, or a GIF.` };
  }
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d", { alpha: false });
  if (pen === null) return { problem: "This computer cannot paint a video." };
  const target = new BufferTarget();
  const format = container === "webm" ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: "in-memory" });
  const output = new Output({ format, target });
  const source = new CanvasSource(canvas, { codec, bitrate: QUALITY_HIGH, keyFrameInterval: KEY_FRAME_INTERVAL });
  output.addVideoTrack(source, { frameRate: fps });
  await output.start();
  for (let frame = 0; ; ) {
    const shot = await call("film.shot", { film });
    if (!shot.ok) {
      await output.cancel();
      return undefined;
    }
    if (shot.value === null) break;
    const still = await createImageBitmap(new Blob([bytesOf(shot.value.png)], { type: "image/png" }));
    for (const token of shot.value.tokens) {
      pen.drawImage(still, 0, 0);
      if (token !== null) paintToken(pen, token, wanted.token);
      await source.add(frame / fps, 1 / fps);
      frame++;
    }
    still.close();
  }
  await output.finalize();
  return { codec, content: new Uint8Array(target.buffer ?? new ArrayBuffer(0)) };
}

function paintToken(
  pen: OffscreenCanvasRenderingContext2D,
  { x, y }: { readonly x: number; readonly y: number },
  { radius, color }: Wanted["token"],
): void {
  pen.fillStyle = color;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
