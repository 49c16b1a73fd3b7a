// `npm run bench`: measures and prints tables; fails only when something could not be run. `npm run bench -- svg` and
// `npm run bench -- app` run a part, as do `-- edits`, `-- explore` and `-- scale`; `--own` leaves the slow peers out.
import { cpus, totalmem } from "node:os";
import { runScript, SetupFailure } from "../setup/say.mjs";
import { ensureTools } from "../setup/setup.mjs";

const parts = ["svg", "app", "edits", "explore", "scale", "exports"];

await runScript(async () => {
  ensureTools();
  const words = process.argv.slice(2);
  const unknown = words.find((word) => !parts.includes(word) && word !== "--own");
  if (unknown !== undefined) {
    throw new SetupFailure(`“${unknown}” is no part of the benchmark; the parts are ${parts.join(" and ")}.`);
  }
  const wanted = parts.some((part) => words.includes(part)) ? words : parts;
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}`,
  );
  if (wanted.includes("svg")) await (await import("./svg.mjs")).benchSvg({ peers: !words.includes("--own") });
  if (wanted.includes("app")) await (await import("./app.mjs")).benchApp();
  if (wanted.includes("edits")) await (await import("./app.mjs")).benchEdits();
  if (wanted.includes("explore")) await (await import("./explore.mjs")).benchExplore();
  if (wanted.includes("scale")) await (await import("./scale.mjs")).benchScale();
  if (wanted.includes("exports")) await (await import("./exports.mjs")).benchExports();
  return 0;
});
