import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparing, LONG } from "./comparing.ts";
import { sameSaid } from "./same-said.ts";

const text = (...lines: string[]) => ["sequenceDiagram", ...lines, ""].join("\n");
const long = (space: string, last = "a->>b: last") =>
  text(...Array.from({ length: 2000 }, (_, i) => `${space}a->>b: message ${i}`), last);

/** A thread that answers when it is told to. */
function standIn() {
  const held: [string, string][] = [];
  const thread = {
    postMessage: (asked: [string, string]) => void held.push(asked),
    terminate: () => {
      thread.ended = true;
    },
    ended: false,
    onmessage: (_: { data: boolean }) => {},
    onerror: () => {},
  };
  let started = 0;
  const start = () => {
    started++;
    return thread as unknown as Worker;
  };
  const work = () => {
    for (const asked of held.splice(0)) thread.onmessage({ data: sameSaid(...asked) });
  };
  return { start, work, thread, held, started: () => started };
}

describe("what two texts say", () => {
  it("T27: is the same in other words, and another with another word", () => {
    expect(sameSaid(text("a->>b: x"), text("  a ->> b:x", ""))).toBe(true);
    expect(sameSaid(text("a->>b: x"), text("a->>b: y"))).toBe(false);
    expect(sameSaid("neither", "of them")).toBe(false);
  });

  it("T30: is compared in a thread where they are long, and without one where they are short", async () => {
    expect(long("").length).toBeGreaterThan(LONG);
    const there = standIn();
    const { same } = comparing(there.start);
    expect(await same(text("a->>b: x"), text("a ->> b: x"))).toBe(true);
    expect(await same(long(""), long(""))).toBe(true);
    expect(there.started()).toBe(0);
    const answers = [same(long(""), long("  ")), same(long(""), long("  ", "b->>a: last")), same(long(""), long("\t"))];
    expect(there.held).toHaveLength(3);
    there.work();
    expect(await Promise.all(answers)).toEqual([true, false, true]);
    expect(there.started()).toBe(1);
  });

  it("T30: counts as different where the thread fails or is ended", async () => {
    const there = standIn();
    const { same, end } = comparing(there.start);
    const failed = same(long(""), long("  "));
    there.thread.onerror();
    expect(await failed).toBe(false);
    const ended = same(long(""), long("  "));
    expect(there.started()).toBe(2);
    end();
    expect(await ended).toBe(false);
    expect(there.thread.ended).toBe(true);
  });

  it("T27: does not depend on the order of the two", () => {
    const line = fc.constantFrom("a->>b: x", "a ->> b: x", "b-->>a: y", "", "note over a: z", "nonsense");
    const texts = fc.array(line, { maxLength: 4 }).map((lines) => text(...lines));
    fc.assert(fc.property(texts, texts, (a, b) => sameSaid(a, b) === sameSaid(b, a)));
  });
});
