import { expect, test } from "vitest";
import { apply } from "./edit.ts";
import { type Flow, flowSchema } from "./flow.ts";
import { isUntold, judgeAgain, leaveUntold } from "./untold-edits.ts";
import { describeVariant } from "./variant-edits.ts";

const flow: Flow = flowSchema.parse({
  format: "callflow",
  version: 1,
  title: "Ways",
  scenario: { participants: [] },
  variants: [
    { id: "main", title: "Main", untold: ["ACK-1"], script: [] },
    { id: "other", title: "Other", branch: { from: "main", keep: 0 }, script: [] },
  ],
  marks: [
    {
      kind: "fragment",
      id: "f",
      operator: "alt",
      only: ["main"],
      variant: { id: "a", title: "A", untold: ["FIN-1", "ACK-1"] },
    },
    { kind: "else", of: "f", only: ["main"], variant: { id: "b", title: "B", untold: ["FIN-1"] } },
    { kind: "end", of: "f", only: ["main"] },
  ],
});

const after = (edit: Parameters<typeof apply>[1]): Flow => {
  const done = apply(flow, edit);
  if (!done.ok) throw new Error(done.failure.message);
  return flowSchema.parse(done.value);
};

test("R55 a requirement is left open in one variant alone", () => {
  const next = after(leaveUntold(flow, "other", "CAN-1"));
  expect(next.variants.map(({ untold }) => untold)).toEqual([["ACK-1"], ["CAN-1"]]);
  expect(isUntold(next, "other", "CAN-1")).toBe(true);
  expect(isUntold(next, "main", "CAN-1")).toBe(false);
});

test("R55 it is judged again in the variant and on its ways", () => {
  expect(isUntold(flow, "main", "FIN-1")).toBe(true);
  expect(isUntold(flow, "other", "FIN-1")).toBe(false);
  const fin = after(judgeAgain(flow, "main", "FIN-1"));
  expect(isUntold(fin, "main", "FIN-1")).toBe(false);
  expect(isUntold(fin, "main", "ACK-1")).toBe(true);
  const ack = after(judgeAgain(flow, "main", "ACK-1"));
  expect("untold" in (ack.variants[0] ?? {})).toBe(false);
  expect(isUntold(ack, "main", "FIN-1")).toBe(true);
});

test("B26 another name loses nothing that a variant names as untold", () => {
  const edit = describeVariant(flow, "main", { title: "Called so", description: "And so." });
  if (!edit.ok) throw new Error(edit.failure.message);
  expect(after(edit.value).variants[0]).toEqual({ ...flow.variants[0], title: "Called so", description: "And so." });
});
