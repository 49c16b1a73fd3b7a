import { fail, ok, type Result } from "../../shared/flow/result.ts";
import { pngOfChunks } from "./carrier/png-chunks.ts";
import { filmFor, filmRemarks } from "./film.ts";
import type { Exported, ExportInput, ToEncode } from "./formats.ts";
import { encodePainted } from "./png-encode.ts";
import { painted } from "./raster.ts";

/** The film as a WebM video. */
export const exportWebm = (input: ExportInput): Promise<Result<Exported>> => exportVideo(input, "webm");

/** The film as an MP4 video. */
export const exportMp4 = (input: ExportInput): Promise<Result<Exported>> => exportVideo(input, "mp4");

/** The pictures are painted here and coded by the window, shot by shot. */
async function exportVideo(input: ExportInput, container: ToEncode["container"]): Promise<Result<Exported>> {
  const { encode, signal, progress } = input;
  if (encode === undefined) return fail("Video is made by the app’s window: export it there, or choose gif here.");
  const made = filmFor(input);
  if (!made.ok) return made;
  const film = made.value;
  const { width, height, fps, token, shots } = film;
  let at = 0;
  let frames = 0;
  const next = async () => {
    const shot = shots[at];
    progress?.(frames / film.frames);
    if (shot === undefined) return undefined;
    at++;
    frames += shot.tokens.length;
    const png = pngOfChunks(encodePainted(await painted(film.picture(shot), 1)));
    return { png, tokens: shot.tokens };
  };
  const coded = await encode({ width, height, fps, token, container, next }, signal);
  if (!coded.ok) return coded;
  const { content, codec } = coded.value;
  const other =
    container === "mp4" && codec !== "avc"
      ? [
          `This computer cannot code H.264; the video is coded as ${codec.toUpperCase()}, which some programs do not play.`,
        ]
      : [];
  return ok({ content, remarks: [...other, ...(await filmRemarks(film, shots.map(film.picture)))] });
}
