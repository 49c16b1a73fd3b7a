import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import mermaid from "mermaid";
import { describe, expect, it } from "vitest";
import { computeRun } from "../electron/engine/index.ts";
import type { Diagram } from "../shared/diagram/diagram.ts";
import { project } from "../shared/diagram/project.ts";
import { readFlow } from "../shared/flow/file.ts";
import type { Flow } from "../shared/flow/flow.ts";
import { wholeScript } from "../shared/run/tree.ts";
import { escaped } from "../shared/text/mermaid/entities.ts";
import { flowOfMermaid } from "../shared/text/mermaid/flow-of.ts";
import { writeMermaid } from "../shared/text/mermaid/write.ts";
import { nastyText } from "./arbitrary-diagram.ts";

const folder = new URL("../flows/", import.meta.url);
const bundled = (readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith(".flow.json"));

function projected(flow: Flow): Diagram {
  const script = wholeScript(flow, flow.variants[0]?.id ?? "");
  return project(flow, computeRun(flow.scenario, script.ok ? script.value : []), flow.view ?? {});
}

const messages = ({ items }: Diagram): string[] =>
  items.flatMap((item) => {
    if (item.type !== "step" || item.from.kind !== "lifeline" || item.to.kind !== "lifeline" || item.state) return [];
    return [`${item.line}: ${item.label}`];
  });

/** What stands beside messages, as far as Mermaid has it: words, places and numbers from top to bottom. */
const beside = ({ items, lifelines, boxes = [] }: Diagram): string[] => {
  const at = new Map(lifelines.map(({ id }, i) => [id, i]));
  const told = items.flatMap((item) => {
    switch (item.type) {
      case "step":
        return [item.unnumbered === true ? "-" : item.number];
      case "note":
        return [`note ${item.side ?? ""} ${at.get(item.over[0] ?? "")} ${at.get(item.over.at(-1) ?? "")} ${item.text}`];
      case "fragment":
        return [`${item.operator} ${item.overlap === true} ${item.operator === "rect" ? item.colour : item.guard}`];
      case "else":
        return [`else ${item.guard}`];
      case "activation":
      case "life":
        return [`${item.type} ${item.event} ${at.get(item.on)}`];
      default:
        return [item.type];
    }
  });
  return [...told, ...boxes.map((box) => `box ${box.name} ${box.lifelines.map((id) => at.get(id)).join()}`)];
};

async function holds(diagram: Diagram): Promise<void> {
  const { text } = writeMermaid(diagram);
  await mermaid.parse(text);
  const again = flowOfMermaid(text, "again");
  if (!again.ok) throw new Error(`${again.failure.message}\n${text}`);
  const back = projected(again.value.flow);
  expect(messages(back)).toEqual(messages(diagram));
  expect(back.lifelines.map(({ name }) => name)).toEqual(diagram.lifelines.map(({ name }) => name));
}

