import { describe, expect, it } from "vitest";
import type { Step } from "../../shared/diagram/diagram.ts";
import type { Choice } from "../../shared/run/choice.ts";
import type { Hop, Reaction, Run } from "../../shared/run/run.ts";
import { hopsOf, whyOf } from "./why.ts";
import { choiceWords, namesOf } from "./words.ts";

const hop = (name: string, sent: number, more: Partial<Hop> = {}): Hop => ({
  name,
  from: "a",
  to: "b",
  message: { name: "Invitation", kind: "request", class: "cpm" },
  sent,
  origin: "computed",
  ...more,
});

const reaction = (rule: string, sends: readonly string[] = []): Reaction => ({
  rule,
  says: rule,
  guards: [],
  sends,
  milestones: [],
});

const first = hop("a>b X#1", 0, { received: 1, rule: "SEND" });
const second = hop("b>c X#1", 1, { from: "b", to: "c", lost: 2, rule: "RELAY", relays: "a>b X#1" });
const invite: Choice = { kind: "stimulate", participant: "a", stimulus: "invite" };
const run: Run = {
  turns: [
    { choice: invite, at: "a", by: "script", reactions: [reaction("OTHER"), reaction("SEND", ["a>b X#1"])] },
    {
      choice: { kind: "deliver", hop: "a>b X#1" },
      at: "b",
      by: "default",
      reactions: [reaction("RELAY", ["b>c X#1"])],
    },
    { choice: { kind: "lose", hop: "b>c X#1" }, at: "c", by: "script", reactions: [] },
  ],
  hops: [first, second],
  end: "rest",
};

const step: Step = {
  type: "step",
  index: 0,
  number: "1",
  from: { kind: "lifeline", id: "a" },
  to: { kind: "lifeline", id: "c" },
  label: "Invitation",
  name: "Invitation",
  sip: "INVITE",
  line: "solid",
  hops: ["a>b X#1", "b>c X#1", "gone>x X#1"],
  through: ["b"],
  origin: "computed",
  rule: "SEND",
  sent: 0,
  received: 2,
  lost: true,
};

describe("why", () => {
  it("W20 finds the hops of a step, leaving out what the run has not", () => {
    expect(hopsOf(run, step)).toEqual([first, second]);
  });

  it("W20 names what happened, the rule that sent the hop and no other, and what it led to", () => {
    const why = whyOf(run, step, first);
    expect(why.trigger).toEqual(invite);
    expect(why.reactions.map(({ rule }) => rule)).toEqual(["SEND"]);
    expect(why.led.map(({ rule }) => rule)).toEqual(["RELAY"]);
    expect([why.turn, why.arrival]).toEqual([0, 1]);
  });

  it("W20 a lost hop leads to nothing, but the turn of its loss is known", () => {
    const why = whyOf(run, step, second);
    expect(why.arrival).toBe(2);
    expect(why.led).toEqual([]);
  });

  it("W21 a state is explained by the rule that told of it", () => {
    const why = whyOf(run, { ...step, hops: [], state: true, rule: "RELAY", sent: 1, received: 1 }, undefined);
    expect(why.reactions.map(({ rule }) => rule)).toEqual(["RELAY"]);
    expect(why.arrival).toBeUndefined();
  });

  it("W22 says choices in words, with names where they are known", () => {
    const names = namesOf({
      format: "callflow",
      version: 1,
      title: "t",
      scenario: { participants: [{ id: "a", name: "Client A", role: "other" }] },
      variants: [{ id: "main", title: "m", script: [] }],
    });
    const words = (choice: Choice) => choiceWords(choice, names, (name) => (name === first.name ? first : undefined));
    expect(words(invite)).toBe("Client A invites");
    expect(words({ kind: "deliver", hop: first.name })).toBe("Invitation from Client A to b arrives");
    expect(words({ kind: "lose", hop: "x>y Z#1" })).toBe("x>y Z#1 is lost");
    expect(words({ kind: "expire", participant: "b", timer: "t_ring call-1" })).toBe("The timer t_ring fires at b");
    expect(words({ kind: "inject", from: "a", to: "b", message: { label: "Hello" } })).toBe(
      "The author adds “Hello” from Client A to b",
    );
  });
});
