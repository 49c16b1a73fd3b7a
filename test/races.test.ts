import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkRun, computeRun } from "../electron/engine/index.ts";
import { type Flow, flowSchema, type Scenario } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";
import type { Run } from "../shared/run/run.ts";
import { drawnAcross } from "./crossings.ts";

/**
 * Races and failures by their ids. Each is reached in a bundled flow by choosing turns, and G16 by switching
 * a rule off. Where the row says that messages cross, they are drawn across one another.
 */

const read = (path: string): Flow =>
  flowSchema.parse(JSON.parse(readFileSync(new URL(`../flows/${path}.flow.json`, import.meta.url), "utf8")));
const flows = {
  group: read("cpm/group-invitation"),
  call: read("sip/no-answer"),
  direct: read("sip/session-establishment"),
  extend: read("cpm/extend-one-to-one"),
  transfer: read("cpm/transfer-server-in-path"),
  transferPast: read("cpm/transfer-server-not-in-path"),
} as const;

type Act = Extract<Choice, { kind: "stimulate" }>;
const act = (participant: string, stimulus: Act["stimulus"], more: Partial<Act> = {}): Choice => ({
  kind: "stimulate",
  participant,
  stimulus,
  ...more,
});
const at = (hop: string): Choice => ({ kind: "deliver", hop });
const late = (hop: string): Choice => ({ kind: "deliver", hop, late: true });
const lose = (hop: string): Choice => ({ kind: "lose", hop });
const expire = (participant: string, timer: string, more: { readonly now?: true } = {}): Choice => ({
  kind: "expire",
  participant,
  timer,
  ...more,
});
/** The hop lost `times` times, each time after it has been sent again. */
const lost = (hop: string, times = 7): Choice[] =>
  Array.from({ length: times }, (_, i) => [
    ...(i === 0 ? [] : [expire(hop.slice(0, hop.indexOf(">")), "Timer_A")]),
    lose(`${hop}#${i + 1}`),
  ]).flat();

const invite = act("cfX", "invite");
const accept1 = act("clientB1", "accept");
const accept2 = act("clientB2", "accept");
const calls = [act("alice", "invite"), act("bob", "accept")];
const start = act("clientA", "invite");
const asks = act("clientT", "transfer");
const early = (client: string, code?: number): Choice =>
  act(client, "decline", { what: "group", now: true, ...(code === undefined ? undefined : { code }) });

interface Race {
  readonly id: string;
  readonly title: string;
  readonly flow: keyof typeof flows;
  readonly script: readonly Choice[];
  /** Rules that are switched off, and what breaks without them. */
  readonly off?: readonly string[];
  readonly breaks?: readonly string[];
  readonly change?: (scenario: Scenario) => Scenario;
  /** Pairs of messages that cross. */
  readonly cross?: readonly (readonly [string, string])[];
  readonly shows: (run: Run) => void;
}

/** What one participant sends (<) and gets (>), in the order in which it arrives at the other end. */
function seen(run: Run, participant: string): string[] {
  return run.hops
    .filter((h) => h.from === participant || (h.to === participant && h.received !== undefined))
    .map((h) => `${h.to === participant ? ">" : "<"}${h.name.split(" ")[1]?.split("#")[0]}`);
}
const sentTo = (run: Run, participant: string, token: string): string[] =>
  run.hops.filter((h) => h.to === participant && h.name.includes(` ${token}#`)).map((h) => h.from);
const finals = (run: Run, participant: string): (number | undefined)[] =>
  run.hops
    .filter((h) => h.to === participant && h.message.method === "INVITE" && (h.message.status ?? 0) >= 200)
    .map((h) => h.message.status);
const sentAfter = (run: Run, hop: string, other: string): void =>
  expect(run.hops.find((h) => h.name === hop)?.sent).toBe(run.hops.find((h) => h.name === other)?.received);
/** Both ends have released and both releases are confirmed. */
const releasesMeet = (run: Run, ...ends: readonly string[]): void => {
  for (const end of ends)
    expect(
      seen(run, end)
        .filter((m) => m.includes("BYE"))
        .sort(),
    ).toEqual(["<BYE", "<BYE-200", ">BYE", ">BYE-200"]);
};
const untouched = (run: Run): void => {
  expect(run.hops.filter((h) => h.name.includes(" BYE#") && /^client[TR]$/.test(h.from))).toEqual([]);
  expect(sentTo(run, "clientR", "BYE")).toEqual([]);
};
const failureNotice = (run: Run): void => {
  expect(seen(run, "clientT").filter((m) => m.includes("NOTE"))).toEqual([">FAILURE-NOTE", "<FAILURE-NOTE-200"]);
  untouched(run);
};

