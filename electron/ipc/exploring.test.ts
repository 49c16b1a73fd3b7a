import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import { calls, type Request } from "../../shared/ipc/contract.ts";
import type { Exploration } from "../../shared/run/exploration.ts";
import { createWorkspace } from "../workspace/workspace.ts";
import { createExplorer, type StartThread } from "./exploring.ts";

const text = readFileSync(new URL("../../flows/cpm/group-invitation.flow.json", import.meta.url), "utf8");
const found: Exploration = {
  states: 2,
  transitions: 1,
  complete: false,
  stoppedBecause: "asked",
  outcomes: [],
  violations: [{ requirement: "MLD-007", summary: "", witness: [] }],
  judged: { runs: 1, all: false },
};

function setUp() {
  const workspace = createWorkspace(
    { read: async () => fail("no"), write: async () => fail("no") },
    { ids: async () => [], read: async () => fail("no") },
  );
  const opened = workspace.openText("it", text);
  if (!opened.ok) throw new Error(opened.failure.message);
  const { handle, flow } = opened.value;
  const ends: ((result: Result<Exploration>) => void)[] = [];
  const start = vi.fn<StartThread>((_request, onProgress) => {
    onProgress({ states: 1, transitions: 0 });
    onProgress({ states: 2, transitions: 1 });
    return {
      result: new Promise((resolve) => ends.push(resolve)),
      stop: () => ends.at(-1)?.(ok(found)),
      abandon: () => ends.at(-1)?.(fail("The exploration was ended before it was done.")),
    };
  });
  const tell = vi.fn();
  const asked: Request<"explore.start"> = {
    handle,
    base: 0,
    variant: flow.variants[0]?.id ?? "",
    from: "start",
    freedoms: [{ kind: "accept", where: [] }],
    states: 1000,
    seconds: 60,
  };
  return {
    explorer: createExplorer(workspace, start, tell),
    start,
    tell,
    asked,
    end: (r: Result<Exploration>) => ends.at(-1)?.(r),
  };
}

const message = (result: Result<unknown>) => (result.ok ? "" : result.failure.message);

describe("W102 explorations for the window", () => {
  it("one at a time; it can be cancelled and says so", async () => {
    const { explorer, asked, start } = setUp();
    const { handlers } = explorer;
    const first = handlers["explore.start"](asked, "");
    await vi.waitFor(() => expect(start).toHaveBeenCalled());
    expect(message(await handlers["explore.start"](asked, ""))).toContain("under way already");
    await handlers["explore.stop"]({}, "");
    const result = await first;
    expect(result).toMatchObject({ ok: true, value: { endedBy: "person", requirements: [{ id: "MLD-007" }] } });
    expect(calls["explore.start"].response.safeParse(result.ok && result.value).success).toBe(true);
  });

  it("the end of the time is told from a cancellation", async () => {
    const { explorer, asked, start, end } = setUp();
    const going = explorer.handlers["explore.start"](asked, "");
    await vi.waitFor(() => expect(start).toHaveBeenCalled());
    end(ok(found));
    expect(await going).toMatchObject({ ok: true, value: { endedBy: "time" } });
  });

  it("ends with its flow, and with no other", async () => {
    const { explorer, asked, start } = setUp();
    const going = explorer.handlers["explore.start"](asked, "");
    await vi.waitFor(() => expect(start).toHaveBeenCalled());
    explorer.end("another");
    explorer.end(asked.handle);
    expect(message(await going)).toContain("ended before");
  });

  it("W101 keeps what was chosen before a turn; from the start what nothing free is about", async () => {
    const { explorer, asked, start } = setUp();
    const kept = async (from: typeof asked.from) => {
      const going = explorer.handlers["explore.start"]({ ...asked, from }, "");
      await vi.waitFor(() => expect(start).toHaveBeenCalled());
      await explorer.handlers["explore.stop"]({}, "");
      const result = await going;
      start.mockClear();
      return result.ok ? result.value.kept.length : -1;
    };
    expect(await kept(0)).toBe(0);
    expect(await kept("start")).toBe(1);
    expect(await kept(1_000_000)).toBeGreaterThan(1);
  });

  it("refuses in a sentence what cannot be explored", async () => {
    const { explorer, asked, tell } = setUp();
    const refused = async (change: Partial<typeof asked>) =>
      message(await explorer.handlers["explore.start"]({ ...asked, ...change }, ""));
    expect(await refused({ base: 7 })).toContain("has changed meanwhile");
    expect(await refused({ freedoms: [] })).toContain("Nothing is left free");
    expect(await refused({ freedoms: [{ kind: "accept", where: ["nobody"] }] })).toContain("not a participant");
    expect(await refused({ handle: "gone" })).toContain("not open any more");
    expect(tell).not.toHaveBeenCalled();
    const wrong = { ...asked, states: 0 };
    expect(calls["explore.start"].request.safeParse(wrong).success).toBe(false);
  });
});
