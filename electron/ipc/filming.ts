import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { EventPayload, Handlers } from "../../shared/ipc/contract.ts";
import type { EncodeFilm, ToEncode } from "../export/formats.ts";

export interface Filming {
  readonly encode: EncodeFilm;
  readonly handlers: Pick<Handlers, "film.shot" | "film.part" | "film.end">;
}

/** A larger film is refused: it is held in memory until it is whole. */
const LARGEST = 1024 * 1024 * 1024;

interface Going {
  readonly id: string;
  readonly film: ToEncode;
  readonly parts: Buffer[];
  readonly end: (result: Awaited<ReturnType<EncodeFilm>>) => void;
  /** The page was heard. */
  readonly heard: () => void;
}

/**
 * Codes films with the help of the page, which alone has the codecs: the page is told that a film is wanted, asks for its
 * shots, and hands over the file in parts. One film at a time.
 * @param patience how long the page may be silent, in ms: it may have been lost
 */
export function createFilming(tell: (wanted: EventPayload<"film.wanted">) => void, patience = 120_000): Filming {
  let going: Going | undefined;
  let count = 0;

  const encode: EncodeFilm = (film, signal) =>
    new Promise((resolve, reject) => {
      let silence: NodeJS.Timeout | undefined;
      const id = `film-${++count}`;
      const over = () => {
        clearTimeout(silence);
        signal?.removeEventListener("abort", stopped);
        if (going?.id === id) going = undefined;
      };
      const end: Going["end"] = (result) => {
        over();
        resolve(result);
      };
      const stopped = () => {
        over();
        reject(signal?.reason);
      };
      const heard = () => {
        clearTimeout(silence);
        silence = setTimeout(() => end(fail("The window stopped coding the video; try it again.")), patience);
      };
      if (signal?.aborted === true) return stopped();
      signal?.addEventListener("abort", stopped);
      going?.end(fail("Another video was started."));
      going = { id, film, parts: [], end, heard };
      heard();
      const { container, width, height, fps, token } = film;
      tell({ film: id, container, width, height, fps, token });
    });

  /** The film under way, if it is the one that the page means. */
  const under = (id: string): Result<Going> => {
    if (going?.id !== id) return fail("This video is not wanted any more.");
    going.heard();
    return ok(going);
  };

  return {
    encode,
    handlers: {
      "film.shot": async ({ film: id }) => {
        const one = under(id);
        if (!one.ok) return one;
        const shot = await one.value.film.next();
        if (shot === undefined) return ok(null);
        return ok({
          png: Buffer.from(shot.png).toString("base64"),
          tokens: shot.tokens.map((token) => token ?? null),
        });
      },
      "film.part": async ({ film: id, data }) => {
        const one = under(id);
        if (!one.ok) return one;
        const { parts, end } = one.value;
        parts.push(Buffer.from(data, "base64"));
        if (parts.reduce((sum, part) => sum + part.length, 0) > LARGEST)
          end(fail("The video is larger than a gigabyte; choose a smaller size, or fewer steps."));
        return ok(null);
      },
      "film.end": async ({ film: id, codec, problem }) => {
        const one = under(id);
        if (!one.ok) return one;
        const { parts, end } = one.value;
        if (codec === undefined || parts.length === 0) end(fail(problem ?? "The window did not code the video."));
        else end(ok({ content: new Uint8Array(Buffer.concat(parts)), codec }));
        return ok(null);
      },
    },
  };
}