const ringsAndIsCancelled = [">INVITE", "<ALERTING", ">CANCEL", "<CANCEL-200", "<487", ">ACK"];
const wins = [">INVITE", "<ALERTING", "<OK", ">ACK"];
const losesLate = [">INVITE", "<ALERTING", ">CANCEL", "<CANCEL-200", "<OK", ">ACK", ">BYE", "<BYE-200"];
const devices = (run: Run) => [seen(run, "clientB1"), seen(run, "clientB2")];

const races: readonly Race[] = [
  {
    id: "G1",
    title: "B1 answers first, B2 rings: B2 is cancelled",
    flow: "group",
    script: [invite, accept1],
    shows: (run) => expect(devices(run)).toEqual([wins, ringsAndIsCancelled]),
  },
  {
    id: "G2",
    title: "B2 answers first: the mirror image",
    flow: "group",
    script: [invite, accept2],
    shows: (run) => expect(devices(run)).toEqual([ringsAndIsCancelled, wins]),
  },
  {
    id: "G3",
    title: "B2's OK crosses the CANCEL: it is acknowledged and released, one session remains",
    flow: "group",
    script: [invite, accept1, accept2, at("coreB>clientB2 CANCEL#1")],
    cross: [["clientB2>coreB OK#1", "coreB>clientB2 CANCEL#1"]],
    shows: (run) => expect(devices(run)).toEqual([wins, losesLate]),
  },
  {
    id: "G4",
    title: "both answer at once: the first OK that arrives wins, the other is as in G3",
    flow: "group",
    script: [
      invite,
      accept1,
      accept2,
      at("clientB2>coreB OK#1"),
      at("coreB>pfB OK#1"),
      at("coreB>clientB1 CANCEL#1"),
      at("clientB1>coreB OK#1"),
    ],
    cross: [["clientB1>coreB OK#1", "coreB>clientB1 CANCEL#1"]],
    shows: (run) => {
      expect(seen(run, "clientB2")).toEqual(wins);
      expect(seen(run, "clientB1")).toEqual(expect.arrayContaining([">CANCEL", "<CANCEL-200", ">BYE", "<BYE-200"]));
    },
  },
  {
    id: "G5",
    title: "B1 answers before B2 has sent anything: the CANCEL waits for B2's first response",
    flow: "group",
    script: [invite, accept1, at("coreB>clientB2 INVITE#1")],
    shows: (run) => {
      expect(seen(run, "clientB2")).toEqual(ringsAndIsCancelled);
      sentAfter(run, "coreB>clientB2 CANCEL#1", "clientB2>coreB ALERTING#1");
    },
  },
  {
    id: "G6",
    title: "B1 is busy, B2 accepts: nothing is cancelled",
    flow: "group",
    script: [invite, act("clientB1", "decline", { code: 486 }), accept2],
    shows: (run) => {
      expect(run.hops.filter((h) => h.message.method === "CANCEL")).toEqual([]);
      expect(finals(run, "cfX")).toEqual([200]);
    },
  },
  {
    id: "G7",
    title: "B1 declines for all while B2 rings: B2 is cancelled, 603 goes upstream after its 487",
    flow: "group",
    script: [invite, act("clientB1", "decline", { code: 603 })],
    shows: (run) => {
      expect(seen(run, "clientB2")).toEqual(ringsAndIsCancelled);
      expect(finals(run, "cfX")).toEqual([603]);
      const cancel = run.hops.find((h) => h.name === "coreB>clientB2 CANCEL#1");
      expect(cancel?.message.reason?.cause).toBe(603);
      sentAfter(run, "coreB>pfB 603#1", "clientB2>coreB 487#1");
    },
  },
  {
    id: "G7",
    title: "the same, and B2's OK crosses: the session is with B2",
    flow: "group",
    script: [invite, act("clientB1", "decline", { code: 603 }), accept2, at("coreB>clientB2 CANCEL#1")],
    cross: [["clientB2>coreB OK#1", "coreB>clientB2 CANCEL#1"]],
    shows: (run) => {
      expect(finals(run, "cfX")).toEqual([200]);
      expect(seen(run, "clientB2").slice(-2)).toEqual(["<OK", ">ACK"]);
    },
  },
  ...[
    { codes: [486, 480], best: 486 },
    { codes: [486, 603], best: 603 },
    { codes: [503, 404], best: 404 },
  ].map(
    ({ codes, best }): Race => ({
      id: "G8",
      title: `all reject, with ${codes.join(" and ")}: ${best} goes upstream, once`,
      flow: "group",
      script: [invite, act("clientB1", "decline", { code: codes[0] }), act("clientB2", "decline", { code: codes[1] })],
      shows: (run) => expect(finals(run, "cfX")).toEqual([best]),
    }),
  ),
  {
    id: "G9",
    title: "nobody answers: all are cancelled, and the inviter hears 408",
    flow: "group",
    script: [invite],
    shows: (run) => {
      expect(devices(run)).toEqual([ringsAndIsCancelled, ringsAndIsCancelled]);
      expect(finals(run, "cfX")).toEqual([408]);
    },
  },
  {
    id: "G10",
    title: "B2 does not respond at all: sent again, given up, nobody else is disturbed",
    flow: "group",
    script: [invite, ...lost("coreB>clientB2 INVITE"), expire("coreB", "Timer_B"), accept1],
    shows: (run) => {
      expect(seen(run, "clientB1")).toEqual(wins);
      expect(run.hops.filter((h) => h.to === "clientB2").map((h) => h.message.again ?? 0)).toEqual([
        0, 1, 2, 3, 4, 5, 6,
      ]);
      expect(sentTo(run, "clientB2", "CANCEL")).toEqual([]);
    },
  },
  {
    id: "G10",
    title: "the only branch does not respond at all: the inviter hears 408",
    flow: "call",
    script: [act("alice", "invite"), ...lost("proxy2>bob INVITE")],
    shows: (run) => expect(finals(run, "alice")).toEqual([408]),
  },
  {
    id: "G11",
    title: "the inviter cancels while both ring: two 487, one upstream",
    flow: "group",
    script: [invite, act("cfX", "cancel")],
    shows: (run) => {
      expect(devices(run)).toEqual([ringsAndIsCancelled, ringsAndIsCancelled]);
      expect(finals(run, "cfX")).toEqual([487]);
    },
  },
  ...[
    [expire("pfB", "T_noanswer", { now: true }), act("cfX", "cancel", { now: true })],
    [act("cfX", "cancel", { now: true }), expire("pfB", "T_noanswer", { now: true })],
  ].map(
    (both, i): Race => ({
      id: "G9 G11",
      title: `nobody answers and the inviter cancels too (${i + 1}): each device is cancelled once`,
      flow: "group",
      script: [invite, act("clientB1", "decline"), ...both],
      shows: (run) => {
        expect(sentTo(run, "clientB2", "CANCEL")).toEqual(["coreB"]);
        expect(finals(run, "cfX")).toHaveLength(1);
      },
    }),
  ),
  {
    id: "G12",
    title: "the inviter cancels while B1's OK is on its way: acknowledged and released",
    flow: "group",
    script: [invite, accept1, act("cfX", "cancel"), at("coreB>clientB1 CANCEL#1"), at("clientB1>coreB OK#1")],
    cross: [["clientB1>coreB OK#1", "coreB>clientB1 CANCEL#1"]],
    shows: (run) => {
      expect(seen(run, "clientB1")).toEqual(expect.arrayContaining([">CANCEL", "<CANCEL-200", ">BYE", "<BYE-200"]));
      expect(finals(run, "cfX")).toEqual([200]);
    },
  },
  {
    id: "G13",
    title: "the OK is lost: it is sent again, and the session is established",
    flow: "call",
    script: [...calls, lose("bob>proxy2 OK#1")],
    shows: (run) => expect(seen(run, "bob").slice(-3)).toEqual(["<OK", "<OK", ">ACK"]),
  },
  {
    id: "G13",
    title: "the acknowledgement is lost: it is sent again",
    flow: "call",
    script: [...calls, lose("proxy2>bob ACK#1")],
    shows: (run) => expect(seen(run, "bob").slice(-2)).toEqual(["<OK", ">ACK"]),
  },
  {
    id: "G13",
    title: "the acknowledgement never comes: the session is released",
    flow: "call",
    script: [...calls, ...lost("proxy2>bob ACK")],
    shows: (run) => expect(seen(run, "bob").slice(-2)).toEqual(["<BYE", ">BYE-200"]),
  },
  {
    id: "G14",
    title: "both ends release at once: two BYEs, two confirmations, one end",
    flow: "direct",
    script: [...calls, act("alice", "end"), act("bob", "end"), at("alice>bob BYE#1")],
    cross: [["alice>bob BYE#1", "bob>alice BYE#1"]],
    shows: (run) => releasesMeet(run, "alice", "bob"),
  },
  {
    id: "G15",
    title: "the callee hangs up before the acknowledgement: the release waits for it",
    flow: "call",
    script: [...calls, act("bob", "end"), at("proxy2>bob ACK#1")],
    shows: (run) => {
      expect(seen(run, "bob").slice(-4)).toEqual(["<OK", ">ACK", "<BYE", ">BYE-200"]);
      sentAfter(run, "bob>proxy2 BYE#1", "proxy2>bob ACK#1");
    },
  },
  {
    id: "G16",
    title: "the core ignores the exclusion: B3 is invited too, and refuses by itself what it does not support",
    flow: "group",
    off: ["CORE-EXCLUDE"],
    script: [invite, accept1],
    breaks: ["SEL-1", "SEL-3"],
    shows: (run) => expect(seen(run, "clientB3")).toEqual([">INVITE", "<488", ">ACK"]),
  },
  {
    id: "G16",
    title:
      "the core ignores the exclusion by policy of a device that could answer: it rings and is cancelled with the others",
    flow: "group",
    change: (scenario) => ({
      ...scenario,
      participants: scenario.participants.map((p) => (p.id === "clientB3" ? { ...p, media: undefined } : p)),
      policies: [{ domain: "B", clients: ["clientB3"] }],
    }),
    off: ["CORE-EXCLUDE"],
    script: [invite, accept1],
    breaks: ["SEL-1", "SEL-3"],
    shows: (run) => expect(seen(run, "clientB3")).toEqual(ringsAndIsCancelled),
  },
  {
    id: "G17",
    title: "B rejects, C accepts: a group of A and C, the 1-1 session stays",
    flow: "extend",
    script: [start, early("clientB")],
    shows: (run) => expect([finals(run, "clientA"), sentTo(run, "clientA", "BYE")]).toEqual([[200], []]),
  },
  {
    id: "G18",
    title: "A ends the 1-1 session while B does: both releases are confirmed",
    flow: "extend",
    script: [
      start,
      at("coreB>clientB INVITE#1"),
      act("clientA", "end", { what: "oneToOne", now: true }),
      at("coreB>clientB BYE#1"),
      at("clientB>coreB BYE#1"),
    ],
    cross: [["coreB>clientB BYE#1", "clientB>coreB BYE#1"]],
    shows: (run) => releasesMeet(run, "clientA", "clientB"),
  },
  {
    id: "G19",
    title: "C answers before B: A hears of C's acceptance, the replacement goes on",
    flow: "extend",
    script: [start, late("clientB>coreB OK#1")],
    shows: (run) => {
      expect([finals(run, "clientA"), sentTo(run, "clientA", "BYE")]).toEqual([[200], ["coreA"]]);
      const names = run.hops.map(({ name }) => name);
      expect(names.indexOf("clientC>coreC OK#1")).toBeLessThan(names.indexOf("coreA>clientA OK#1"));
      expect(names.indexOf("coreA>clientA OK#1")).toBeLessThan(names.indexOf("clientB>coreB OK#1"));
    },
  },
  {
    id: "G20",
    title: "all decline: A is refused, the 1-1 session stays",
    flow: "extend",
    script: [start, early("clientB"), early("clientC")],
    shows: (run) => expect([finals(run, "clientA"), sentTo(run, "clientA", "BYE")]).toEqual([[486], []]),
  },
  ...(["transfer", "transferPast"] as const).flatMap((flow): readonly Race[] => [
    {
      id: "G21",
      title: `${flow}: not allowed: 403, the session is not touched`,
      flow,
      script: [act("pfT", "refuse"), asks],
      shows: (run) => {
        expect(seen(run, "clientT")).toEqual(["<TRANSFER", ">TRANSFER-403"]);
        untouched(run);
      },
    },
    {
      id: "G21",
      title: `${flow}: the target is not available: 480, the session is not touched`,
      flow,
      script: [act("pfT", "refuse", { code: 480 }), asks],
      shows: (run) => {
        expect(seen(run, "clientT")).toEqual(["<TRANSFER", ">TRANSFER-480"]);
        untouched(run);
      },
    },
    {
      id: "G22",
      title: `${flow}: the target declines: a failure notice, the session is not touched`,
      flow,
      script: [asks, at("coreG>clientG JOIN#1"), act("clientG", "decline", { now: true })],
      shows: failureNotice,
    },
    {
      id: "G22",
      title: `${flow}: the target is silent: a failure notice, the session is not touched`,
      flow,
      script: [asks, expire("pfG", "T_join"), at("coreG>clientG JOIN#1")],
      shows: failureNotice,
    },
    {
      id: "G24",
      title: `${flow}: the transferor ends the session during the transfer: the target's goes with it`,
      flow,
      script: [asks, act("clientT", "end"), late("clientG>coreG REPLACED#1")],
      shows: (run) => {
        if (flow === "transfer") expect(sentTo(run, "clientG", "BYE")).toEqual(["coreG"]);
        // Without the server in the path the target has a session of its own with the transferee, and releases it.
        expect(sentTo(run, "clientR", "BYE")).toEqual(flow === "transfer" ? ["coreR"] : ["coreR", "coreR"]);
      },
    },
    {
      id: "G25",
      title: `${flow}: the transferor's release crosses the transferee's: both are confirmed`,
      flow,
      script: [asks, act("clientR", "end", { what: "existing" }), at("clientT>coreT BYE#1")],
      shows: (run) => {
        for (const end of ["clientT", "clientR"])
          expect(run.hops.filter((h) => h.to === end && h.name.includes(" BYE-200#"))).toHaveLength(1);
      },
    },
    {
      id: "G26",
      title: `${flow}: the transfer request crosses the end of the session: 481`,
      flow,
      script: [asks, act("clientR", "end", { what: "existing" }), late("clientT>coreT TRANSFER#1")],
      cross: [["clientT>coreT TRANSFER#1", "coreT>clientT BYE#1"]],
      shows: (run) => expect(seen(run, "clientT")).toContain(">TRANSFER-481"),
    },
  ]),
  {
    id: "G23",
    title: "the transferee is offline: the target is refused, a failure notice, the session is not touched",
    flow: "transferPast",
    script: [asks, ...lost("coreR>clientR INVITE"), expire("coreR", "Timer_B coreR>clientR INVITE#1")],
    shows: (run) => {
      expect(finals(run, "clientG")).toEqual([408]);
      failureNotice(run);
    },
  },
  {
    id: "G27",
    title: "the session to be replaced has ended before the invitation arrives: 603",
    flow: "extend",
    script: [start, act("clientA", "end", { what: "oneToOne" }), late("coreB>clientB INVITE#1")],
    shows: (run) => {
      const [refusal] = run.hops.filter((h) => h.from === "clientB" && h.message.method === "INVITE");
      expect(refusal?.message.status).toBe(603);
    },
  },
];

