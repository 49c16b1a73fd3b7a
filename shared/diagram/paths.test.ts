import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flowOf, groupParticipants, type HopSpec, handMadeRun } from "../../test/hand-made-run.ts";
import type { View } from "../flow/flow.ts";
import type { Step } from "./diagram.ts";
import { project } from "./project.ts";

const flow = flowOf(groupParticipants);

function steps(specs: readonly HopSpec[], view: View = {}): readonly Step[] {
  return project(flow, handMadeRun(specs), view).items.filter((item) => item.type === "step");
}

function arrows(specs: readonly HopSpec[], view: View = {}): readonly string[] {
  return steps(specs, view).map(({ number, from, to, through, hops }) => {
    const [a, b] = [from, to].map((end) =>
      end.kind === "nowhere" ? "" : end.kind === "hidden" ? `(${end.id})` : end.id,
    );
    return `${number} ${a}>${b}${through.length > 0 ? ` through ${through.join(",")}` : ""} ${hops.length}`;
  });
}

const invite = (edge: string, relays?: number): HopSpec => ({ edge, method: "INVITE", relays });
const alerting = (edge: string, relays?: number, sent?: number): HopSpec => ({
  edge,
  method: "INVITE",
  status: 180,
  relays,
  sent,
});
const cancel = (edge: string, relays?: number): HopSpec => ({ edge, method: "CANCEL", relays });
const confirm = (edge: string, cause: number): HopSpec => ({ edge, method: "CANCEL", status: 200, cause });

/** The invitation of the group as far as the devices. */
const invited: readonly HopSpec[] = [
  invite("cfX>coreX"),
  invite("coreX>coreB", 0),
  invite("coreB>pfB", 1),
  invite("pfB>coreB", 2),
  invite("coreB>clientB1", 3),
  invite("coreB>clientB2", 3),
];

/** A cancellation towards two devices; the core confirms before it passes the cancellation on. */
const cancelled: readonly HopSpec[] = [
  cancel("pfB>coreB"),
  confirm("coreB>pfB", 0),
  cancel("coreB>clientB2", 0),
  confirm("clientB2>coreB", 2),
  cancel("coreB>clientB3", 0),
  confirm("clientB3>coreB", 4),
];

