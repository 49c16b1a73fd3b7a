import { describe, expect, it } from "vitest";
import { commands } from "../../shared/commands.ts";
import { project } from "../../shared/diagram/project.ts";
import type { OpenFlow } from "../../shared/ipc/shapes.ts";
import { flowOf, groupParticipants, handMadeRun } from "../../test/hand-made-run.ts";
import { offersFor } from "./offers.ts";

const edges = ["cfX>coreX", "coreX>coreB", "coreB>clientB1", "coreB>clientB2"];
const flow = {
  ...flowOf(groupParticipants),
  variants: [
    { id: "main", title: "Main", script: [] },
    { id: "late", title: "B2 is late", script: [] },
  ],
};
const diagram = project(flow, handMadeRun(edges.map((edge) => ({ edge, method: "INVITE" }))), {});
const state = {
  keys: { "file.save": ["Mod+J"] },
  scene: undefined,
  diagram,
  open: { flow } as unknown as OpenFlow,
  variant: "main",
  library: [{ id: "cpm/a", group: "cpm", title: "Late answer", participants: [] }],
};
const titles = (query: string) => offersFor(state, query).map(({ title }) => title);

describe("the palette", () => {
  it("WD70 without anything typed it has every command that is possible", () => {
    const possible = commands.filter(({ id, needsFlow }) => needsFlow !== true && id !== "help.palette");
    expect(offersFor(state, "").map(({ id }) => id)).toEqual(possible.map(({ id }) => id));
  });

  it("WD70 a number is the step of that number", () => {
    expect(titles("3")[0]).toMatch(/^Go to step 3:/);
    expect(titles("step 4").filter((title) => title.startsWith("Go to step"))).toHaveLength(1);
    expect(titles("99")).toEqual([]);
  });

  it("WD70 finds variants and flows, those first that start so", () => {
    expect(titles("late")).toEqual(["Variant: B2 is late", "Open Late answer"]);
    expect(titles("open")[0]).toBe("Open");
  });
});
