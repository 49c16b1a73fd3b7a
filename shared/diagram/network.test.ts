import { describe, expect, it } from "vitest";
import type { Scenario } from "../flow/flow.ts";
import type { Hop, Message, Run } from "../run/run.ts";
import type { Diagram, Step } from "./diagram.ts";
import { isUp, linkId, type MediaPath, mediaByPair, networkOf } from "./network.ts";

const end = (id: string) => ({ kind: "lifeline", id }) as const;

function step(index: number, from: string, to: string, extra: Partial<Step> = {}): Step {
  return {
    type: "step",
    index,
    number: String(index + 1),
    from: end(from),
    to: end(to),
    label: "x",
    name: "x",
    sip: "",
    line: "solid",
    hops: [],
    through: [],
    origin: "computed",
    sent: index,
    received: index + 1,
    lost: false,
    ...extra,
  };
}

function diagram(items: Diagram["items"]): Diagram {
  return {
    title: "",
    lifelines: [
      { id: "a", name: "A", role: "client", domain: "A" },
      { id: "s", name: "S", role: "participatingFunction", domain: "B" },
      { id: "b", name: "B", role: "client", domain: "A" },
      { id: "o", name: "O", role: "other" },
    ],
    items,
    paragraphs: [],
  };
}

const scenario: Scenario = {
  participants: ["a", "s", "b", "o"].map((id) => ({ id, name: id, role: "other" as const })),
};

let counter = 0;
function hop(from: string, to: string, received: number | undefined, message: Partial<Message>): Hop {
  return {
    name: `${from}>${to} X#${++counter}`,
    from,
    to,
    message: {
      name: "x",
      kind: "request",
      class: "cpm",
      call: "1",
      from: { id: "a", tag: "a" },
      to: { id: "b", tag: "b" },
      ...message,
    },
    sent: 0,
    ...(received === undefined ? {} : { received }),
    origin: "computed",
  };
}

const run = (hops: readonly Hop[]): Run => ({ turns: [], hops, end: "rest" });
const threeSteps = diagram([step(0, "a", "b"), step(1, "b", "a"), step(2, "a", "b")]);
const media = (hops: readonly Hop[], given: Scenario = scenario): readonly MediaPath[] =>
  networkOf(given, run(hops), threeSteps).media;

describe("network", () => {
  it("W40 groups participants by network in order of appearance", () => {
    const { groups } = networkOf(scenario, run([]), diagram([]));
    expect(groups.map(({ domain, members }) => [domain, members.map(({ id }) => id)])).toEqual([
      ["A", ["a", "b"]],
      ["B", ["s"]],
      [undefined, ["o"]],
    ]);
  });

  it("W41 links the participants that exchange messages, once whichever way they go, over those shown on the way", () => {
    const { links, routes } = networkOf(
      scenario,
      run([]),
      diagram([step(0, "a", "b", { through: ["s", "unseen"] }), step(1, "s", "a"), step(2, "o", "o", { state: true })]),
    );
    expect(routes).toEqual([["a", "s", "b"], ["s", "a"], ["o"]]);
    expect(links.map(({ id }) => id)).toEqual([linkId("a", "s"), linkId("s", "b")]);
    expect(linkId("s", "a")).toBe(linkId("a", "s"));
  });

  it("W42 leaves out hidden participants", () => {
    const { routes, links } = networkOf(
      scenario,
      run([]),
      diagram([step(0, "a", "b", { to: { kind: "hidden", id: "h", name: "H" } })]),
    );
    expect(routes).toEqual([["a"]]);
    expect(links).toEqual([]);
  });

  const accepted = hop("b", "a", 1, { method: "INVITE", status: 200 });
  const acknowledged = hop("a", "b", 2, { method: "ACK" });

  it("W43 shows media from the ACK of an accepted invitation until the release arrives", () => {
    const [path] = media([accepted, acknowledged, hop("a", "b", 3, { method: "BYE" })]);
    expect(path).toMatchObject({ a: "a", b: "b", from: 2, until: 3 });
    expect([0, 1, 1.9, 2, 2.9, 3].map((position) => isUp(path as MediaPath, position))).toEqual([
      false,
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  it("W43 shows none where the ACK does not arrive, or only acknowledges a failure", () => {
    expect(media([accepted, hop("a", "b", undefined, { method: "ACK" })])).toEqual([]);
    expect(media([accepted, hop("a", "b", 2, { method: "ACK", acknowledges: 487 })])).toEqual([]);
    expect(media([hop("b", "a", 1, { method: "INVITE", status: 180 }), acknowledged])).toEqual([]);
  });

  it("W43 a release that has only come as far as a relay ends nothing", () => {
    const [path] = media([accepted, acknowledged, hop("a", "s", 3, { method: "BYE" })]);
    expect(path?.until).toBeUndefined();
  });

  it("W43 sessions between the same two, one after the other, are one pair", () => {
    const again = (message: Partial<Message>) => ({
      ...message,
      call: "2",
      from: { id: "b", tag: "b" },
      to: { id: "a", tag: "a" },
    });
    const paths = media([
      accepted,
      acknowledged,
      hop("a", "b", 3, { method: "BYE" }),
      hop("a", "b", 4, again({ method: "INVITE", status: 200 })),
      hop("b", "a", 5, again({ method: "ACK" })),
    ]);
    expect([...mediaByPair(paths)].map(([id, each]) => [id, each.length])).toEqual([[linkId("a", "b"), 2]]);
  });

  it("W44 a given session has its media from the start, between the ends its messages name", () => {
    const given: Scenario = { ...scenario, sessions: [{ id: "old", from: "a", to: "b" }] };
    expect(media([], given)).toMatchObject([{ a: "a", b: "b", session: "old", from: 0 }]);
    const release = hop("b", "a", 2, {
      method: "BYE",
      session: "old",
      from: { id: "b", tag: "b" },
      to: { id: "a", tag: "a" },
    });
    expect(media([release], given)).toMatchObject([{ session: "old", from: 0, until: 2 }]);
  });
});