describe.each(races)("$id in the bundled flow $flow", ({ title, flow, script, cross, shows, ...given }) => {
  const { off = [], breaks = [], change = (scenario) => scenario } = given;
  const of: Flow = { ...flows[flow], scenario: { ...change(flows[flow].scenario), rules: { off: [...off] } } };
  const run = computeRun(of.scenario, script);
  it(title, () => {
    expect(run.turns.flatMap((t) => t.unexpected ?? [])).toEqual([]);
    expect([run.end, run.divergence?.choice]).toEqual(["rest", undefined]);
    shows(run);
  });
  it(breaks.length === 0 ? "keeps every requirement" : `breaks ${breaks.join(", ")} and nothing else`, () => {
    const broken = checkRun(of, run).filter(({ verdict }) => verdict === "fail");
    expect(broken.map(({ id }) => id)).toEqual(breaks);
  });
  it.each(cross ?? [])("draws %s and %s across one another", (one, other) => {
    expect(drawnAcross(of, run, one, other)).toBe(true);
  });
});

it("every row of the table of races is here", () => {
  const ids = new Set(races.flatMap(({ id }) => id.split(" ")));
  expect(Array.from({ length: 27 }, (_, i) => `G${i + 1}`).filter((id) => !ids.has(id))).toEqual([]);
});
