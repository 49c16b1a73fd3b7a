import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeRun } from "../../electron/engine/index.ts";
import { layout } from "../../shared/diagram/layout.ts";
import { project } from "../../shared/diagram/project.ts";
import { light } from "../../shared/diagram/theme.ts";
import type { Mark } from "../../shared/flow/drawn.ts";
import { apply, type Edit } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { edgeAt, edgeOfItem, itemOfEdge, moveEdge, rowsForEdge, stepEdge } from "./fragment-edges.ts";

const hop = (n: number) => `a>b ${n}#1`;

/** A flow of six messages with these marks. */
function flowWith(marks: readonly Mark[]): Flow {
  return {
    format: "callflow",
    version: 1,
    title: "Six",
    scenario: { participants: ["a", "b"].map((id) => ({ id, name: id, role: "other" })) },
    variants: [
      {
        id: "main",
        title: "Main",
        script: [1, 2, 3, 4, 5, 6].map((n) => ({ kind: "inject", from: "a", to: "b", message: { label: `${n}` } })),
      },
    ],
    marks: [...marks],
  };
}

function diagramOf(flow: Flow) {
  return project(flow, computeRun(flow.scenario, flow.variants[0]?.script ?? []), {});
}

/** What is drawn, in one line: `1 loop( 2 3 ) 4`. */
function drawn(flow: Flow): string {
  return diagramOf(flow)
    .items.map((item) => {
      if (item.type === "step") return item.label;
      if (item.type === "fragment") return `${item.operator}(`;
      return item.type === "else" ? "|" : item.type === "end" ? ")" : item.type;
    })
    .join(" ");
}

const changed = (flow: Flow, edit: Edit | undefined): Flow => {
  const done = edit === undefined ? undefined : apply(flow, edit);
  return done?.ok === true ? done.value : flow;
};

const nested = flowWith([
  { kind: "fragment", id: "alt", operator: "alt", at: hop(1) },
  { kind: "fragment", id: "loop", operator: "loop", at: hop(2) },
  { kind: "end", of: "loop", at: hop(3) },
  { kind: "else", of: "alt", at: hop(3) },
  { kind: "end", of: "alt", at: hop(5) },
]);

describe("I37: the edge of a fragment", () => {
  it("is put below another step, where that cuts nothing", () => {
    expect(drawn(nested)).toBe("1 alt( 2 loop( 3 ) | 4 5 ) 6");
    const moved = (frame: number, edge: "top" | "bottom" | number, below: string) => {
      const diagram = diagramOf(nested);
      const row = diagram.items.findIndex((item) => item.type === "step" && item.label === below);
      return drawn(changed(nested, moveEdge(nested, diagram, { frame, edge }, row)));
    };
    expect(moved(0, "bottom", "4")).toBe("1 alt( 2 loop( 3 ) | 4 ) 5 6");
    expect(moved(0, "bottom", "6")).toBe("1 alt( 2 loop( 3 ) | 4 5 6 )");
    // Not before the part that begins there, and not within the loop.
    expect(moved(0, "bottom", "1")).toBe("1 alt( 2 loop( 3 ) | 4 ) 5 6");
    expect(moved(0, 0, "4")).toBe("1 alt( 2 loop( 3 ) 4 | 5 ) 6");
    expect(moved(0, 0, "2")).toBe("1 alt( 2 | loop( 3 ) 4 5 ) 6");
    expect(moved(1, "top", "1")).toBe("1 alt( loop( 2 3 ) | 4 5 ) 6");
    expect(moved(1, "bottom", "5")).toBe("1 alt( 2 loop( 3 ) | 4 5 ) 6");
  });

  it("goes a step further by keyboard", () => {
    const diagram = diagramOf(nested);
    const begin = { frame: 0, edge: "top" } as const;
    const end = { frame: 0, edge: "bottom" } as const;
    expect(drawn(changed(nested, stepEdge(nested, diagram, begin, -1)))).toBe("alt( 1 2 loop( 3 ) | 4 5 ) 6");
    expect(drawn(changed(nested, stepEdge(nested, diagram, end, 1)))).toBe("1 alt( 2 loop( 3 ) | 4 5 6 )");
    expect(stepEdge(nested, diagram, { frame: 1, edge: "bottom" }, 1)).toBeUndefined();
  });

  it("can be given to a fragment that ended where everything does", () => {
    const flow = flowWith([{ kind: "fragment", id: "opt", operator: "opt", at: hop(2) }]);
    const diagram = diagramOf(flow);
    const row = diagram.items.findIndex((item) => item.type === "step" && item.label === "4");
    expect(drawn(changed(flow, moveEdge(flow, diagram, { frame: 0, edge: "bottom" }, row)))).toContain(
      "opt( 3 4 ) 5 6",
    );
  });

  it("is found where it is drawn", () => {
    const diagram = diagramOf(nested);
    const scene = layout(diagram, light);
    for (const [item, { type }] of diagram.items.entries()) {
      const edge = edgeOfItem(diagram, item);
      expect(edge !== undefined).toBe(type === "fragment" || type === "else" || type === "end");
      if (edge === undefined) continue;
      expect(itemOfEdge(diagram, edge)).toBe(item);
      const frame = scene.frames[edge.frame];
      if (frame === undefined) throw new Error("no frame");
      const y = edge.edge === "top" ? frame.top : edge.edge === "bottom" ? frame.bottom : frame.elses[edge.edge]?.y;
      expect(edgeAt(scene, { x: frame.x + 3, y: y ?? 0 }, 3)).toEqual(edge);
    }
  });

  it("leaves fragments within each other, each with its steps, wherever it is put", () => {
    const place = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(place, place, fc.nat(2), fc.nat(20), (from, inner, frame, to) => {
        const flow = flowWith([
          { kind: "fragment", id: "outer", operator: "alt", at: hop(1) },
          { kind: "fragment", id: "inner", operator: "opt", at: hop(Math.min(from, inner)) },
          { kind: "end", of: "inner", at: hop(Math.max(from, inner) + 1) },
          { kind: "end", of: "outer", at: hop(5) },
        ]);
        const diagram = diagramOf(flow);
        const edge = { frame: frame % 2, edge: frame === 2 ? "bottom" : "top" } as const;
        const rows = rowsForEdge(diagram, edge);
        const next = drawn(changed(flow, moveEdge(flow, diagram, edge, rows[to % rows.length] ?? 0)));
        expect(next.replace(/\D+/g, "")).toBe("123456");
        // An end that cuts another fragment would be left out.
        expect(next.match(/\)/g)).toHaveLength(2);
        expect(next).not.toContain("( )");
      }),
    );
  });
});
