// `npm start`: sets up what is missing, then opens the app. Files named as arguments are opened in it. Without a display
// it plays the same first flow in the terminal.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { hasDisplay } from "./setup/display.mjs";
import { electronSwitches } from "./setup/electron-runtime.mjs";
import { outDir, root } from "./setup/paths.mjs";
import { run } from "./setup/run.mjs";
import { runScript, say } from "./setup/say.mjs";
import { ensureApp, ensureTools } from "./setup/setup.mjs";

const firstFlow = "flows/cpm/group-invitation.flow.json";
const formats = ["svg", "md", "json"];

/** npm starts scripts in the repository; file names are meant from where the person is. @param {string} argument */
function fromWhereTheyAre(argument) {
  return argument.startsWith("-") ? argument : resolve(process.env.INIT_CWD ?? ".", argument);
}

async function openWindow() {
  const { runtime, env } = await ensureApp({ xvfb: false });
  await ensureBuilt();
  return run(runtime.binary, [...electronSwitches(), root, ...process.argv.slice(2).map(fromWhereTheyAre)], { env });
}

async function playInTerminal() {
  ensureTools();
  await ensureBuilt({ parts: ["electron"] });
  say("There is no display, so here is the first flow in the terminal; on a desktop the same command opens the app.\n");
  const cli = join(outDir, "cli.cjs");
  let worst = await run(process.execPath, [cli, "run", firstFlow], { cwd: root });
  say("");
  mkdirSync(join(root, "callflow-out"), { recursive: true });
  for (const format of formats) {
    const file = join("callflow-out", `group-invitation.${format}`);
    const code = await run(process.execPath, [cli, "export", firstFlow, "--to", format, "-o", file], { cwd: root });
    if (code === 0) say(`${format === "svg" ? "Figure" : "Document"} written to ${file}`);
    worst = Math.max(worst, code);
  }
  return worst;
}

await runScript(() => (hasDisplay() ? openWindow() : playInTerminal()));
