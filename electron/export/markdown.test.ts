import { describe, expect, it } from "vitest";
import { project } from "../../shared/diagram/project.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { computeRun } from "../engine/index.ts";
import { exportMarkdown } from "./markdown.ts";

const inject = (from: string, to: string, label: string) => ({ kind: "inject", from, to, message: { label } }) as const;

const flow: Flow = {
  format: "callflow",
  version: 1,
  title: "Greeting *two* people",
  clause: "9.9",
  figure: "A greeting",
  introduction: "First paragraph,\nsecond line.\n\n1. not a list\n# not a heading\n<b>not bold</b>",
  scenario: {
    participants: [
      { id: "a", name: "Alice", role: "other" },
      { id: "b", name: "Bob", role: "other" },
    ],
  },
  variants: [
    {
      id: "main",
      title: "Main",
      script: [inject("a", "b", "Hi"), inject("b", "a", "Hi too"), inject("a", "b", "Bye")],
    },
  ],
  prose: [{ at: "a>b Hi#1", to: "b>a Hi too#1", text: "They greet each other." }],
  notes: [
    { text: "Before the figure.", numbered: false },
    { at: "b>a Hi too#1", text: "One.\n\nTwo." },
  ],
  definitions: [{ term: "Greeting", text: "What is said first." }],
  requirements: [
    { id: "R-1", level: "SHALL", text: "Bob SHALL answer.", release: "V1", steps: ["a>b Hi#1", "b>a Hi too#1"] },
    { id: "R-2", level: "MAY", text: "Anyone MAY leave." },
  ],
};

describe("D34: the section in Markdown", () => {
  const run = computeRun(flow.scenario, flow.variants[0]?.script ?? []);
  const input = { flow, variant: "main", run, diagram: project(flow, run, {}) };

  it("has heading, introduction, figure, numbered paragraphs, notes and requirements", () => {
    expect(exportMarkdown(input).content).toBe(`# 9.9 Greeting \\*two\\* people

First paragraph,  
second line.

1\\. not a list  
\\# not a heading  
\\<b\\>not bold\\</b\\>

**Greeting**: What is said first.

> NOTE: Before the figure.

*Figure: A greeting*

**1 – 2.** They greet each other.

> NOTE 1: One.
> 
> Two.

**3.** ${input.diagram.paragraphs.at(-1)?.text}

## Requirements

- **R-1** (SHALL, V1): Bob SHALL answer. (steps 1, 2)
- **R-2** (MAY): Anyone MAY leave.
`);
  });

  it("shows the figure where it was written", () => {
    expect(exportMarkdown({ ...input, figureFile: "my figure.svg" }).content).toContain(
      "![A greeting](<my%20figure.svg>)\n\n*Figure: A greeting*",
    );
  });
});
