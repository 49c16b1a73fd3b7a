import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flowOf, groupParticipants, type HopSpec, handMadeRun, type TurnSpec } from "../../test/hand-made-run.ts";
import type { Flow, View } from "../flow/flow.ts";
import { project } from "./project.ts";

const invite = (edge: string, more: Partial<HopSpec> = {}): HopSpec => ({ edge, method: "INVITE", ...more });
const prose = (
  specs: readonly HopSpec[],
  written: Partial<Flow> = {},
  view: View = {},
  turns: Readonly<Record<number, TurnSpec>> = {},
) => project(flowOf(groupParticipants, written), handMadeRun(specs, turns), view).paragraphs;
const told = (...args: Parameters<typeof prose>) => prose(...args).map((p) => `${p.label} ${p.text}`);
const silent = (says: string): TurnSpec => ({
  reactions: [{ rule: "KEEP", says, guards: [], sends: [], milestones: [] }],
});

const invited: readonly HopSpec[] = [
  invite("cfX>coreX", { says: "the CPM Conversation Server X (controlling function) invites" }),
  invite("coreX>coreB", { relays: 0, says: "SIP/IP Core X routes it." }),
  invite("coreB>clientB1", { relays: 1, rule: "FORK", says: "The SIP/IP Core B forks" }),
  invite("coreB>clientB2", { relays: 1, rule: "FORK", says: "The SIP/IP Core B forks" }),
];

describe("computed paragraphs", () => {
  test("P22 a request sent by a rule that has a sentence is a paragraph; what a rule sends at once is one", () => {
    expect(told(invited)).toEqual([
      "1. The CPM Conversation Server X (controlling function) invites.",
      "2. The SIP/IP Core X routes it.",
      "3 – 4. The SIP/IP Core B forks.",
    ]);
  });

  test("P23 what comes from outside, goes there, or back to its sender is told by the end that is in the figure", () => {
    const drawn = (edge: string): HopSpec => ({ ...invite(edge), origin: "authored", message: { name: "Hello" } });
    const specs = [drawn("cfX>coreX"), drawn("coreX>cfX"), drawn("coreX>coreX")];
    const names = handMadeRun(specs).hops.map(({ name }) => name);
    const arrows = [
      { at: names[0] ?? "", ends: "found" as const },
      { at: names[1] ?? "", ends: "lost" as const },
    ];
    expect(told(specs, { arrows })).toEqual([
      "1. Hello reaches the SIP/IP Core X from outside.",
      "2. The SIP/IP Core X sends Hello to the outside.",
      "3. The SIP/IP Core X sends Hello to itself.",
    ]);
  });

  test("P22 a relay that nothing is said about belongs to the paragraph before", () => {
    expect(told([invited[0] ?? invite(""), invite("coreX>coreB", { relays: 0 })])).toHaveLength(1);
    expect(told([invited[0] ?? invite(""), invite("coreX>coreB", { cause: 0 })])[1]).toBe(
      "2. The SIP/IP Core X sends the CPM Session Invitation to the SIP/IP Core B.",
    );
  });

  const back: readonly HopSpec[] = [
    { edge: "clientB1>coreB", method: "INVITE", status: 180, says: "The CPM Client B1 rings" },
    { edge: "coreB>coreX", method: "INVITE", status: 180, relays: 0, says: "It is passed on" },
    { edge: "coreX>cfX", method: "INVITE", status: 180, relays: 1 },
  ];

  test("P23 a response is told all the way back, with where it is routed and what becomes of it", () => {
    expect(told(back, {}, {}, { 3: silent("as the session stands, cfX keeps it") })).toEqual([
      "1 – 3. The CPM Client B1 rings. The ALERTING response is routed to the CPM Conversation Server X (controlling function) through the signalling path. as the session stands, cfX keeps it.",
    ]);
  });

  test("P23 a chain drawn as one arrow is not said to be routed", () => {
    const local = [back[0] ?? invite(""), { edge: "coreB>pfB", method: "INVITE", status: 180, relays: 0 }];
    expect(told(local, {}, {}, { 2: silent("The server keeps it") })).toEqual([
      "1. The CPM Client B1 rings. The server keeps it.",
    ]);
  });

  test("P23 a sentence is told once; the rest gets a plain one", () => {
    const specs = [
      invited[0] ?? invite(""),
      invite("coreX>coreB", { sent: 1 }),
      invite("cfX>coreX", { sent: 0, rule: "R0" }),
    ];
    expect(told(specs)[2]).toBe(
      "3. The CPM Conversation Server X (controlling function) sends the CPM Session Invitation to the SIP/IP Core X.",
    );
  });

  test("P23 at SIP level a plain sentence names the SIP message too; a loss and a surprise are told", () => {
    const specs = [invite("cfX>coreX", { lost: true })];
    expect(told(specs, {}, { level: "sip" })[0]).toBe(
      "1. The CPM Conversation Server X (controlling function) sends the CPM Session Invitation (INVITE) to the SIP/IP Core X. The CPM Session Invitation (INVITE) is lost.",
    );
    expect(
      told([invite("cfX>coreX", { says: "It invites" })], {}, {}, { 1: { unexpected: "Nobody knows it" } }),
    ).toEqual(["1. It invites. Nobody knows it."]);
  });

  test("P23 an authored message is told by its label", () => {
    const specs = [invite("cfX>coreX", { origin: "authored", message: { name: "Hello", method: undefined } })];
    expect(told(specs)).toEqual([
      "1. The CPM Conversation Server X (controlling function) sends Hello to the SIP/IP Core X.",
    ]);
  });
});

