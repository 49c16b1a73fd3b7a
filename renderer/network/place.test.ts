import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Lifeline } from "../../shared/diagram/diagram.ts";
import { linkId, type Network } from "../../shared/diagram/network.ts";
import { roles } from "../../shared/flow/flow.ts";
import { type Box, connect, lengthOf, pointAt, pointOver, reversed } from "./curve.ts";
import { shortName, spokenName } from "./names.ts";
import { neighbour } from "./neighbour.ts";
import { place, shapeOf, wayOf } from "./place.ts";

const lifeline = (id: string, role: Lifeline["role"], domain?: string): Lifeline => ({
  id,
  name: id,
  role,
  ...(domain === undefined ? {} : { domain }),
});

function network(lifelines: readonly Lifeline[], pairs: readonly (readonly [string, string])[] = []): Network {
  const domains = [...new Set(lifelines.map(({ domain }) => domain))];
  return {
    groups: domains.map((domain) => ({
      ...(domain === undefined ? {} : { domain }),
      members: lifelines.filter((member) => member.domain === domain),
    })),
    links: pairs.map(([a, b]) => ({ id: linkId(a, b), a, b })),
    routes: [],
    media: [],
  };
}

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const lifelines = fc
  .array(fc.tuple(fc.constantFrom(...roles), fc.constantFrom("A", "B", "C", "D", undefined)), {
    minLength: 1,
    maxLength: 60,
  })
  .map((all) => all.map(([role, domain], index) => lifeline(`p${index}`, role, domain)));

describe("places of the network view", () => {
  it("W45 no two participants overlap, and each stands within the frame of its network and of no other", () => {
    fc.assert(
      fc.property(lifelines, fc.constantFrom(0.7, 1.1, 1.6, 2.4), (all, aspect) => {
        const { nodes, frames } = place(network(all), aspect);
        expect(nodes.size).toBe(all.length);
        const boxes = [...nodes.values()];
        for (const [i, box] of boxes.entries())
          expect(boxes.slice(i + 1).some((other) => overlap(box, other))).toBe(false);
        for (const { id, domain } of all) {
          const box = nodes.get(id)!;
          for (const frame of frames) {
            const within =
              box.x >= frame.x &&
              box.x + box.width <= frame.x + frame.width &&
              box.y >= frame.y &&
              box.y + box.height <= frame.y + frame.height;
            expect(frame.domain === domain ? within : !overlap(box, frame)).toBe(true);
          }
        }
      }),
    );
  });

  it("W45 is the same every time", () => {
    fc.assert(
      fc.property(lifelines, (all) => {
        const pairs = all.slice(1).map(({ id }) => ["p0", id] as const);
        expect(place(network(all, pairs), 1.6)).toEqual(place(network(all, pairs), 1.6));
      }),
      { numRuns: 20 },
    );
  });

  it("W46 networks stand side by side in order, servers above the core above the clients", () => {
    const all = [
      lifeline("client", "client", "B"),
      lifeline("core", "core", "B"),
      lifeline("server", "participatingFunction", "B"),
      lifeline("focus", "controllingFunction", "A"),
    ];
    const { nodes, frames } = place(network(all), 1.6);
    const y = (id: string) => nodes.get(id)!.y;
    expect(y("server")).toBeLessThan(y("core"));
    expect(y("core")).toBeLessThan(y("client"));
    expect(y("focus")).toBe(y("server"));
    expect(frames.map(({ domain }) => domain)).toEqual(["B", "A"]);
    expect(frames[0]!.x + frames[0]!.width).toBeLessThan(frames[1]!.x);
  });

  it("W47 a line goes round a participant in its way, and the way of a message is walked in its direction", () => {
    const box = (x: number, y: number): Box => ({ x, y, width: 100, height: 50 });
    const [a, between, b] = [box(0, 0), box(300, 0), box(600, 0)];
    const line = connect(a, b, [between]);
    for (let t = 0; t <= 1; t += 0.02) {
      const at = pointAt(line, t);
      expect(overlap({ ...at, width: 0, height: 0 }, between)).toBe(false);
    }
    expect(lengthOf(connect(a, b, []))).toBeLessThan(lengthOf(line));
    expect(pointAt(reversed(line), 0)).toEqual(line.end);
    const three = [lifeline("a", "core", "A"), lifeline("b", "core", "B"), lifeline("c", "core", "C")];
    const placed = place(
      network(three, [
        ["a", "b"],
        ["b", "c"],
      ]),
      2.4,
    );
    const way = wayOf(placed, ["c", "b", "a"]);
    expect(way).toHaveLength(2);
    expect(pointOver(way, 0)!.x).toBeGreaterThan(pointOver(way, 0.5)!.x);
    expect(pointOver(way, 0.5)!.x).toBeGreaterThan(pointOver(way, 1)!.x);
    expect(pointOver([], 0.5)).toBeUndefined();
  });

  it("W48 an arrow key leads to the nearest participant in its direction", () => {
    const box = (x: number, y: number): Box => ({ x, y, width: 10, height: 10 });
    const nodes = new Map([
      ["here", box(0, 0)],
      ["right", box(100, 10)],
      ["far", box(300, 0)],
      ["below", box(0, 100)],
    ]);
    expect(neighbour(nodes, "here", "ArrowRight")).toBe("right");
    expect(neighbour(nodes, "here", "ArrowDown")).toBe("below");
    expect(neighbour(nodes, "here", "ArrowLeft")).toBeUndefined();
    expect(neighbour(nodes, "here", "Enter")).toBeUndefined();
  });

  it("W49 a node says its name without its role, and its role and network", () => {
    const server: Lifeline = {
      ...lifeline("s", "participatingFunction", "B"),
      name: "CPM Conversation Server B (participating function)",
    };
    expect(shortName(server)).toBe("CPM Conversation Server B");
    expect(spokenName(server)).toBe("CPM Conversation Server B, Participating function, network B");
    expect(spokenName(lifeline("Element", "other"))).toBe("Element");
  });

  it("W46 the view's shape is one of a few, so that a small change of its size moves nothing", () => {
    expect(shapeOf(1500, 900)).toBe(shapeOf(1400, 900));
    expect(shapeOf(400, 800)).toBeLessThan(shapeOf(1600, 600));
    expect(shapeOf(0, 0)).toBe(1.6);
  });
});
