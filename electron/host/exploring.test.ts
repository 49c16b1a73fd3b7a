import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { flowSchema } from "../../shared/flow/flow.ts";
import type { Choice } from "../../shared/run/choice.ts";
import { builtWorker } from "../../test/built-worker.ts";
import { explore, usualFreedoms } from "../engine/index.ts";
import type { ExploreRequest } from "./explore-request.ts";
import { startExploring } from "./exploring.ts";

const root = new URL("../../", import.meta.url);
const built = builtWorker("explore.worker");

const text = readFileSync(new URL("flows/cpm/group-invitation.flow.json", root), "utf8");
const flow = flowSchema.parse(JSON.parse(text));
const invite: Choice = { kind: "stimulate", participant: "cfX", stimulus: "invite" };
/** Four devices that all ring: more than can be explored while anybody waits. */
const large = flowSchema.parse(
  JSON.parse(text.replace(/"media": \["messages"\] \}/, '"media": ["messages", "video"] }')),
);
const request: ExploreRequest = { flow, script: [invite], freedoms: usualFreedoms };
const endless: ExploreRequest = {
  ...request,
  flow: large,
  freedoms: [...usualFreedoms, { kind: "end", where: [] }, { kind: "loss", where: [], number: 3 }],
  bounds: { states: 100_000_000 },
};

describe("X33 an exploration in a thread", () => {
  it("tells its progress and what it found", async () => {
    const told: number[] = [];
    const found = await startExploring(built.worker, request, ({ states }) => told.push(states)).result;
    const here = explore(flow.scenario, request.script, { freedoms: usualFreedoms });
    const states = here.ok && here.value.states;
    expect(found).toMatchObject({ ok: true, value: { complete: true, states } });
    expect(told.at(-1)).toBe(states);
  }, 60_000);

  it("stops when it is asked to, with what it has found, and leaves this thread free meanwhile", async () => {
    const running = startExploring(built.worker, endless, ({ states }) => {
      // Heard while the other thread computes: this one is not held up.
      if (states > 2_000) running.stop();
    });
    const found = await running.result;
    expect(found).toMatchObject({ ok: true, value: { complete: false, stoppedBecause: "asked" } });
    if (found.ok) expect(found.value.outcomes.length).toBeGreaterThan(0);
  }, 120_000);

  it("stops by itself after the time it was given", async () => {
    const found = await startExploring(built.worker, { ...endless, seconds: 0.2 }).result;
    expect(found).toMatchObject({ ok: true, value: { complete: false, stoppedBecause: "asked" } });
  }, 120_000);

  it("is a failure in a sentence when it is ended at once, or what it is to explore is not possible", async () => {
    const running = startExploring(built.worker, endless);
    running.abandon();
    expect(await running.result).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining("ended before") },
    });
    const impossible = await startExploring(built.worker, {
      ...request,
      script: [{ ...invite, participant: "clientB1" }],
    }).result;
    expect(impossible).toMatchObject({ ok: false, failure: { message: expect.stringContaining("is not possible") } });
  }, 60_000);
});
