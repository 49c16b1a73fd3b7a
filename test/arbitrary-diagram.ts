import fc from "fast-check";
import type { Diagram, End, Item, Lifeline, Step } from "../shared/diagram/diagram.ts";
import { arrowEnds, shapes } from "../shared/flow/drawn.ts";

/** Random diagrams, with the texts that untrusted documents hold: long, empty, foreign, or meant to break the picture. */

const words = fc.constantFrom(
  "CPM Session Invitation",
  "ALERTING response",
  "200 OK",
  "",
  "CPM Session Invitation cancellation request",
  "a<b & \"c\" 'd'",
  "<script>alert(1)</script>",
  "]]> --> <!-- &amp; &#0;",
  "Two\nlines",
  "tab\tand\u0000control\u001b\u0085characters",
  "دعوة إلى جلسة",
  "הזמנה לפגישה",
  "会话邀请请求会话邀请请求会话邀请请求",
  "👩‍👩‍👧‍👦 family 🇩🇪 👍🏽",
  "\ud800 half a pair \udc00",
  "Antidisestablishmentarianism_without_any_space_to_break_at_whatsoever",
  "sip:conference-factory@example.com;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
  "SIP/IP Core (home network)",
);

export const nastyText = fc.oneof(words, fc.string({ maxLength: 60, unit: "binary" }), fc.string({ maxLength: 60 }));

const roles = fc.constantFrom("client", "core", "participatingFunction", "controllingFunction", "other" as const);

function lifelines(count: number): fc.Arbitrary<Lifeline[]> {
  return fc
    .array(
      fc.record({
        name: nastyText,
        role: roles,
        looks: fc.record(
          { shape: fc.constantFrom(...shapes), colour: fc.constantFrom("red", "#a0c4ff", "transparent") },
          { requiredKeys: [] },
        ),
      }),
      { minLength: count, maxLength: count },
    )
    .map((list) =>
      list.map(({ name, role, looks }, i) => ({ id: `p${i}`, name, role: role as Lifeline["role"], ...looks })),
    );
}

interface Seed {
  readonly item: Item["type"];
  readonly a: number;
  readonly b: number;
  readonly hide: number;
  readonly text: string;
  readonly number: boolean;
  readonly line: Step["line"];
  readonly flags: number;
  readonly back: number;
}

const seed: fc.Arbitrary<Seed> = fc.record({
  item: fc.constantFrom(
    "step",
    "step",
    "step",
    "step",
    "note",
    "divider",
    "fragment",
    "else",
    "end",
    "timer",
    "state",
    "activation",
    "life",
  ),
  a: fc.nat(20),
  b: fc.nat(20),
  hide: fc.nat(30),
  text: nastyText,
  number: fc.boolean(),
  line: fc.constantFrom("solid", "dashed", "media"),
  flags: fc.nat(63),
  back: fc.nat(12),
});

function endOf(at: number, count: number, hide: boolean, text: string): End {
  if (count === 0 || hide) return at % 3 === 0 ? { kind: "nowhere" } : { kind: "hidden", id: `h${at}`, name: text };
  return { kind: "lifeline", id: `p${at % count}` };
}

function step(part: Seed, index: number, count: number): Step {
  const state = count > 0 && part.hide === 30;
  const from = endOf(part.a, count, part.hide === 0 || part.hide === 1, part.text);
  const slanted = (part.flags & 1) === 1 && part.back > 6;
  return {
    type: "step",
    index,
    number: part.number ? String(index + 1) : "",
    from: state ? { kind: "lifeline", id: `p${part.a % count}` } : from,
    to: state
      ? { kind: "lifeline", id: `p${part.a % count}` }
      : endOf(part.b, count, part.hide === 0 || part.hide === 2, part.text),
    label: part.text,
    name: part.text,
    sip: "",
    line: part.line,
    hops: [],
    through: (part.flags & 2) === 2 && count > 0 ? [`p${(part.a + 1) % count}`] : [],
    origin: (part.flags & 12) === 12 ? "authored" : "computed",
    sent: index,
    received: index + 1,
    lost: (part.flags & 48) === 48,
    ...(slanted && { sentBefore: Math.max(0, index - part.back + 6) }),
    ...(state && { state }),
    ...(part.back % 4 === 1 && {
      look: {
        head: arrowEnds[part.a % arrowEnds.length],
        tail: arrowEnds[part.b % arrowEnds.length],
        ...(part.hide > 20 && { dots: (["from", "to", "both"] as const)[part.hide % 3] }),
        ...(part.number && { colour: "teal" }),
      },
    }),
  } as Step;
}

function item(part: Seed, index: number, count: number): Item {
  const on = `p${count === 0 ? 0 : part.a % count}`;
  switch (part.item) {
    case "step":
      return step(part, index, count);
    case "note": {
      const over = part.hide < 10 ? [] : part.hide < 20 ? [on] : [on, `p${count === 0 ? 0 : part.b % count}`];
      const side = ([undefined, "left", "right"] as const)[part.back % 3];
      const note = { type: "note" as const, over, number: part.number ? `NOTE ${index}` : "", text: part.text };
      return { ...note, ...(side !== undefined && { side }), ...(part.back > 6 && { colour: "yellow" }) };
    }
    case "divider":
      return { type: "divider", text: part.text };
    case "fragment":
      return {
        type: "fragment",
        operator: (["alt", "opt", "par", "ref", "rect"] as const)[part.a % 5] ?? "alt",
        guard: part.a % 5 === 4 ? "" : part.text,
        ...(part.number && { over: [on], overlap: true, colour: "purple" }),
      };
    case "else":
      return { type: "else", guard: part.text };
    case "end":
      return { type: "end" };
    case "timer":
      return {
        type: "timer",
        on,
        name: part.text,
        event: (["start", "stop", "expire"] as const)[part.b % 3] ?? "start",
      };
    case "state":
      return { type: "state", on, text: part.text };
    case "activation":
      return { type: "activation", on, event: part.number ? "start" : "end" };
    case "life":
      return { type: "life", on, event: part.number ? "create" : "destroy" };
  }
}

export const arbitraryDiagram: fc.Arbitrary<Diagram> = fc
  .record({
    count: fc.nat(7),
    seeds: fc.array(seed, { maxLength: 24 }),
    boxes: fc.array(
      fc.record({
        name: nastyText,
        lifelines: fc.array(
          fc.nat(7).map((i) => `p${i}`),
          { minLength: 1 },
        ),
      }),
      { maxLength: 2 },
    ),
  })
  .chain(({ count, seeds, boxes }) =>
    lifelines(count).map((list) => {
      let index = 0;
      const items = seeds.map((part) => item(part, part.item === "step" ? index++ : index, count));
      return { title: "", lifelines: list, items, paragraphs: [], boxes };
    }),
  );
