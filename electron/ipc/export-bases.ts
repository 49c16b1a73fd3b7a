import { project } from "../../shared/diagram/project.ts";
import type { ExportSettings } from "../../shared/export-settings.ts";
import type { Flow, View } from "../../shared/flow/flow.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import type { Run } from "../../shared/run/run.ts";
import { rules } from "../engine/index.ts";
import { type Compared, compared, noSuchBase } from "../export/bases.ts";
import type { Drawn, ExportInput } from "../export/formats.ts";
import { played } from "../workspace/played.ts";
import type { ExportFiles } from "./export-files.ts";

export type DrawnFlow = NonNullable<ExportInput["others"]>[number];

/**
 * What each flow of a document was: in the file that `base` names, in the variant that the file shows, else in that of the
 * same name or the main one. Nothing for the first where a variant is named, which the exporter draws.
 */
export function drawBases(
  flows: readonly [DrawnFlow, ...DrawnFlow[]],
  { base }: ExportSettings,
  files: ExportFiles,
): Result<readonly Compared<DrawnFlow>[]> {
  const name = String(base ?? "");
  const [first, ...others] = flows;
  if (name === "") return ok(flows.map(() => ({})));
  if (first.flow.variants.some(({ id }) => id === name)) return variantsOf(others, name);
  const bases = files.bases(name);
  if (!bases.ok) return bases;
  const found = compared(
    flows.map(({ flow }) => flow),
    bases.value,
    name,
  );
  if (!found.ok) return found;
  const drawn: Compared<DrawnFlow>[] = [];
  for (const [i, { base: was }] of found.value.entries()) {
    const { variant, view = {} } = flows[i] as DrawnFlow;
    const one = was === undefined ? undefined : playedFlow(was.flow, was.variant ?? variant, view);
    if (one?.ok === false) return one;
    drawn.push(one === undefined ? { isNew: true } : { base: one.value });
  }
  return ok(drawn);
}

/** Further flows are compared with their variant of a name. */
function variantsOf(others: readonly DrawnFlow[], variant: string): Result<readonly Compared<DrawnFlow>[]> {
  const found: Compared<DrawnFlow>[] = [{}];
  for (const { flow, view = {} } of others) {
    if (!flow.variants.some(({ id }) => id === variant)) return noSuchBase(flow, variant);
    const drawn = playedFlow(flow, variant, view);
    if (!drawn.ok) return drawn;
    found.push({ base: drawn.value });
  }
  return ok(found);
}

/** A variant that was run, as it is seen. */
export function drawnFlow(flow: Flow, variant: string, run: Run, view: View): Drawn {
  const known = new Map(rules().map((rule) => [rule.id, rule]));
  return { variant, run, diagram: project(flow, run, view, known, variant) };
}

/** A flow with one of its variants, or its main one, run and seen. */
export function playedFlow(flow: Flow, variant: string | undefined, view: View): Result<DrawnFlow> {
  const side = played(flow, variant);
  return side.ok ? ok({ flow, view, ...drawnFlow(flow, side.value.variant, side.value.run, view) }) : side;
}
