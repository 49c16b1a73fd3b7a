import type { Flow } from "../../shared/flow/flow.ts";
import { type Diagnostic, ok, type Result } from "../../shared/flow/result.ts";
import { spellingDiagnostics } from "../../shared/flow/spelling.ts";
import type { Run } from "../../shared/run/run.ts";
import type { Checked } from "../../shared/run/verdict.ts";
import { checkRows, checkText, checkVariant, conform, placeDiagnostics, runDiagnostics } from "../engine/index.ts";
import type { Runs } from "./runs.ts";

/**
 * Judges one variant's run and the document around it. `diagnostics` are those of the document itself; what its text
 * cites counts as exercised where any variant shows it. Fails when the variant has no run; of the other variants those
 * without one are passed over: the document's own diagnostics name them.
 */
export function checkFlow(
  flow: Flow,
  diagnostics: readonly Diagnostic[],
  variant: string,
  computed: Pick<Runs, "of" | "ofAll">,
): Result<Checked> {
  const run = computed.of(flow, variant);
  if (!run.ok) return run;
  const runs: Run[] = [];
  const names = new Map(flow.scenario.participants.map((p) => [p.id, p.name]));
  const found: Diagnostic[] = [...diagnostics];
  const ids = flow.variants.map(({ id }) => id);
  for (const [index, other] of computed.ofAll(flow, ids).entries()) {
    const id = ids[index];
    if (!other.ok || id === undefined) continue;
    runs.push(other.value);
    found.push(...runDiagnostics(other.value, id, index, names));
  }
  found.push(...placeDiagnostics(flow, runs), ...spellingDiagnostics(flow));
  const conformance = conformanceOf(flow, run.value);
  return ok({
    ...(conformance === undefined ? undefined : { conformance }),
    run: checkVariant(flow, variant, run.value),
    text: checkText(flow, runs),
    rows: checkRows(flow, runs),
    diagnostics: found,
  });
}

/** So many drawn messages are replayed against the rules while a person waits. */
const REPLAYED = 1000;

/** Whether the rules would do what an author did to the run; undefined where no author did anything. */
function conformanceOf(flow: Flow, run: Run): Checked["conformance"] {
  const authored = run.turns.filter(
    ({ choice: { kind } }) => kind === "inject" || kind === "withhold" || kind === "alter",
  );
  if (authored.length === 0) return undefined;
  if (authored.length <= REPLAYED) return conform(flow, run);
  return `With ${authored.length} drawn messages it is too long to be replayed here; \`callflow check\` does it.`;
}
