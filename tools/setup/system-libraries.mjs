// The shared libraries Electron needs on Linux, and Xvfb for tests. Debian and Ubuntu only: elsewhere their names are
// not known, and a desktop has them anyway.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { say } from "./say.mjs";

// Debian 13 and Ubuntu 24.04 renamed the libraries that were rebuilt for 64-bit time.
const renamed = ["libasound2", "libatk-bridge2.0-0", "libcups2", "libgtk-3-0"];
const unchanged = ["libgbm1", "libnss3", "libxss1"];

/** @typedef {"debian" | "ubuntu" | "other"} Family */

/**
 * @param {string} osRelease text of /etc/os-release
 * @returns {{ family: Family, time64: boolean }}
 */
export function readDistribution(osRelease) {
  const field = (/** @type {string} */ name) =>
    new RegExp(`^${name}="?([^"\n]*)"?$`, "m").exec(osRelease)?.[1]?.toLowerCase() ?? "";
  const id = field("ID");
  const version = Number.parseFloat(field("VERSION_ID"));
  if (id === "ubuntu") return { family: "ubuntu", time64: version >= 24.04 };
  // Debian testing has no version; it is newer than any that has the old names.
  if (id === "debian") return { family: "debian", time64: !(version < 13) };
  return { family: "other", time64: true };
}

/**
 * The packages Electron needs, under the names of that distribution; none where they are not known.
 * @param {string} osRelease
 * @param {{ xvfb: boolean }} options
 */
export function systemPackages(osRelease, { xvfb }) {
  const { family, time64 } = readDistribution(osRelease);
  if (family === "other") return [];
  return [...renamed.map((name) => (time64 ? `${name}t64` : name)), ...unchanged, ...(xvfb ? ["xvfb"] : [])];
}

/** @param {string[]} names */
function missingOf(names) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders
  const format = "${Package} ${db:Status-Abbrev}\n";
  const asked = spawnSync("dpkg-query", ["-W", "-f", format, ...names], {
    encoding: "utf8",
  });
  if (asked.error) return [];
  const installed = new Set(
    asked.stdout
      .split("\n")
      .filter((line) => / [a-z]i /.test(`${line} `))
      .map((line) => line.split(" ")[0]),
  );
  return names.filter((name) => !installed.has(name));
}

/** @param {string[]} args */
function aptGet(args) {
  const result = spawnSync("apt-get", args, {
    stdio: ["ignore", "ignore", 2],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  return result.status === 0;
}

/**
 * Makes sure that the system libraries are there: root installs them; anyone else is given the line to run, and the
 * start goes on, because a library may be there under another name.
 * @param {{ xvfb: boolean }} options
 */
export function ensureSystemLibraries(options) {
  if (process.platform !== "linux") return;
  ensureDebianPackages(systemPackages(readOsRelease(), options), {
    what: "system libraries",
    needed: "Electron needs system libraries that are not installed.",
    without: "if the app does not start",
  });
}

/** The programs whose own reading of an exported text is a test: Debian and Ubuntu name them alike. */
const readers = ["mscgen", "msc-generator", "plantuml", "poppler-utils"];

/** Makes sure that the programs are there to which tests give exported texts; without them these tests are skipped. */
export function ensureTestPrograms() {
  if (process.platform !== "linux" || readDistribution(readOsRelease()).family === "other") return;
  ensureDebianPackages(readers, {
    what: "programs for tests of exported texts",
    needed: "Without these programs the tests of exported texts are skipped.",
    without: "for the tests that are skipped without them",
  });
}

/**
 * @param {readonly string[]} names
 * @param {{ what: string, needed: string, without: string }} words how it is told
 */
function ensureDebianPackages(names, { what, needed, without }) {
  const missing = missingOf([...names]);
  if (missing.length === 0) return;
  const line = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (process.getuid?.() !== 0) {
    say(`${needed} Run:\n  sudo ${line}`);
    return;
  }
  say(`Installing ${what}: ${missing.join(" ")} …`);
  const flags = ["install", "-y", "-qq", "--no-install-recommends", ...missing];
  if (!aptGet(flags) && !(aptGet(["update", "-qq"]) && aptGet(flags))) {
    say(`Could not install the ${what}; ${without}, run:\n  ${line}`);
  }
}

function readOsRelease() {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return "";
  }
}
