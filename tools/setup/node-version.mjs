// The build tools state ^20.19 or >=22.12; an older Node fails later with errors that do not say why.
import { SetupFailure } from "./say.mjs";

const oldest = { major: 20, minor: 19 };

/** Throws a SetupFailure when this Node is too old. @param {string} version such as "20.19.0" */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const fine = major > oldest.major || (major === oldest.major && minor >= oldest.minor);
  if (fine) return;
  throw new SetupFailure(`Callflow needs Node ${oldest.major}.${oldest.minor} or newer; this is Node ${version}.`);
}
