import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryFlow } from "../../../test/arbitrary-flow.ts";
import { apply } from "../edit.ts";
import { type Flow, participantSchema, roles } from "../flow.ts";
import { missingParticipants } from "./named.ts";
import { addParticipant, inRole, proposed, removeParticipant, restored } from "./participants.ts";
import { makeFlow } from "./templates.ts";

const made = (...asked: Parameters<typeof makeFlow>): Flow => {
  const flow = makeFlow(...asked);
  if (!flow.ok) throw new Error(flow.failure.message);
  return flow.value;
};
const changed = (flow: Flow, edit: Parameters<typeof apply>[1] | undefined): Flow => {
  if (edit === undefined) throw new Error("nothing to do");
  const next = apply(flow, edit);
  if (!next.ok) throw new Error(next.failure.message);
  return next.value;
};

describe("participants", () => {
  it("SC10 a new one is named on from its siblings, and stands beside them", () => {
    const group = made("T", { template: "cpmGroup" });
    const third = proposed(group, "client", "B");
    expect(third).toEqual({ id: "clientB3", name: "CPM Client B3", role: "client", user: "B" });
    expect(changed(group, addParticipant(group, third)).scenario.participants.at(-1)).toEqual(third);
    const single = made("T", { template: "cpmOneToOne" });
    expect(proposed(single, "client", "B")).toMatchObject({ id: "clientB2", name: "CPM Client B2" });
    expect(proposed(single, "controllingFunction", "X")).toMatchObject({
      id: "cfX",
      name: "CPM Conversation Server X (controlling function)",
      domain: "X",
    });
    const proxies = made("T", { template: "sipProxies" });
    expect(proposed(proxies, "core", "chicago")).toMatchObject({ name: "Proxy 3" });
  });

  it("SC10 whatever there is, a new one has an id and a name of its own and fits the schema", () => {
    fc.assert(
      fc.property(arbitraryFlow, fc.constantFrom(...roles), (flow, role) => {
        const one = proposed(flow, role, "a");
        expect(participantSchema.safeParse(one).success).toBe(true);
        expect(flow.scenario.participants.map(({ id }) => id)).not.toContain(one.id);
        for (const other of roles) expect(participantSchema.safeParse(inRole(flow, one, other)).success).toBe(true);
      }),
    );
  });

  it("SC22 one that was taken out is named as missing, and not any more once it is put back", () => {
    const group = made("T", { template: "cpmGroup" });
    const without = changed(group, removeParticipant(group, "clientB1"));
    expect(missingParticipants(without)).toEqual(["clientB1"]);
    const back = restored(without, "clientB1");
    expect(back).toEqual({ id: "clientB1", name: "CPM Client B1", role: "client", user: "B" });
    expect(missingParticipants(changed(without, addParticipant(without, back)))).toEqual([]);
  });
});
