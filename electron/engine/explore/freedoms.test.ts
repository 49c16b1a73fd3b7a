import { describe, expect, it } from "vitest";
import type { Scenario } from "../../../shared/flow/flow.ts";
import type { Choice } from "../../../shared/run/choice.ts";
import type { Freedom } from "../../../shared/run/exploration.ts";
import { compileFreedoms, prefixLength, readFreedoms } from "./freedoms.ts";

const scenario: Scenario = {
  participants: [
    { id: "a", name: "A", role: "client", user: "a" },
    { id: "core", name: "Core", role: "core" },
    { id: "b", name: "B", role: "client", user: "b" },
  ],
};

const read = (text: string): readonly Freedom[] => {
  const found = readFreedoms(text, scenario);
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
};

describe("X2 freedoms as text", () => {
  it("are read with numbers and places", () => {
    expect(read("accept:a+b, decline=603,timers:T_ring,loss=2:core>b,order")).toEqual([
      { kind: "accept", where: ["a", "b"] },
      { kind: "decline", where: [], number: 603 },
      { kind: "timers", where: ["T_ring"] },
      { kind: "loss", where: ["core>b"], number: 2 },
      { kind: "order", where: [] },
    ]);
    expect(read("answers:b").map(({ kind }) => kind)).toEqual(["accept", "decline", "silent"]);
  });

  it.each([
    ["wait", "“wait” is not a freedom"],
    ["accept,", "“” is not a freedom"],
    ["accept:c", "“c” in the freedom “accept” is not a participant"],
    ["accept:a>b", "about participants, not about the edge “a>b”"],
    ["loss:a>c", "“c” in “loss:a>c” is not a participant"],
    ["decline=200", "from 400 to 699, not 200"],
    ["loss=0", "From 1 to 100 messages"],
    ["order=2", "“order” takes no number"],
  ])("X5 %s is refused", (text, sentence) => {
    const found = readFreedoms(text, scenario);
    expect(found).toMatchObject({ ok: false });
    if (!found.ok) expect(found.failure.message).toContain(sentence);
  });
});

describe("freedoms as questions", () => {
  const act = (
    participant: string,
    stimulus: "accept" | "decline" | "end",
  ): Extract<Choice, { kind: "stimulate" }> => ({
    kind: "stimulate",
    participant,
    stimulus,
    what: "call",
  });

  it("X2 hold where they are confined to, and give a decline the code that was asked for", () => {
    const free = compileFreedoms(read("accept:a,decline,decline=603:b,loss=3:core>b,timers:T_ring"));
    expect(free.actsOf(act("a", "accept"))).toHaveLength(1);
    expect(free.actsOf(act("b", "accept"))).toEqual([]);
    expect(free.actsOf(act("b", "decline"))).toEqual([act("b", "decline"), { ...act("b", "decline"), code: 603 }]);
    expect(free.actsOf(act("b", "end"))).toEqual([]);
    expect([free.losses, free.isLosable("core", "b"), free.isLosable("b", "core")]).toEqual([3, true, false]);
    expect([free.isTimerFree("a", "T_ring"), free.isTimerFree("a", "Timer_B")]).toEqual([true, false]);
    expect(free.anyOrder).toBe(false);
  });

  it("X4 silence is left to those who need not answer", () => {
    const free = compileFreedoms(read("accept:a"));
    expect([free.maySayNothing("a"), free.maySayNothing("b")]).toEqual([false, true]);
    expect(compileFreedoms(read("accept,silent:a")).maySayNothing("a")).toBe(true);
  });

  it("X6 a script is kept up to the first choice that is free", () => {
    const script: Choice[] = [
      { kind: "stimulate", participant: "a", stimulus: "invite" },
      { kind: "deliver", hop: "a>core INVITE#1" },
      act("b", "accept"),
      { kind: "expire", participant: "b", timer: "T_ack x" },
    ];
    const kept = (text: string) => prefixLength(script, read(text));
    expect([kept("end"), kept("answers"), kept("answers,order"), kept("timers:T_ack"), kept("invite")]).toEqual([
      4, 2, 1, 3, 0,
    ]);
  });
});