describe("T7: what stands beside messages", () => {
  const fragments = ["alt", "opt", "loop", "par", "par_over", "critical", "break"] as const;
  const parts: Partial<Record<string, string>> = { alt: "else", par: "and", par_over: "and", critical: "option" };
  const word = fc.constantFrom("one", "two words", "is it so?", "x; y", "#1", "");
  const line: fc.Arbitrary<string[]> = fc.oneof(
    fc
      .tuple(fc.constantFrom("->>", "-->>", "-)", "-x", "->"), word)
      .map(([arrow, text]) => [`A${arrow}B: ${escaped(text)}`]),
    word.map((text) => [`Note right of B: ${escaped(text)}`]),
    word.map((text) => [`Note over A,C: ${escaped(text)}`]),
    fc.constantFrom("autonumber", "autonumber off", "autonumber 10 5", "autonumber 3").map((text): string[] => [text]),
    fc.constantFrom<string[]>(["A->>+B: start", "B-->>-A: stop"], ["activate C", "C->>A: busy", "deactivate C"]),
  );
  const block: fc.Arbitrary<string[]> = fc
    .tuple(fc.constantFrom(...fragments), word, fc.array(line, { maxLength: 3 }), fc.array(line, { maxLength: 3 }))
    .map(([operator, guard, first, second]) => {
      const part = parts[operator];
      const more = part === undefined ? [] : [`${part} ${escaped(guard)}`, ...second.flat()];
      return [`${operator} ${escaped(guard)}`, ...first.flat(), ...more, "end"];
    });
  const head = (boxed: boolean) =>
    boxed
      ? ["sequenceDiagram", "box Aqua Near", "actor A", "participant B", "end", "participant C"]
      : ["sequenceDiagram", "actor A", "participant B", "participant C"];

  it("comes back from the text as it was", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(line, block), { maxLength: 8 }), fc.boolean(), async (lines, boxed) => {
        const made = flowOfMermaid([...head(boxed), ...lines.flat()].join("\n"), "Any");
        if (!made.ok) throw new Error(made.failure.message);
        const diagram = projected(made.value.flow);
        const { text } = writeMermaid(diagram);
        // Boxes it reads in a browser alone.
        if (!boxed) await mermaid.parse(text);
        const again = flowOfMermaid(text, "again");
        if (!again.ok) throw new Error(`${again.failure.message}\n${text}`);
        const back = projected(again.value.flow);
        expect(messages(back)).toEqual(messages(diagram));
        expect(beside(back)).toEqual(beside(diagram));
      }),
      { numRuns: 80 },
    );
  });

  it("is told where Mermaid has no words for it", () => {
    const made = flowOfMermaid("sequenceDiagram\nautonumber\nA->>B: one\nNote over A: why", "Any");
    if (!made.ok) throw new Error(made.failure.message);
    const { flow } = made.value;
    const at = "A>B one#1";
    const diagram = projected({
      ...flow,
      arrows: [{ at, colour: "red", number: "5.1" }],
      notes: [{ at, over: ["A"], text: "why" }],
    });
    const { remarks } = writeMermaid(diagram);
    expect(remarks.join(" ")).toMatch(/Numbers.*Colours|Colours.*Numbers/);
    expect(remarks.join(" ")).toMatch(/without their numbers/);
  });

  it("is told where a name or a guard is longer than a flow holds", () => {
    const long = "x".repeat(2500);
    const made = flowOfMermaid(`sequenceDiagram\nparticipant A as ${long}\nopt ${long}\nA->>A: one\nend`, "Any");
    if (!made.ok) throw new Error(made.failure.message);
    expect(made.value.diagnostics.map(({ message }) => message).join(" ")).toMatch(
      /name after 500.*guard says after 2,000/,
    );
  });
});

describe("T5, T6: a flow as Mermaid text", () => {
  it.each(bundled)("%s parses and is read as the same messages", async (file) => {
    const opened = readFlow(readFileSync(new URL(file, folder)), file);
    if (!opened.ok) throw new Error(opened.failure.message);
    await holds(projected(opened.value.flow));
  });

  it("whatever people write on arrows", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nastyText, { maxLength: 8 }), async (labels) => {
        const text = (label: string) => label.replace(/\p{Cs}|\0/gu, "\uFFFD").replace(/\r\n?/g, "\n");
        const flow: Flow = {
          format: "callflow",
          version: 1,
          title: "Any",
          scenario: {
            participants: [
              { id: "a", name: "A; b #1", role: "other" },
              { id: "b", name: "end", role: "other" },
            ],
          },
          variants: [
            {
              id: "main",
              title: "Main",
              script: labels.map((label) => ({ kind: "inject", from: "a", to: "b", message: { label: text(label) } })),
            },
          ],
          view: { level: "sip", relays: "each" },
        };
        await holds(projected(flow));
      }),
      { numRuns: 60 },
    );
  });
});
