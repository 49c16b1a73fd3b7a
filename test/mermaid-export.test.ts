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

async function holds(diagram: Diagram): Promise<void> {
  const { text } = writeMermaid(diagram);
  await mermaid.parse(text);
  const again = flowOfMermaid(text, "again");
  if (!again.ok) throw new Error(`${again.failure.message}\n${text}`);
  const back = projected(again.value.flow);
  expect(messages(back)).toEqual(messages(diagram));
  expect(back.lifelines.map(({ name }) => name)).toEqual(diagram.lifelines.map(({ name }) => name));
}

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