describe("relays", () => {
  test("P6 a chain that crosses networks is drawn hop by hop", () => {
    expect(arrows(invited)).toEqual([
      "1 cfX>coreX 1",
      "2 coreX>coreB 1",
      "3 coreB>pfB 1",
      "4 pfB>coreB 1",
      "5 coreB>clientB1 1",
      "6 coreB>clientB2 1",
    ]);
  });

  test("P6 a chain within one network is one arrow, drawn where its last hop arrives", () => {
    const specs = [
      alerting("clientB2>coreB"),
      alerting("clientB1>coreB"),
      alerting("coreB>pfB", 0),
      alerting("coreB>pfB", 1),
    ];
    expect(arrows(specs)).toEqual(["1 clientB2>pfB through coreB 2", "2 clientB1>pfB through coreB 2"]);
  });

  test("P7 a server between is no mere relay: its chain stays hop by hop", () => {
    expect(
      arrows([invite("clientB1>coreB"), invite("coreB>pfB", 0), invite("pfB>coreB", 1), invite("coreB>clientB2", 2)]),
    ).toHaveLength(4);
  });

  test("P5 each: every hop is an arrow; P8 all: every way from the first sender to a last receiver is one", () => {
    expect(arrows(cancelled, { relays: "each" })).toHaveLength(6);
    expect(arrows(invited, { relays: "all" })).toEqual([
      "1 cfX>clientB1 through coreX,coreB,pfB,coreB 5",
      "2 cfX>clientB2 through coreX,coreB,pfB,coreB 5",
    ]);
  });

  test("P9 the confirmations of a cancellation run back along it; the hop they share is the first one's", () => {
    expect(arrows(cancelled)).toEqual([
      "1 pfB>clientB2 through coreB 2",
      "2 clientB2>pfB through coreB 2",
      "3 pfB>clientB3 through coreB 2",
      "4 clientB3>pfB through coreB 1",
    ]);
    expect(steps(cancelled)[1]?.hops).toEqual(["clientB2>coreB CANCEL-200#1", "coreB>pfB CANCEL-200#1"]);
    expect(steps(cancelled)[3]?.hops).toEqual(["clientB3>coreB CANCEL-200#1"]);
  });

  test("P9 a confirmation that waits for no other is an arrow of its own", () => {
    expect(arrows([cancel("coreB>clientB2"), confirm("clientB2>coreB", 0)])).toEqual([
      "1 coreB>clientB2 1",
      "2 clientB2>coreB 1",
    ]);
    const unanswered = cancelled.slice(0, 3).map((spec, i) => (i === 2 ? { ...spec, lost: true } : spec));
    expect(arrows(unanswered)).toEqual(["1 coreB>pfB 1", "2 pfB>clientB2 through coreB 2"]);
  });

  test("P4 at SIP level everything is shown, hop by hop", () => {
    const specs = [
      ...cancelled,
      { edge: "clientB2>coreB", method: "INVITE", status: 487 },
      { edge: "coreB>clientB2", method: "ACK", message: { class: "terminated" as const } },
    ];
    expect(arrows(specs, { level: "sip" })).toHaveLength(8);
    expect(arrows(specs, { level: "sip", relays: "all" })).toHaveLength(8);
    expect(arrows(specs)).toHaveLength(4);
    expect(steps(specs, { level: "sip" }).map((s) => s.label)).toContain("487 Request Terminated");
    expect(arrows(specs, { show: ["terminated"] })).toHaveLength(2);
  });

  test("P13 an author's change of the message ends the chain", () => {
    const specs = [
      alerting("clientB2>coreB"),
      { ...alerting("coreB>pfB", 0), origin: "authored" as const, message: { name: "BUSY" } },
    ];
    expect(arrows(specs)).toEqual(["1 clientB2>coreB 1", "2 coreB>pfB 1"]);
    expect(steps(specs).map((s) => s.origin)).toEqual(["computed", "authored"]);
  });
});

describe("hidden participants", () => {
  test("P10 hops are merged over them, one arrow for each end of a fork", () => {
    expect(arrows(invited, { hide: ["core"] })).toEqual([
      "1 cfX>pfB through coreX,coreB 3",
      "2 pfB>clientB1 through coreB 2",
      "3 pfB>clientB2 through coreB 2",
    ]);
    expect(arrows(invited, { hide: ["coreX"] })[0]).toBe("1 cfX>coreB through coreX 2");
    expect(project(flow, handMadeRun(invited), { hide: ["core"] }).lifelines.map((l) => l.id)).not.toContain("coreB");
  });

  test("P11 a way that starts or ends at one is drawn as a gate where it is told, and left out where it is not", () => {
    const specs = [cancel("coreB>clientB2"), confirm("clientB2>coreB", 0)];
    expect(arrows(specs, { hide: ["core"] })).toEqual(["1 (coreB)>clientB2 1"]);
    expect(steps(specs, { hide: ["core"] })[0]?.from).toEqual({ kind: "hidden", id: "coreB", name: "SIP/IP Core B" });
    expect(arrows([alerting("clientB2>coreB"), alerting("coreB>pfB", 0)], { hide: ["core", "pfB"] })).toEqual([
      "1 clientB2>(pfB) through coreB 2",
    ]);
    expect(arrows([invite("coreX>coreB")], { hide: ["core"] })).toEqual([]);
  });

  test("P11 a participant that the scenario does not have is drawn as a gate", () => {
    expect(arrows([invite("cfX>stranger")])).toEqual(["1 cfX>(stranger) 1"]);
  });
});

