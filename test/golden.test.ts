import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { computeRun, initial, step } from "../electron/engine/index.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import { choiceKey } from "../shared/run/choice.ts";
import type { Run } from "../shared/run/run.ts";
import { wholeScript } from "../shared/run/tree.ts";

/**
 * Every variant of every bundled flow, one readable line an event. `GOLDEN=write npx vitest run test/golden.test.ts`
 * writes the files anew; read them before committing.
 */
const flowsFolder = new URL("../flows/", import.meta.url);
const goldenFolder = new URL("./golden/", import.meta.url);

const files = readdirSync(flowsFolder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".flow.json"))
  .sort();

function trace(run: Run): string {
  const lines = run.turns.map((turn, i) => {
    const what = turn.choice.kind === "deliver" ? turn.choice.hop : choiceKey(turn.choice);
    const rules = turn.reactions.map((r) => r.rule).join(" ");
    const told = turn.reactions.flatMap((r) => r.milestones.map((m) => ` * ${m.id}`)).join("");
    return `${String(i + 1).padStart(3)}  ${what.padEnd(34)} ${rules}${told}`.trimEnd();
  });
  return [...lines, `end: ${run.end}`, ""].join("\n");
}

describe.each(files)("%s", (file) => {
  const flow: Flow = flowSchema.parse(JSON.parse(readFileSync(new URL(file, flowsFolder), "utf8")));
  it.each(flow.variants.map((v) => v.id))(
    "E30 variant %s runs to rest as recorded, and leaves nothing running",
    (id) => {
      const script = wholeScript(flow, id);
      if (!script.ok) throw new Error(script.failure.message);
      const run = computeRun(flow.scenario, script.value);
      expect(run.end).toBe("rest");
      expect(run.turns.flatMap((t) => t.unexpected ?? [])).toEqual([]);
      let world = initial(flow.scenario);
      for (const turn of run.turns) world = step(world, turn.choice)?.world ?? world;
      expect([...world.timers.values()].flatMap((group) => [...group.keys()])).toEqual([]);
      expect(world.flight).toEqual([]);
      const golden = new URL(`${file.replace("/", "-").replace(".flow.json", "")}.${id}.trace.txt`, goldenFolder);
      if (process.env.GOLDEN === "write") {
        mkdirSync(goldenFolder, { recursive: true });
        writeFileSync(golden, trace(run));
      }
      expect(existsSync(golden), `no golden trace ${golden.pathname}`).toBe(true);
      expect(trace(run)).toBe(readFileSync(golden, "utf8"));
    },
  );
});
