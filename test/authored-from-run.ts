import { readdirSync, readFileSync } from "node:fs";
import { computeRun } from "../electron/engine/index.ts";
import { importSteps } from "../electron/import/steps.ts";
import { type Flow, flowSchema, type Role } from "../shared/flow/flow.ts";
import { sipStart } from "../shared/flow/messages.ts";
import type { Choice, HopName } from "../shared/run/choice.ts";
import type { Hop, Run } from "../shared/run/run.ts";
import { wholeScript } from "../shared/run/tree.ts";

/** Every variant of every bundled flow with its run. */
export function* bundledRuns(): Generator<{ readonly name: string; readonly flow: Flow; readonly run: Run }> {
  for (const folder of ["cpm", "sip"])
    for (const file of readdirSync(new URL(`../flows/${folder}/`, import.meta.url)).toSorted()) {
      const flow = flowSchema.parse(
        JSON.parse(readFileSync(new URL(`../flows/${folder}/${file}`, import.meta.url), "utf8")),
      );
      for (const { id } of flow.variants) {
        const name = `${file.replace(".flow.json", "")} ${id}`;
        const script = wholeScript(flow, id);
        if (!script.ok) throw new Error(script.failure.message);
        yield { name, flow, run: computeRun(flow.scenario, script.value) };
      }
    }
}

/** What a hop is called in a step table: in SIP's words, but for what a transfer's REFER and NOTIFY mean. */
const labelOf = ({ message }: Hop): string =>
  message.event !== undefined && message.status === undefined ? message.name : sipStart(message);

/** The run as a step table and read again: nothing but names, order and labels is left of it. */
export function authoredFrom(flow: Flow, run: Run): Flow {
  const names = new Map(flow.scenario.participants.map(({ id, name }) => [id, name]));
  const name = (id: string) => names.get(id) ?? id;
  const rows = run.hops.map((hop, i) => {
    const kind = hop.message.kind === "media" ? "media" : "msg";
    const note = hop.lost === undefined ? "" : "lost";
    return [i + 1, kind, name(hop.from), name(hop.to), labelOf(hop), note].join("\t");
  });
  const roles = new Map<string, Role>();
  const used = new Set(run.hops.flatMap(({ from, to }) => [from, to]));
  for (const { id, name, role } of flow.scenario.participants) if (used.has(id)) roles.set(name, role);
  const imported = importSteps(rows.join("\n"), "exported.tsv", roles);
  if (!imported.ok) throw new Error(imported.failure.message);
  return imported.value.flow;
}

/** The imported flow with every message sent and received when it was in the run, so that what crosses does so. */
export function withTheTimesOf(run: Run, flow: Flow): Flow {
  const script = flow.variants[0]?.script ?? [];
  const injections = script.filter((choice) => choice.kind === "inject");
  const drawn = new Map<HopName, { readonly choice: Choice; readonly name: HopName }>();
  const counts = new Map<string, number>();
  const inOrder: (readonly [number, number, Choice])[] = [];
  const bySending = [...run.hops.keys()].toSorted((a, b) => sentAt(run, a) - sentAt(run, b));
  for (const [n, i] of bySending.entries()) {
    const hop = run.hops[i];
    const choice = injections[i];
    if (hop === undefined || choice?.kind !== "inject") continue;
    const edge = `${choice.from}>${choice.to} ${choice.message.label}`;
    const count = (counts.get(edge) ?? 0) + 1;
    counts.set(edge, count);
    drawn.set(hop.name, { choice, name: `${edge}#${count}` });
    inOrder.push([hop.sent + 0.5, n, { ...choice, now: true }]);
  }
  for (const hop of run.hops) {
    const name = drawn.get(hop.name)?.name ?? "";
    if (hop.received !== undefined) inOrder.push([hop.received, -1, { kind: "deliver", hop: name }]);
    else if (hop.lost !== undefined) inOrder.push([hop.lost, -1, { kind: "lose", hop: name }]);
  }
  const ordered = inOrder.toSorted(([a, x], [b, y]) => a - b || x - y).map(([, , choice]) => choice);
  return { ...flow, variants: [{ id: "main", title: "As computed", script: ordered }] };
}

/** Where a hop stands among those that its turn sent. */
function sentAt(run: Run, index: number): number {
  const hop = run.hops[index];
  if (hop === undefined) return 0;
  const sends = run.turns[hop.sent]?.reactions.flatMap((r) => r.sends) ?? [];
  return hop.sent + sends.indexOf(hop.name) / (sends.length + 1);
}