test("P12 what was lost says so, and is drawn as far as it came", () => {
  const specs = [cancel("pfB>coreB"), { ...cancel("coreB>clientB2", 0), lost: true }];
  expect(steps(specs)).toMatchObject([{ lost: true, sent: 0, received: 2, hops: { length: 2 } }]);
  expect(steps([{ ...invite("cfX>coreX"), underWay: true }])).toMatchObject([{ lost: false, received: 1 }]);
});

const ids = groupParticipants.map((p) => p.id);
/** Any forest of relays over any participants, with a cancellation's answers among them. */
const anyRun = fc
  .array(
    fc.record({
      to: fc.nat(ids.length - 1),
      from: fc.nat(ids.length - 1),
      parent: fc.option(fc.nat(50)),
      method: fc.constantFrom("INVITE", "CANCEL", "BYE", "SEND"),
      answers: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((drafts) => {
    const specs: HopSpec[] = [];
    drafts.forEach(({ to, from, parent, method, answers }, i) => {
      const before = parent === null || i === 0 ? undefined : specs[parent % i];
      const end = before?.edge.split(">")[1] ?? ids[from];
      const edge = `${end}>${ids[to]}`;
      if (before === undefined || parent === null) specs.push({ edge, method });
      else if (answers && before.method === "CANCEL" && before.status === undefined)
        specs.push({
          edge: before.edge.split(">").reverse().join(">"),
          method: "CANCEL",
          status: 200,
          cause: parent % i,
        });
      else
        specs.push({
          edge,
          method: before.method,
          status: before.status,
          relays: before.method === "CANCEL" && before.status ? undefined : parent % i,
        });
    });
    return specs;
  });
const anyView: fc.Arbitrary<View> = fc.record({
  relays: fc.constantFrom("each", "local", "all"),
  level: fc.constantFrom("cpm", "sip"),
});

test("P3 every shown hop is in a step; only what comes before a fork is in several", () => {
  fc.assert(
    fc.property(anyRun, anyView, (specs, view) => {
      const run = handMadeRun(specs);
      const drawn = steps(specs, view).flatMap((step) => step.hops);
      const relayed = new Set(run.hops.flatMap((hop) => hop.relays ?? []));
      expect(new Set(drawn)).toEqual(new Set(run.hops.map((hop) => hop.name)));
      for (const hop of run.hops)
        if (!relayed.has(hop.name)) expect(drawn.filter((name) => name === hop.name)).toHaveLength(1);
    }),
  );
});

test("P3 steps stand in the order of arrival, numbered without a gap, each connected from end to end", () => {
  fc.assert(
    fc.property(anyRun, anyView, fc.subarray(["core", "pfB", "clientB1"]), (specs, view, hide) => {
      const run = handMadeRun(specs);
      const hops = new Map(run.hops.map((hop, i) => [hop.name, { hop, i }]));
      const all = steps(specs, { ...view, hide });
      expect(all.map((s) => s.number)).toEqual(all.map((_, i) => String(i + 1)));
      let before = -1;
      for (const step of all) {
        const own = step.hops.map((name) => hops.get(name));
        const place = Math.max(...own.map((entry) => entry?.i ?? -1));
        expect(place).toBeGreaterThan(before);
        before = place;
        const [from, to] = [step.from, step.to].map((end) => (end.kind === "nowhere" ? "" : end.id));
        expect(own[0]?.hop.from).toBe(from);
        if (own.length === step.through.length + 1) expect(own.at(-1)?.hop.to).toBe(to);
        own.slice(1).forEach((entry, i) => void expect(entry?.hop.from).toBe(own[i]?.hop.to));
        for (const end of [step.from, step.to])
          if (end.kind === "lifeline")
            expect(hide.some((h) => h === end.id || (h === "core" && end.id.startsWith("core")))).toBe(false);
      }
    }),
  );
});
