import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type LaunchedApp, launchApp } from "./launch.ts";

// A document all of whose texts are markup that would run a script, open in the real app.

const attack = `<img src=x onerror="globalThis.pwned='image'"><script>globalThis.pwned='script'</script>`;
/** The document. */
export const hostileFlow = {
  format: "callflow",
  version: 1,
  title: `Title ${attack}`,
  clause: attack,
  figure: attack,
  introduction: attack,
  source: attack,
  scenario: {
    participants: [
      { id: "a", name: `Mallory ${attack}`, role: "other" },
      { id: "b", name: "</text></svg><script>globalThis.pwned='svg'</script>", role: "other" },
    ],
  },
  variants: [
    {
      id: "main",
      title: attack,
      description: attack,
      script: [{ kind: "inject", from: "a", to: "b", message: { label: `Hello ${attack}` } }],
    },
  ],
  prose: [{ at: `a>b Hello ${attack}#1`, text: `[link](javascript:globalThis.pwned='link') ${attack}` }],
  notes: [{ text: attack }, { over: ["a", "b"], text: attack }],
};

export interface HostileApp extends Pick<LaunchedApp, "app" | "page"> {
  /** Where the document is. */
  readonly folder: string;
  /** The address of a server that is not the app's. */
  readonly outside: string;
  /** What that server was asked for. */
  readonly reached: readonly (string | undefined)[];
}

/** The app with that document, for all tests of a file: started before the first and closed after the last. */
export function hostileApp(): HostileApp {
  let launched: LaunchedApp | undefined;
  let folder = "";
  let server: Server | undefined;
  let outside = "";
  const reached: (string | undefined)[] = [];
  test.beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "callflow-security-"));
    writeFileSync(join(folder, "hostile.flow.json"), JSON.stringify(hostileFlow));
    const listening = createServer((request, response) => {
      reached.push(request.url);
      response.setHeader("access-control-allow-origin", "*");
      response.end("<p>outside");
    });
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
    outside = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/`;
    launched = await launchApp({ args: [join(folder, "hostile.flow.json")] });
    await expect(launched.page).toHaveTitle(/hostile\.flow\.json/);
  });

  test.afterAll(async () => {
    await launched?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const now = () => {
    if (launched === undefined) throw new Error("The app is not started before the tests of the file.");
    return launched;
  };
  return {
    get app() {
      return now().app;
    },
    get page() {
      return now().page;
    },
    get folder() {
      return folder;
    },
    get outside() {
      return outside;
    },
    reached,
  };
}
