import { FILM_PART } from "../../shared/ipc/contract.ts";
import { call } from "./bridge.ts";

/** Hands a coded film over to main in parts. False when main does not want it any more. */
export async function sendFilm(film: string, content: Uint8Array): Promise<boolean> {
  // Three bytes are four characters.
  const size = (FILM_PART / 4) * 3;
  for (let at = 0; at < content.length; at += size) {
    const sent = await call("film.part", { film, data: base64Of(content.subarray(at, at + size)) });
    if (!sent.ok) return false;
  }
  return true;
}

/** Bytes made text at once: a call has only so many arguments. */
const AT_ONCE = 0x6000;

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += AT_ONCE) text += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  return btoa(text);
}
