import type { Flow } from "../../../shared/flow/flow.ts";
import { isTold, passagesOf } from "../../../shared/flow/passages.ts";
import { pointer } from "../../../shared/flow/place.ts";
import { recognise } from "../../../shared/flow/recognise.ts";
import type { Diagnostic } from "../../../shared/flow/result.ts";
import { referencesIn } from "../../../shared/flow/step-references.ts";
import type { HopName } from "../../../shared/run/choice.ts";
import { divergenceInWords } from "../../../shared/run/divergence-words.ts";
import type { Run } from "../../../shared/run/run.ts";

/** What is wrong with the run of the variant `id`, the one at `index`: where it stops, and what its figure leaves out. */
export function runDiagnostics(
  run: Run,
  id: string,
  index: number,
  names: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  return [endOf(run, id, index, names), beginning(run, id, index)].filter((found) => found !== undefined);
}

function endOf(run: Run, id: string, index: number, names: ReadonlyMap<string, string>): Diagnostic | undefined {
  const { end, turns, divergence } = run;
  if (end === "rest") return undefined;
  const at = `/variants/${index}/script${divergence === undefined ? "" : `/${divergence.at}`}`;
  const message =
    end === "limit"
      ? `Variant ${id} was stopped after ${turns.length} turns: it does not come to rest.`
      : stopped(run, id, names);
  return { severity: "error", code: end === "limit" ? "no-rest" : "diverged", message, at };
}

function stopped(run: Run, id: string, names: ReadonlyMap<string, string>): string {
  const said = divergenceInWords(run, names);
  if (said === undefined) return `Variant ${id} stops: the next choice of its script is not possible there.`;
  const why = said.why === undefined ? "" : `: ${said.why}`;
  return `Variant ${id} stops before choice ${said.number} of its script, “${said.choice}”, which is not possible there${why}.`;
}

/** A figure that begins with an answer leaves out what is answered; no requirement may be judged by that. */
function beginning({ hops }: Run, id: string, index: number): Diagnostic | undefined {
  const message = hops[0]?.message;
  const said = message === undefined || message.kind === "media" ? undefined : recognise(message.name);
  const isAnswer = said?.kind === "response" || said?.method === "ACK";
  if (message?.method !== undefined || !isAnswer) return undefined;
  const text = `Variant ${id} begins with “${message?.name}”; what it answers is not shown.`;
  return { severity: "warning", code: "begins-with-answer", message: text, at: `/variants/${index}/script/0` };
}

/** Prose and notes of a flow whose step happens in none of `runs`, those of its variants, and references to such steps. */
export function placeDiagnostics(flow: Flow, runs: readonly Run[]): readonly Diagnostic[] {
  const hops = new Set(runs.flatMap((run) => run.hops.map((hop) => hop.name)));
  const places = (["prose", "notes"] as const).flatMap((list) =>
    (flow[list] ?? []).map(({ at }, i) => ({ at, pointer: `/${list}/${i}/at` })),
  );
  const unknown = places.flatMap(({ at, pointer }): Diagnostic[] => {
    if (at === undefined || hops.has(at)) return [];
    return [{ severity: "warning", code: "unknown-step", message: `No variant has a step “${at}”.`, at: pointer }];
  });
  return [...unknown, ...danglingReferences(flow, hops)];
}

function danglingReferences(flow: Flow, hops: ReadonlySet<HopName>): readonly Diagnostic[] {
  return passagesOf(flow)
    .filter(isTold)
    .flatMap(({ path, text }) =>
      referencesIn(text)
        .filter((hop) => !hops.has(hop))
        .map((hop): Diagnostic => {
          const message = `The text refers to the step “${hop}”, which no variant has.`;
          return { severity: "warning", code: "dangling-reference", message, at: pointer(path) };
        }),
    );
}
