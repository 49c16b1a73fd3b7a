import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryDiagram, nastyText } from "../../test/arbitrary-diagram.ts";
import type { Diagram, Step } from "./diagram.ts";
import { layout } from "./layout.ts";
import { type FontFiles, svgPieces, toSvg, withFont } from "./svg.ts";
import { dark, light, print } from "./theme.ts";
import { escapeXml } from "./xml.ts";

const TEXT = /^(?:[^<&]|&(?:amp|lt|gt|quot|#39);)*$/;
// Characters that XML 1.0 §2.2 does not allow: controls, non-characters, halves of surrogate pairs.
const FORBIDDEN = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** What keeps a text from being a well-formed XML document, or nothing; of XML it knows what our writer may use. */
function fault(xml: string): string | undefined {
  if (FORBIDDEN.test(xml)) return "a forbidden character";
  const open: string[] = [];
  let at = 0;
  for (const tag of xml.matchAll(/<(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    const between = xml.slice(at, tag.index);
    if (!TEXT.test(between)) return `text ${JSON.stringify(between)}`;
    at = tag.index + tag[0].length;
    const names = [...(tag[3] ?? "").matchAll(/([\w:-]+)="([^"]*)"/g)].map((part) => {
      if (!TEXT.test(part[2] ?? "")) open.push(`bad value ${part[2]}`);
      return part[1];
    });
    if (new Set(names).size !== names.length) return `an attribute twice in ${tag[0]}`;
    if (tag[4] === "/") continue;
    if (tag[1] === "") open.push(tag[2] ?? "");
    else if (open.pop() !== tag[2]) return `an end tag ${tag[0]} too many`;
  }
  if (xml.slice(at).trim() !== "") return `text ${JSON.stringify(xml.slice(at))}`;
  return open.length === 0 ? undefined : `not closed: ${open.join(" ")}`;
}

const themes = fc.constantFrom(light, dark, print);

const two = [
  { id: "a", name: "CPM Client A", role: "client" as const },
  { id: "b", name: "CPM Client B", role: "client" as const },
];

function step(label: string, more: Partial<Step> = {}): Step {
  return {
    type: "step",
    index: 0,
    number: "1",
    from: { kind: "lifeline", id: "a" },
    to: { kind: "lifeline", id: "b" },
    label,
    name: label,
    sip: "",
    line: "solid",
    hops: [],
    through: [],
    origin: "computed",
    sent: 0,
    received: 1,
    lost: false,
    ...more,
  };
}

function svg(items: Diagram["items"], options = {}): string {
  return toSvg(layout({ title: "", lifelines: two, items, paragraphs: [] }, light), light, options);
}

test("the check itself sees what is wrong", () => {
  for (const xml of [
    "<a>",
    "<a></b>",
    "<a>&</a>",
    "<a b='c'/>",
    '<a b="<"/>',
    "<a>\u0001</a>",
    "<a/>x",
    "<a>\ud800</a>",
    '<a b="1" b="2"/>',
  ]) {
    expect(fault(xml)).toBeDefined();
  }
  expect(fault('<a b="c &amp; d"><e/>text</a>')).toBeUndefined();
});

describe("any diagram", () => {
  test("L23: its SVG is well-formed XML, whatever the texts hold", () => {
    fc.assert(
      fc.property(
        arbitraryDiagram,
        themes,
        nastyText,
        fc.integer({ min: -1, max: 30 }),
        (diagram, theme, title, highlight) => {
          const xml = toSvg(layout(diagram, theme), theme, {
            title,
            description: title,
            highlight,
            paleAfter: highlight,
          });
          expect(fault(xml)).toBeUndefined();
        },
      ),
      { numRuns: 200 },
    );
  });

  test("L24: it holds no script, link, marker, style sheet or foreign object", () => {
    fc.assert(
      fc.property(arbitraryDiagram, themes, (diagram, theme) => {
        const names = new Set(
          [...toSvg(layout(diagram, theme), theme).matchAll(/<([a-zA-Z]+)/g)].map((part) => part[1]),
        );
        const allowed = ["svg", "title", "desc", "g", "rect", "path", "polygon", "circle", "text"];
        expect([...names].filter((name) => !allowed.includes(name ?? ""))).toEqual([]);
      }),
    );
  });

  test("L25: every step has one group of its own, and every word of its label is text", () => {
    fc.assert(
      fc.property(arbitraryDiagram, (diagram) => {
        const scene = layout(diagram, light);
        const xml = toSvg(scene, light);
        const groups = [...xml.matchAll(/data-step="(\d+)"/g)].map((part) => Number(part[1]));
        expect(groups.sort((a, b) => a - b)).toEqual(scene.stepRows.map((_, i) => i));
        for (const { shape } of scene.rows) {
          if (shape.kind !== "arrow") continue;
          for (const line of shape.lines) if (line !== "") expect(xml).toContain(`>${escapeXml(line)}</text>`);
        }
      }),
    );
  });
});

describe("a picture", () => {
  test("L26: has a size, a title and a description", () => {
    const xml = svg([step("INVITE")], { title: "Set-up & release" });
    expect(xml).toMatch(/^<svg [^>]*width="\d+" height="\d+" viewBox="-0.5 -0.5 \d+ \d+" role="img"/);
    expect(xml).toContain(
      "<title>Set-up &amp; release</title><desc>Sequence diagram with 1 step between CPM Client A, CPM Client B.</desc>",
    );
  });

  test("L27: responses are dashed, lost messages end in a cross, media is a double line", () => {
    expect(svg([step("200 OK", { line: "dashed" })])).toContain("stroke-dasharray");
    expect(svg([step("INVITE")])).not.toContain("stroke-dasharray");
    expect(svg([step("INVITE")])).toContain("<polygon");
    expect(svg([step("INVITE", { lost: true })])).not.toContain("<polygon");
    expect(svg([step("audio", { line: "media" })])).toContain('stroke-width="5"');
  });

  test("L28: the current step is marked and later ones are pale", () => {
    const items = [step("INVITE"), step("ACK", { index: 1, number: "2" })];
    const xml = svg(items, { highlight: 0, paleAfter: 0 });
    expect(xml).toContain(light.colors.currentBand);
    expect(xml.match(/opacity="/g)).toHaveLength(1);
    expect(xml.indexOf("opacity")).toBeGreaterThan(xml.indexOf('data-step="1"'));
    expect(svg(items)).not.toContain(light.colors.currentBand);
  });

  test("L29: a font is put in only when it is one", () => {
    const scene = layout({ title: "", lifelines: two, items: [], paragraphs: [] }, light);
    const withOne = (font: FontFiles) => withFont(svgPieces(scene, light), font).join("");
    expect(withOne("AAEAAAASAQA=")).toContain("font-weight:400 600;src:url(data:font/ttf;base64,AAEAAAASAQA=)");
    const both = withOne({ regular: "d09GMgAB", semibold: "d09GRgAB" });
    expect(both).toContain("data:font/woff2;base64,d09GMgAB");
    expect(both).toContain("data:font/woff;base64,d09GRgAB");
    expect(withOne("AAEAAA)}</style><script>")).not.toContain("script");
  });

  test("L30: an empty diagram is an empty picture, not an error", () => {
    const xml = toSvg(layout({ title: "", lifelines: [], items: [], paragraphs: [] }, print), print);
    expect(fault(xml)).toBeUndefined();
  });
});

test("forbidden characters become visible, white space a space", () => {
  expect(escapeXml("a\u0000b\ud800c\ufffe")).toBe("a\ufffdb\ufffdc\ufffd");
  expect(escapeXml("a\tb\nc")).toBe("a b c");
  expect(escapeXml("😀 é \u2066x")).toBe("😀 é \u2066x");
  expect(escapeXml(`<&>"'`)).toBe("&lt;&amp;&gt;&quot;&#39;");
});
