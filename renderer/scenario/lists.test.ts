import { describe, expect, it } from "vitest";
import { z } from "zod";
import { apply, type Edit } from "../../shared/flow/edit.ts";
import { diagnose } from "../../shared/flow/file.ts";
import { type Flow, flowSchema, participantSchema, scenarioSchema } from "../../shared/flow/flow.ts";
import { makeFlow } from "../../shared/flow/scenario/templates.ts";
import { stimuli } from "../../shared/run/choice.ts";
import { type Field, withField } from "./fields.ts";
import { actFields, allLists, clientFields } from "./lists.ts";
import { problemsByPlace } from "./problems.ts";
import { insertThing, removeThing, thingsOf } from "./use-edit.ts";

const flow = (): Flow => {
  const made = makeFlow("T", { template: "transfer" });
  if (!made.ok) throw new Error(made.failure.message);
  return made.value;
};
const applied = (before: Flow, edit: Edit): Flow => {
  const after = apply(before, edit);
  if (!after.ok) throw new Error(after.failure.message);
  return after.value;
};

/** The keys of a list's elements, as the schema has them. */
function keysOf(list: string): readonly string[] {
  const shape: Readonly<Record<string, z.ZodType>> = { ...flowSchema.shape, ...scenarioSchema.shape };
  const field = shape[list];
  const array = (field instanceof z.ZodOptional ? field.unwrap() : field) as z.ZodArray;
  return Object.keys((array.element as z.ZodObject).shape);
}

describe("forms", () => {
  it.each(allLists)(
    "SC30 the form of $title has every field of the document, each with a sentence",
    ({ list, fields }) => {
      expect(fields.map(({ key }) => key).sort()).toEqual(
        keysOf(list)
          .filter((key) => key !== "id")
          .sort(),
      );
      for (const { label, says } of fields) {
        expect(label).not.toBe("");
        expect(says).toMatch(/\.$/);
      }
    },
  );

  it("SC30 so has the form of a client", () => {
    const client = participantSchema.options.find((one) => one.shape.role.value === "client");
    const elsewhere = ["id", "name", "role", "domain", "user", "shape", "colour"];
    expect([...elsewhere, ...clientFields.map(({ key }) => key)].sort()).toEqual(
      Object.keys(client?.shape ?? {}).sort(),
    );
  });

  it("SC31 what a form adds fits the document, is right, and goes again without a trace", () => {
    let grown = flow();
    for (const { list, make } of allLists) {
      const made = make(grown);
      if (made === undefined) throw new Error(`nothing to add to ${list}`);
      const { length } = thingsOf(grown, list);
      const after = applied(grown, insertThing(list, length, made));
      expect(applied(after, removeThing(list, length, length + 1))).toEqual(grown);
      grown = after;
    }
    expect(diagnose(grown, []).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("SC31 where a flow lacks what a thing needs, the form says so instead", () => {
    const made = makeFlow("T", { template: "blank" });
    if (!made.ok) throw new Error(made.failure.message);
    for (const { list, make, lacks } of allLists)
      if (make(made.value) === undefined) expect(lacks, list).toMatch(/\.$/);
  });

  it("SC32 what holds anyway is not kept in the document", () => {
    const field = (key: string): Field => {
      const found = [...clientFields, ...actFields].find((one) => one.key === key);
      if (found === undefined) throw new Error(key);
      return found;
    };
    expect(withField({ id: "a", busy: true }, field("busy"), false)).toEqual({ id: "a" });
    expect(withField({ id: "a" }, field("registered"), false)).toEqual({ id: "a", registered: false });
    expect(withField({ id: "a", media: ["audio"] }, field("media"), [])).toEqual({ id: "a" });
    const same = { id: "a" };
    expect(withField(same, field("answer"), undefined)).toBe(same);
  });

  it("SC33 every act is offered", () => {
    const input = actFields.find(({ key }) => key === "stimulus")?.input;
    const offered = input?.kind === "one" ? input.picks(flow()).map(({ value }) => value) : [];
    expect([...offered].sort()).toEqual([...stimuli].sort());
  });

  it("SC34 what is wrong is found at its place and at all that it is in", () => {
    const wrong = { severity: "error", code: "c", message: "m", at: "/scenario/users/3/domain" } as const;
    const problems = problemsByPlace([wrong]);
    for (const at of ["/scenario/users/3/domain", "/scenario/users/3", "/scenario/users"])
      expect(problems.get(at)).toEqual([wrong]);
    expect(problems.get("/scenario/users/1")).toBeUndefined();
  });
});
