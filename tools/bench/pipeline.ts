// What the benchmark times in process: the product's own functions, bundled as the product is.
import { computeRun, rules } from "../../electron/engine/index.ts";
import { layout } from "../../shared/diagram/layout.ts";
import { project } from "../../shared/diagram/project.ts";
import { svgPieces } from "../../shared/diagram/svg.ts";
import { print } from "../../shared/diagram/theme.ts";
import { readFlow } from "../../shared/flow/file.ts";
import type { Result } from "../../shared/flow/result.ts";
import { wholeScript } from "../../shared/run/tree.ts";

function expectValue<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** The stages in their order. */
export const stages = ["read", "run", "project", "layout", "svg"] as const;

/**
 * From the text of a document to the text of its picture, in pieces as an export writes it. Throws when the document is not wholly read.
 * @param lap called after each of the `stages`
 */
export function textToSvg(text: string, lap?: (stage: (typeof stages)[number]) => void): string[] {
  const { flow, diagnostics } = expectValue(readFlow(text, "bench.flow.json"));
  if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message);
  const script = expectValue(wholeScript(flow, flow.variants[0]?.id ?? ""));
  lap?.("read");
  const run = computeRun(flow.scenario, script);
  lap?.("run");
  const diagram = project(flow, run, flow.view ?? {}, new Map(rules().map((rule) => [rule.id, rule])));
  lap?.("project");
  const scene = layout(diagram, print);
  lap?.("layout");
  const svg = svgPieces(scene, print, { title: flow.title });
  lap?.("svg");
  return svg;
}
