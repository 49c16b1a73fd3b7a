import { sameSaid } from "./same-said.ts";

// Two texts in, whether they say the same out, one after the other.
addEventListener("message", ({ data }: MessageEvent<readonly [string, string]>) => postMessage(sameSaid(...data)));
