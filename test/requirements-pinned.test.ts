import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkRun, computeRun } from "../electron/engine/index.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";

/** Requirements that were easily got wrong: a run that keeps each, and the least change of it that breaks it, and where. */

const read = (path: string): Flow =>
  flowSchema.parse(JSON.parse(readFileSync(new URL(`../flows/${path}.flow.json`, import.meta.url), "utf8")));
const group = read("cpm/group-invitation");
const oneToOne = read("cpm/one-to-one");
const transfer = read("cpm/transfer-server-in-path");

type Act = Extract<Choice, { kind: "stimulate" }>;
const act = (participant: string, stimulus: Act["stimulus"], more: Partial<Act> = {}): Choice => ({
  kind: "stimulate",
  participant,
  stimulus,
  ...more,
});
const withhold = (hop: string): Choice => ({ kind: "withhold", hop });
const alter = (hop: string, label: string): Choice => ({ kind: "alter", hop, message: { label } });
const inject = (from: string, to: string, label: string): Choice => ({ kind: "inject", from, to, message: { label } });

const b1Accepts = [act("cfX", "invite"), act("clientB1", "accept")];
const crossing: Choice[] = [
  ...b1Accepts,
  act("clientB2", "accept"),
  { kind: "deliver", hop: "coreB>clientB2 CANCEL#1" },
];
const accepted = [act("clientA", "invite"), act("clientB", "accept")];
const bothDecline = [
  act("cfX", "invite"),
  act("clientB1", "decline", { code: 486 }),
  act("clientB2", "decline", { code: 404 }),
];

interface Pin {
  readonly id: string;
  readonly flow: Flow;
  readonly script: readonly Choice[];
  readonly changes: readonly (readonly [what: string, change: Choice, at: readonly string[]])[];
}

const pins: readonly Pin[] = [
  {
    id: "CAN-4",
    flow: group,
    script: crossing,
    changes: [
      [
        "the late acceptance is not acknowledged",
        withhold("coreB>clientB2 ACK#1"),
        ["coreB>clientB2 CANCEL#1", "clientB2>coreB OK#1"],
      ],
      [
        "the late acceptance is not released",
        withhold("coreB>clientB2 BYE#1"),
        ["coreB>clientB2 CANCEL#1", "clientB2>coreB OK#1"],
      ],
    ],
  },
  {
    id: "FRK-1",
    flow: group,
    script: crossing,
    changes: [
      ["the second 2xx is not acknowledged", withhold("pfB>coreB ACK#2"), ["clientB2>coreB OK#1"]],
      ["the second 2xx is not released", withhold("pfB>coreB BYE#1"), ["clientB2>coreB OK#1"]],
    ],
  },
  {
    id: "MLD-007",
    flow: group,
    script: b1Accepts,
    changes: [
      ["the server does not cancel", withhold("pfB>coreB CANCEL#1"), ["coreB>clientB2 INVITE#1"]],
      ["the cancellation stays at the core", withhold("coreB>clientB2 CANCEL#1"), ["coreB>clientB2 INVITE#1"]],
    ],
  },
  {
    id: "ACK-1",
    flow: group,
    script: crossing,
    changes: [["the loser's OK is not acknowledged", withhold("coreB>clientB2 ACK#1"), ["clientB2>coreB OK#1"]]],
  },
  {
    id: "ACK-4",
    flow: group,
    script: b1Accepts,
    changes: [
      ["the 487 is acknowledged twice", inject("coreB", "clientB2", "ACK"), ["coreB>clientB2 ACK#2"]],
      ["an ACK goes where nothing was answered", inject("coreB", "clientB3", "ACK"), ["coreB>clientB3 ACK#1"]],
    ],
  },
  {
    id: "FIN-1",
    flow: group,
    script: b1Accepts,
    changes: [
      [
        "the cancelled device does not end its invitation",
        withhold("clientB2>coreB 487#1"),
        ["coreB>clientB2 INVITE#1"],
      ],
      ["the OK does not reach the inviter", withhold("coreX>cfX OK#1"), ["cfX>coreX INVITE#1"]],
      ["the device answers twice", inject("clientB2", "coreB", "486 Busy Here"), ["clientB2>coreB 486 Busy Here#1"]],
    ],
  },
  {
    id: "BEST-1",
    flow: group,
    script: bothDecline,
    changes: [
      ["a worse one is sent", alter("coreB>pfB 486#1", "500 Server Internal Error"), ["coreB>pfB 486#1"]],
      ["one refuses for all devices unasked", alter("coreB>pfB 486#1", "603 Decline"), ["coreB>pfB 486#1"]],
    ],
  },
  {
    id: "TRF-2",
    flow: transfer,
    script: [act("clientT", "transfer")],
    changes: [
      [
        "it is refused though allowed",
        alter("coreT>clientT TRANSFER-202#1", "403 Forbidden"),
        ["coreT>clientT TRANSFER-202#1"],
      ],
    ],
  },
  {
    id: "TRF-2",
    flow: transfer,
    script: [act("pfT", "refuse"), act("clientT", "transfer")],
    changes: [
      [
        "it is accepted though not allowed",
        alter("coreT>clientT TRANSFER-403#1", "202 Accepted"),
        ["coreT>clientT TRANSFER-403#1"],
      ],
    ],
  },
  {
    id: "ACK-1",
    flow: oneToOne,
    script: accepted,
    changes: [
      ["the acknowledgement stops at the invited network", withhold("coreB>clientB ACK#1"), ["clientB>coreB OK#1"]],
    ],
  },
];

const verdictOn = (id: string, flow: Flow, script: readonly Choice[]) => {
  const run = computeRun(flow.scenario, script);
  expect(run.end).toBe("rest");
  return checkRun(flow, run).find((judgement) => judgement.id === id);
};

describe.each(pins)("R40 $id", ({ id, flow, script, changes }) => {
  it("is kept", () => {
    expect(verdictOn(id, flow, script)?.verdict).toBe("pass");
  });
  it.each(changes)("breaks when %s", (_what, change, at) => {
    const broken = verdictOn(id, flow, [...script, change]);
    expect([broken?.verdict, broken?.at]).toEqual(["fail", at]);
  });
});
