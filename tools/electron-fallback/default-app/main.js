// Stands in for the default app that the fallback runtime was published without: it lets `electron FOLDER` and a test
// driver's `-r FILE` work. Top-level await is what holds back Electron's ready event until the app's own module has run;
// without it the app could no longer register its scheme.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { app } from "electron";

const require = createRequire(import.meta.url);
const preloads = [];
let folder;
for (let i = 1; i < process.argv.length && folder === undefined; i += 1) {
  const argument = process.argv[i];
  if (argument === "-r" || argument === "--require") preloads.push(process.argv[++i]);
  else if (!argument.startsWith("-")) folder = resolve(argument);
}
process.defaultApp = true;

for (const file of preloads) require(resolve(file));

if (folder === undefined) {
  process.stderr.write("The fallback runtime starts an app: electron FOLDER\n");
  app.exit(2);
} else {
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  app.setName(about.productName ?? about.name);
  if (about.version) app.setVersion(about.version);
  app.setAppPath(folder);
  await import(pathToFileURL(resolve(folder, about.main ?? "index.js")).href);
}
