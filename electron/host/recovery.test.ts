import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apply, type Edit } from "../../shared/flow/edit.ts";
import { writeFlow } from "../../shared/flow/file.ts";
import { type Flow, flowSchema } from "../../shared/flow/flow.ts";
import type { Result } from "../../shared/flow/result.ts";
import { arbitraryFlow, arbitraryOf } from "../../test/arbitrary-flow.ts";
import { openRecovery, type Recovered } from "./recovery.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "callflow-recovery-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const warnings: string[] = [];
const open = () => openRecovery(folder, (sentence) => warnings.push(sentence));
function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

const flow: Flow = {
  format: "callflow",
  version: 1,
  title: "T0",
  scenario: { participants: [{ id: "a", name: "A", role: "other" }] },
  variants: [{ id: "main", title: "Main", script: [] }],
};
const title = (text: string): Edit => ({ kind: "set", field: "title", value: text });

/** A session that makes the edits and is then killed. */
function killedAfter(edits: readonly Edit[], start: Flow = flow): Flow {
  const recovery = open();
  let now = start;
  for (const edit of edits) {
    const next = apply(now, edit);
    if (!next.ok) continue;
    recovery.record({ handle: "flow-1", name: "x.flow.json", path: "/x.flow.json", flow: now }, edit, next.value);
    now = next.value;
  }
  recovery.flush();
  return now;
}

/** What the next session finds. */
function found(): Recovered[] {
  const recovery = open();
  return recovery.list().map(({ id }) => value(recovery.read(id)));
}
const journal = () => join(folder, readdirSync(folder)[0] ?? "");

describe("recovery", () => {
  it("F10: any document after any edits is had back exactly", () => {
    const field = fc
      .constantFrom("title", "introduction", "view", "clause" as const)
      .chain((name) =>
        arbitraryOf(flowSchema.shape[name]).map(
          (content): Edit => ({ kind: "set", field: name, value: content }) as Edit,
        ),
      );
    const script = fc.nat({ max: 3 }).map((index): Edit => ({ kind: "remove", list: "variants", index }));
    fc.assert(
      fc.property(arbitraryFlow, fc.array(fc.oneof(field, script), { minLength: 1, maxLength: 8 }), (start, edits) => {
        for (const file of readdirSync(folder)) rmSync(join(folder, file));
        const end = killedAfter(edits, start);
        for (const one of found()) expect(writeFlow(one.flow)).toBe(writeFlow(end));
      }),
      { numRuns: 60 },
    );
  });

  it("F10: says what can be had back, and forgets what is discarded", () => {
    killedAfter([title("T1"), title("T2")]);
    const next = open();
    const [one] = next.list();
    expect(one).toMatchObject({ name: "x.flow.json", path: "/x.flow.json", edits: 2 });
    expect(one?.damage).toBeUndefined();
    next.discard(one?.id ?? "");
    expect(next.list()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("F11: of a torn or damaged journal, all that is whole is offered, and it is said", () => {
    killedAfter([title("T1"), title("T2"), title("T3")]);
    truncateSync(journal(), readFileSync(journal()).length - 5);
    expect(found()[0]).toMatchObject({ edits: 2, flow: { title: "T2" }, damage: expect.stringContaining("last edit") });
    writeFileSync(journal(), readFileSync(journal(), "utf8").replace("T1", "X1"));
    expect(found()[0]).toMatchObject({ edits: 0, flow: { title: "T0" }, damage: expect.stringContaining("3 edits") });
  });

  it("F11: cut off anywhere, a journal gives the edits before that place and never anything else", () => {
    killedAfter(Array.from({ length: 12 }, (_, i) => title(`T${i + 1}`)));
    const whole = readFileSync(journal());
    const head = whole.indexOf(10) + 1;
    for (let length = head; length <= whole.length; length += 7) {
      writeFileSync(journal(), whole.subarray(0, length));
      const [one] = found();
      expect(one?.flow.title).toBe(`T${one?.edits}`);
    }
  });

  it("F11: what is no journal at all is told of and left where it is", () => {
    writeFileSync(join(folder, "x.journal"), "nonsense");
    expect(found()).toEqual([]);
    expect(warnings.at(-1)).toContain("x.journal");
    expect(readdirSync(folder)).toEqual(["x.journal"]);
  });

  it("F12: a long journal is written anew and gives the same document", () => {
    const end = killedAfter(Array.from({ length: 501 }, (_, i) => title(`T${i}`)));
    appendFileSync(journal(), "");
    expect(readFileSync(journal(), "utf8").split("\n")).toHaveLength(2);
    expect(writeFlow(found()[0]?.flow ?? flow)).toBe(writeFlow(end));
  });

  it("F12: what is saved or closed leaves nothing behind", () => {
    const recovery = open();
    recovery.record({ handle: "flow-1", name: "x", flow }, title("T1"), flow);
    recovery.flush();
    expect(readdirSync(folder)).toHaveLength(1);
    recovery.forget("flow-1");
    recovery.flush();
    expect(readdirSync(folder)).toEqual([]);
  });
});
