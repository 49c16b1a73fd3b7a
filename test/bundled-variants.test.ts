import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkRun, computeRun, outcomeOf } from "../electron/engine/index.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import type { Run } from "../shared/run/run.ts";
import { wholeScript } from "../shared/run/tree.ts";

// The flows that come with the app show what is interesting about them: which variants there are, how each one ends, and
// that each keeps its requirements.

const folder = new URL("../flows/cpm/", import.meta.url);
const read = (name: string): Flow =>
  flowSchema.parse(JSON.parse(readFileSync(new URL(`${name}.flow.json`, folder), "utf8")));

function runOf(flow: Flow, id: string): Run {
  const script = wholeScript(flow, id);
  if (!script.ok) throw new Error(script.failure.message);
  return computeRun(flow.scenario, script.value);
}

/** Of each flow the variants that it has to have, and how they end. */
const interesting: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  "group-invitation": {
    main: /^session with CPM Client B1; CPM Client B2 cancelled$/,
    "b2-first": /^session with CPM Client B2; CPM Client B1 cancelled$/,
    crossing: /^session with CPM Client B1; CPM Client B2 released$/,
    "all-decline": /^no session; CPM Client B1 and CPM Client B2 declined/,
    "nobody-answers": /^no session; CPM Client B1 and CPM Client B2 cancelled/,
    "inviter-cancels": /^no session; CPM Client B1 and CPM Client B2 cancelled/,
  },
  "one-to-one": {
    busy: /^no session; CPM Client B declined/,
    "no-answer": /^no session/,
    "caller-cancels": /^no session; CPM Client B cancelled/,
  },
  ...Object.fromEntries(
    ["extend-one-to-one", "extend-one-to-one-hop-by-hop"].map((name) => [
      name,
      {
        main: /^session group of CPM Client A, CPM Client B and CPM Client C/,
        "b-declines": /^session group of CPM Client A and CPM Client C, session oneToOne/,
        "c-first": /^session group of CPM Client A, CPM Client B and CPM Client C/,
        "all-decline": /^session oneToOne/,
      },
    ]),
  ),
  "transfer-server-in-path": {
    denied: /refused to transferor CPM Client device with 403$/,
    "target-unavailable": /refused to transferor CPM Client device with 480$/,
    "target-declines": /^session existing/,
    "transferee-leaves": /released from session existing/,
  },
  "transfer-server-not-in-path": {
    denied: /refused to transferor CPM Client device with 403$/,
    "target-unavailable": /refused to transferor CPM Client device with 480$/,
    "target-declines": /^session existing/,
    "transferee-offline": /^session existing .*408/,
  },
};

const names = readdirSync(folder)
  .filter((file) => file.endsWith(".flow.json"))
  .map((file) => file.replace(".flow.json", ""));

describe("B50 the bundled flows come with their interesting variants", () => {
  test("of every flow is known which those are", () => {
    expect(Object.keys(interesting).sort()).toEqual(names.sort());
  });

  test.each(names)("%s has them, and each ends as it says", (name) => {
    const flow = read(name);
    for (const [id, ending] of Object.entries(interesting[name] ?? {})) {
      const run = runOf(flow, id);
      expect([id, run.end]).toEqual([id, "rest"]);
      expect(`${id}: ${outcomeOf(flow.scenario, run)}`).toMatch(
        new RegExp(`^${id}: .*${ending.source.replace("^", "")}`),
      );
    }
  });

  test.each(names)(
    "B51 every variant of %s keeps what SHALL and MUST be kept, or its description says why not",
    (name) => {
      const flow = read(name);
      for (const { id, description = "" } of flow.variants) {
        const broken = checkRun(flow, runOf(flow, id)).filter(
          ({ verdict, level }) => verdict === "fail" && /^(?:SHALL|MUST)/.test(level),
        );
        for (const one of broken) expect([id, description]).toEqual([id, expect.stringContaining(one.id)]);
      }
    },
  );
});
