import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { checkScenario, computeRun } from "../electron/engine/index.ts";
import { layout } from "../shared/diagram/layout.ts";
import { project } from "../shared/diagram/project.ts";
import { toSvg } from "../shared/diagram/svg.ts";
import { light } from "../shared/diagram/theme.ts";
import { readFlow } from "../shared/flow/file.ts";
import { wholeScript } from "../shared/run/tree.ts";

// "constructor" and "toString" are names like any other, though every object has something of that name: in whatever
// field of a document they stand, nothing of the machine's own comes out.

type Place = readonly (string | number)[];

function textsIn(value: unknown, place: Place = []): readonly Place[] {
  if (typeof value === "string") return [place];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    textsIn(one, [...place, Array.isArray(value) ? Number(key) : key]),
  );
}

function put(document: unknown, place: Place, text: string): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return text;
  if (Array.isArray(document)) return document.with(Number(key), put(document[Number(key)], rest, text));
  const fields = document as Readonly<Record<string, unknown>>;
  return { ...fields, [key]: put(fields[key], rest, text) };
}

/** All that is told and drawn of a document. */
function saidOf(document: unknown): string {
  const read = readFlow(JSON.stringify(document), "f");
  if (!read.ok) return read.failure.message;
  const { flow, diagnostics } = read.value;
  const said: unknown[] = [diagnostics, checkScenario(flow.scenario)];
  const script = wholeScript(flow, flow.variants[0]?.id ?? "");
  if (script.ok) {
    const run = computeRun(flow.scenario, script.value);
    const diagram = project(flow, run, { level: "sip" });
    said.push(run, diagram, toSvg(layout(diagram, light), light));
  }
  return JSON.stringify(said);
}

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

it.each(["./old-files/v1/every-field.flow.json", "../flows/cpm/extend-one-to-one.flow.json"])(
  "S24 what objects have of themselves is told of no field of %s",
  (path) => {
    const document = read(path);
    // Elements of a list are alike: of each field the first one.
    const kinds = new Map(
      textsIn(document).map((place) => [place.map((key) => (+key >= 0 ? "#" : key)).join("."), place]),
    );
    expect(kinds.size).toBeGreaterThan(20);
    for (const place of kinds.values()) {
      const said = saidOf(put(document, place, "constructor"));
      expect(said.match(/.{0,80}(?:native code|\[object )/)?.[0], place.join(".")).toBeUndefined();
    }
  },
  120_000,
);
