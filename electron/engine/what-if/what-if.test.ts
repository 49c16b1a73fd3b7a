import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Flow, flowSchema } from "../../../shared/flow/flow.ts";
import { choiceKey } from "../../../shared/run/choice.ts";
import { wholeScript } from "../../../shared/run/tree.ts";
import { branchTo, whatIfGroups } from "../../../shared/run/what-if.ts";
import { computeRun, whatIf } from "../index.ts";

const flows = new URL("../../../flows/", import.meta.url);
const bundled = ["cpm", "sip"].flatMap((folder) =>
  readdirSync(new URL(folder, flows))
    .filter((file) => file.endsWith(".flow.json"))
    .map((file) => `${folder}/${file}`),
);
const read = (path: string): Flow => flowSchema.parse(JSON.parse(readFileSync(new URL(path, flows), "utf8")));

function scriptOf(flow: Flow, variant: string) {
  const script = wholeScript(flow, variant);
  if (!script.ok) throw new Error(script.failure.message);
  return script.value;
}

describe.each(bundled)("what-if in %s", (path) => {
  const flow = read(path);
  it.each(flow.variants.map(({ id }) => id))("E60 E61 every entry of %s goes its way at its place", (variant) => {
    const script = scriptOf(flow, variant);
    const run = computeRun(flow.scenario, script);
    const keys = run.turns.map(({ choice }) => choiceKey(choice));
    for (let turn = 0; turn <= run.turns.length; turn++) {
      const entries = whatIf(flow.scenario, script, run, turn);
      expect(entries.filter(({ taken }) => taken).length).toBe(turn < run.turns.length ? 1 : 0);
      const order = entries.map(({ group }) => whatIfGroups.indexOf(group));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      for (const entry of entries) {
        const own = computeRun(flow.scenario, entry.script);
        const what = `${turn}: ${choiceKey(entry.choice)} by ${entry.script.map(choiceKey).join("; ")}`;
        expect(own.end, what).toBe("rest");
        const ownKeys = own.turns.map(({ choice }) => choiceKey(choice));
        expect(ownKeys.slice(0, turn), what).toEqual(keys.slice(0, turn));
        if (entry.taken) expect(ownKeys, what).toEqual(keys);
        else expect(ownKeys[turn], what).not.toBe(keys[turn]);
        const isLate = entry.choice.kind === "deliver" && entry.choice.late === true;
        if (isLate) expect(ownKeys.slice(turn), what).toContain(choiceKey(entry.choice));
        else expect(ownKeys[turn], what).toBe(choiceKey(entry.choice));
        const { branch, script: tail } = branchTo(entry, variant);
        expect([...script.slice(0, branch.keep), ...tail]).toEqual(entry.script);
        expect(entry.leads, what).toMatch(/\S/);
      }
    }
  });
});

describe("what-if in the group invitation", () => {
  const flow = read("cpm/group-invitation.flow.json");
  const script = scriptOf(flow, "main");
  const run = computeRun(flow.scenario, script);
  const at = (turn: number, effort?: { each: number; all: number }) =>
    whatIf(flow.scenario, script, run, turn, undefined, effort).map(({ group, says, leads }) => [group, says, leads]);
  const accepts = run.turns.findIndex(({ choice }) => choice.kind === "stimulate" && choice.stimulus === "accept");

  it("E62 says what comes of each choice, as it really comes", () => {
    const found = at(accepts);
    const others = "CPM Client B1 and CPM Client B2 cancelled";
    expect(found.slice(0, 4)).toEqual([
      ["answers", "CPM Client B1 accepts", "sends OK response; session with CPM Client B1; CPM Client B2 cancelled"],
      ["answers", "CPM Client B2 accepts", "sends OK response; session with CPM Client B2; CPM Client B1 cancelled"],
      [
        "declines",
        "CPM Client B1 declines (486)",
        "sends BUSY response; no session; CPM Client B1 declined; CPM Client B2 cancelled; CPM Conversation Server X (controlling function) is told 408",
      ],
      [
        "declines",
        "CPM Client B1 declines for all devices (603)",
        "sends DECLINE response; no session; CPM Client B1 declined with 603; CPM Client B2 cancelled; CPM Conversation Server X (controlling function) is told 603",
      ],
    ]);
    const silent = found.filter(([group]) => group === "silent").map(([, , leads]) => leads);
    expect(silent[0]).toContain(others);
    const ends = found.filter(([group]) => group === "ends");
    expect(ends.map(([, says]) => says)).toEqual([
      "CPM Conversation Server X (controlling function) gives up the invitation",
    ]);
    expect(ends[0]?.[2]).toContain(others);
  });

  it("E60 lists an operator's refusal while it is in time", () => {
    const refusals = (turn: number) => at(turn).filter(([group]) => group === "refuses");
    expect(refusals(0)).toEqual([
      [
        "refuses",
        "the operator of CPM Conversation Server B (participating function) refuses (403)",
        "no session; CPM Conversation Server X (controlling function) is told 403",
      ],
    ]);
    expect(refusals(accepts)).toEqual([]);
  });

  it("E62 claims nothing beyond the bound on its work", () => {
    const leads = at(accepts, { each: 5, all: 12 }).map(([, , leads]) => leads);
    expect(leads.filter((text) => text !== undefined).length).toBe(3);
    expect(leads[0]).toBe("sends OK response; still going on after 5 turns");
  });

  it("E60 has nothing to say of a place that the run does not have", () => {
    expect([at(-1), at(run.turns.length + 1), at(0.5)]).toEqual([[], [], []]);
  });
});
