// The page of a handout, put into the program as text: `virtual:handout` exports its script and its style.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build } from "vite";

const NAME = "virtual:handout";
const entry = fileURLToPath(new URL("../../renderer/handout/main.tsx", import.meta.url));

/** Builds the page as one script and one style. @returns {Promise<{ script: string, style: string }>} */
async function buildHandout() {
  const built = await build({
    configFile: false,
    root: fileURLToPath(new URL("../../renderer", import.meta.url)),
    mode: "production",
    logLevel: "warn",
    publicDir: false,
    plugins: [react()],
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      // What is current in Chromium and Firefox.
      target: ["chrome130", "firefox128"],
      cssCodeSplit: false,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: entry, output: { format: "iife", codeSplitting: false } },
    },
  });
  let script = "";
  let style = "";
  for (const { output } of [built].flat().filter((result) => "output" in result)) {
    for (const file of output) {
      if (file.type === "chunk") script += file.code;
      else if (file.fileName.endsWith(".css")) style += file.source;
    }
  }
  return { script, style };
}

/** Gives the page to whatever imports `virtual:handout`; built when that is asked for. @returns {import("vite").Plugin} */
export function handoutPage() {
  /** @type {ReturnType<typeof buildHandout> | undefined} */
  let built;
  return {
    name: "callflow-handout",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    async load(id) {
      if (id !== `\0${NAME}`) return undefined;
      built ??= buildHandout();
      const { script, style } = await built;
      return `export const script = ${JSON.stringify(script)};\nexport const style = ${JSON.stringify(style)};`;
    },
  };
}
