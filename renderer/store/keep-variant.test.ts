import { describe, expect, test } from "vitest";
import type { Flow } from "../../shared/flow/flow.ts";
import type { Choice } from "../../shared/run/choice.ts";
import { sameVariant } from "./keep-variant.ts";

type Act = Extract<Choice, { kind: "stimulate" }>;
const act = (participant: string, stimulus: Act["stimulus"], more: Partial<Act> = {}): Act => ({
  kind: "stimulate",
  participant,
  stimulus,
  ...more,
});
const script: Choice[] = [act("a", "invite"), act("b", "accept")];
const flow = { variants: [{ id: "main", title: "Main", script }] } as unknown as Flow;
const found = (other: Choice[]) => sameVariant(flow, { title: "Other", script: other });

describe("the variant that takes the same turns", () => {
  test("W103 is found, also where it leaves out what can be one thing only", () => {
    expect(found([...script])).toBe("main");
    expect(found([act("a", "invite"), act("b", "accept", { what: "group" })])).toBe("main");
  });

  test("W103 is not one that does another thing, or does it otherwise", () => {
    for (const other of [
      act("b", "decline"),
      act("c", "accept"),
      act("b", "accept", { now: true }),
      act("b", "decline", { code: 603 }),
    ])
      expect(found([act("a", "invite"), other])).toBeUndefined();
    expect(found([act("a", "invite")])).toBeUndefined();
    // Of several invitations the first that is possible is meant.
    expect(found([act("a", "invite", { what: "second" }), act("b", "accept")])).toBeUndefined();
  });
});
