import { describe, expect, test } from "vitest";
import { diagramOf } from "../store/sample.ts";
import { captionOf, positionText, spokenCaption } from "./caption.ts";
import { positionAt, ticksOf } from "./ticks.ts";

describe("V23 the caption", () => {
  const diagram = diagramOf([{ label: "INVITE" }, { label: "ALERTING response" }]);

  test("is one sentence with place, ends and message", () => {
    expect(spokenCaption(diagram, 1)).toBe("Step 2 of 2: CPM Client B to CPM Client A: ALERTING response");
    expect(spokenCaption(diagram, -1)).toBe("Start of 2 steps");
    expect(spokenCaption(diagramOf([]), -1)).toBe("No steps");
    expect(positionText(-1, 1)).toBe("Start of 1 step");
  });

  test("names hidden ends, says what was lost, and leaves out what is nowhere", () => {
    const [step] = diagram.items;
    if (step?.type !== "step") throw new Error("The sample starts with a step.");
    const hidden = { kind: "hidden", id: "x", name: "CPM Conversation Server X" } as const;
    const lost = { ...diagram, items: [{ ...step, from: { kind: "nowhere" } as const, to: hidden, lost: true }] };
    expect(captionOf(lost, 0)).toMatchObject({ from: "", to: "CPM Conversation Server X", remark: "lost on the way" });
    expect(spokenCaption(lost, 0)).toBe("Step 1 of 1: to CPM Conversation Server X: INVITE, lost on the way");
  });
});

describe("V24 the scrubber", () => {
  test("has a tick for every step, or for some where they are many", () => {
    expect(ticksOf(19, 600)).toHaveLength(19);
    expect(ticksOf(200, 600)).toHaveLength(100);
    for (const count of [1, 7, 99, 5000, 20_000, 1_000_000]) {
      const ticks = ticksOf(count, 600);
      expect(ticks.length).toBeLessThanOrEqual(120);
      expect(ticks.every((tick) => tick >= 1 && tick <= count)).toBe(true);
    }
    expect(ticksOf(0, 600)).toEqual([]);
  });

  test("stands between steps only where a person can aim there", () => {
    expect(positionAt(0.5, 19, 600)).toBe(9.5);
    expect(positionAt(0.5001, 5000, 600)).toBe(2501);
    expect(positionAt(7, 19, 600)).toBe(19);
    expect(positionAt(-7, 19, 600)).toBe(0);
  });
});
