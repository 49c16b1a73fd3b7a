// What the benchmark of conformance times: the product's own functions, bundled as the product is.
import { readFileSync } from "node:fs";
import { computeRun, conform } from "../../electron/engine/index.ts";
import { type Flow, flowSchema } from "../../shared/flow/flow.ts";
import { sipStart } from "../../shared/flow/messages.ts";
import type { Choice } from "../../shared/run/choice.ts";

const bundled = (path: string): Flow => flowSchema.parse(JSON.parse(readFileSync(path, "utf8")));

/**
 * A bundled flow drawn message by message, so many times one after the other, and replayed against the rules.
 * @param path of the flow
 * @param isBroken one message in the middle is left out
 * @returns how many messages are drawn, and what replays them and says what came of it
 */
export function drawn(path: string, times: number, isBroken: boolean) {
  const { title, format, version, scenario, variants } = bundled(path);
  const { hops } = computeRun(scenario, variants[0]?.script ?? []);
  const once = hops.map(
    ({ from, to, message }): Choice => ({
      kind: "inject",
      from,
      to,
      message: { label: sipStart(message), ...(message.kind === "media" && { kind: "media" as const }) },
    }),
  );
  const all = Array.from({ length: times }, () => once).flat();
  const script = isBroken ? all.toSpliced(Math.floor(times / 2) * once.length + 3, 1) : all;
  const { participants, users } = scenario;
  const flow: Flow = {
    format,
    version,
    title,
    scenario: { participants, ...(users && { users }) },
    variants: [{ id: "main", title: "Drawn", script: [...script] }],
  };
  const run = computeRun(flow.scenario, script);
  return { messages: script.length, replay: () => conform(flow, run).says };
}