describe("authored paragraphs", () => {
  test("P21 cover the steps from one hop to the other; the rest is computed", () => {
    const paragraphs = prose(invited, {
      prose: [{ at: "coreX>coreB INVITE#1", to: "coreB>clientB1 INVITE#1", text: "Mine" }],
    });
    expect(paragraphs.map((p) => [p.label, p.origin])).toEqual([
      ["1.", "computed"],
      ["2 – 3.", "authored"],
      ["4.", "computed"],
    ]);
  });

  test("P21 that meet in one step of this view become one; of hops that this run has not, nothing is said", () => {
    const written = {
      prose: [
        { at: "coreX>coreB INVITE#1", to: "coreB>clientB1 INVITE#1", text: "Second." },
        { at: "cfX>coreX INVITE#1", text: "First." },
        { at: "cfX>coreX INVITE#9", text: "Never." },
      ],
    };
    expect(told(invited, written, { hide: ["core"] })[0]).toBe("1. First. Second.");
    expect(told(invited, written).join()).not.toContain("Never");
  });

  test("P20 ranges are written as the view says", () => {
    const written = { prose: [{ at: "cfX>coreX INVITE#1", to: "coreB>clientB2 INVITE#1", text: "All" }] };
    expect(prose(invited, written, { numbering: { range: "n-m.", start: 3 } })[0]?.label).toBe("3-6.");
    expect(prose(invited, written)[0]?.label).toBe("1 – 4.");
  });
});

test("P21 paragraphs cover every step once, in order, whatever was written", () => {
  const hop = fc.constantFrom(
    "cfX>coreX INVITE#1",
    "coreX>coreB INVITE#1",
    "coreB>clientB1 INVITE#1",
    "coreB>clientB2 INVITE#1",
    "x>y Z#1",
  );
  const entry = fc.record({ at: hop, to: fc.option(hop, { nil: undefined }), text: fc.string() });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 5 }), fc.subarray(["core", "cfX"]), (written, hide) => {
      const flow = flowOf(groupParticipants, { prose: written });
      const { items, paragraphs } = project(flow, handMadeRun(invited), { hide });
      const covered = paragraphs.flatMap(({ first, last }) =>
        Array.from({ length: last - first + 1 }, (_, i) => first + i),
      );
      expect(covered).toEqual(items.flatMap((item) => (item.type === "step" ? [item.index] : [])));
    }),
  );
});
