// Whether what was built still matches its sources: a fingerprint of their names, sizes and times, kept beside the
// result. Reading a few hundred directory entries is what a warm start may cost.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { outDir, root } from "../setup/paths.mjs";

/** @typedef {"electron" | "renderer"} Part */

const everyPart = ["shared", "tools/build", "tsconfig.base.json", "package-lock.json"];
/** @type {Record<Part, string[]>} */
const sources = { electron: ["electron", "renderer", ...everyPart], renderer: ["renderer", ...everyPart] };

/** @param {Part} part @param {string} [base] the repository, or a test's */
export function fingerprint(part, base = root) {
  const hash = createHash("sha256");
  for (const source of sources[part]) addTo(hash, base, source);
  return hash.digest("hex");
}

/** @param {import("node:crypto").Hash} hash @param {string} base @param {string} path */
function addTo(hash, base, path) {
  const full = join(base, path);
  if (!existsSync(full)) return;
  const stat = statSync(full);
  if (stat.isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, base, `${path}/${name}`);
  } else if (!/\.test\.tsx?$/.test(path)) {
    hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  }
}

/** @param {Part} part */
const stampOf = (part) => join(outDir, part === "renderer" ? "renderer" : "", ".built-from");

/** @param {Part} part */
export function isCurrent(part) {
  const stamp = stampOf(part);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint(part);
}

/** Runs a build; its result counts as current only when it was finished. @param {Part} part @param {() => Promise<void>} build */
export async function building(part, build) {
  const stamp = stampOf(part);
  rmSync(stamp, { force: true });
  // Taken before: a source edited while it is being built makes the result stale.
  const from = fingerprint(part);
  await build();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, from);
}
