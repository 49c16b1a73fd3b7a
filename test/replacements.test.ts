import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkRun, computeRun } from "../electron/engine/index.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import { checkReferences } from "../shared/flow/references.ts";
import type { Choice } from "../shared/run/choice.ts";
import type { Run } from "../shared/run/run.ts";

/** 1-1 sessions that are replaced by a group session, in circumstances that the change request does not draw. */

const bundled: Flow = flowSchema.parse(
  JSON.parse(readFileSync(new URL("../flows/cpm/extend-one-to-one.flow.json", import.meta.url), "utf8")),
);
/** As bundled, but with devices that ring. */
const extend: Flow = {
  ...bundled,
  scenario: {
    ...bundled.scenario,
    participants: bundled.scenario.participants.map((p) => (p.role === "client" ? { ...p, answer: undefined } : p)),
  },
};
type Act = Extract<Choice, { kind: "stimulate" }>;
const act = (participant: string, stimulus: Act["stimulus"], what?: string): Act => ({
  kind: "stimulate",
  participant,
  stimulus,
  ...(what !== undefined && { what }),
});

function run(flow: Flow, ...script: Choice[]): Run {
  expect(checkReferences({ ...flow, variants: [] })).toEqual([]);
  const result = computeRun(flow.scenario, script);
  expect([result.end, result.divergence]).toEqual(["rest", undefined]);
  const broken = checkRun(flow, result).filter(({ verdict }) => verdict === "fail");
  expect(broken.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
  return result;
}
const released = (result: Run, to: string) =>
  result.hops.filter((h) => h.to === to && h.message.method === "BYE" && h.message.status === undefined).length;

describe("a replacement", () => {
  const given = extend.scenario.sessions?.[0];
  const invitation = extend.scenario.invitations?.[0];
  if (given === undefined || invitation === undefined) throw new Error("the flow has no session to be replaced");

  it("RPL-2 is not broken by a user who ends the original session and accepts the new one afterwards", () => {
    const result = run(
      extend,
      act("clientA", "invite"),
      act("clientB", "end", given.id),
      act("clientB", "accept"),
      act("clientC", "accept"),
    );
    expect(released(result, "clientA")).toBe(1);
  });

  it("RPL-1 may be of a session that an invitation of the flow has set up", () => {
    const { sessions: _none, ...scenario } = extend.scenario;
    const flow: Flow = {
      ...extend,
      scenario: {
        ...scenario,
        invitations: [{ id: given.id, from: given.from, to: [{ user: "B" }], media: ["messages"] }, invitation],
      },
    };
    const result = run(
      flow,
      act("clientA", "invite", given.id),
      act("clientB", "accept"),
      act("clientA", "invite", invitation.id),
      act("clientB", "accept", invitation.id),
      act("clientC", "accept"),
    );
    expect(released(result, "clientA")).toBe(1);
  });

  it("RPL-1 may be of a group session of the same controlling function", () => {
    const flow: Flow = {
      ...extend,
      scenario: {
        ...extend.scenario,
        invitations: [
          invitation,
          { ...invitation, id: "further", to: [{ user: "B", replaces: invitation.id }, { user: "C" }] },
        ],
      },
    };
    const group = [act("clientA", "invite", invitation.id), act("clientB", "accept"), act("clientC", "decline")];
    const again = [act("clientA", "invite", "further"), act("clientB", "accept"), act("clientC", "accept")];
    const result = run(flow, ...group, ...again);
    expect(released(result, "cfX")).toBeGreaterThan(0);
  });
});
