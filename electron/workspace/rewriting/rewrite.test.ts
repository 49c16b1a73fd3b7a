import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { project } from "../../../shared/diagram/project.ts";
import { type Flow, flowSchema, type View } from "../../../shared/flow/flow.ts";
import { wholeScript } from "../../../shared/run/tree.ts";
import { flowOfMermaid } from "../../../shared/text/mermaid/flow-of.ts";
import { writeMermaid } from "../../../shared/text/mermaid/write.ts";
import { computeRun } from "../../engine/index.ts";
import { rewritten } from "./rewrite.ts";

const flowsDir = new URL("../../../flows/", import.meta.url);
const bundled = readdirSync(flowsDir, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".flow.json"))
  .map((file) => [file, flowSchema.parse(JSON.parse(readFileSync(new URL(file, flowsDir), "utf8")))] as const);
const group = bundled.find(([file]) => file.includes("group-invitation"))?.[1] as Flow;

function shown(flow: Flow, variant = flow.variants[0]?.id ?? "", view: View = flow.view ?? {}) {
  const script = wholeScript(flow, variant);
  if (!script.ok) throw new Error(script.failure.message);
  const run = computeRun(flow.scenario, script.value);
  const diagram = project(flow, run, view);
  return { flow, variant, run, diagram, text: writeMermaid(diagram).text };
}

function rewrite(flow: Flow, change: (text: string) => string): Flow {
  const { variant, run, diagram, text } = shown(flow);
  const next = rewritten(flow, variant, run, diagram, change(text));
  if (!next.ok) throw new Error(next.failure.message);
  expect(flowSchema.safeParse(next.value).success).toBe(true);
  return next.value;
}

const drawn = (text: string): Flow => {
  const read = flowOfMermaid(`sequenceDiagram\n${text}`, "Drawn");
  if (!read.ok) throw new Error(read.failure.message);
  return read.value.flow;
};
const textOf = (flow: Flow) => shown(flow).text;

describe("T20: text that was not changed changes nothing", () => {
  it.each(bundled)("%s", (_, flow) => {
    expect(rewrite(flow, (text) => text)).toEqual(flow);
    expect(rewrite(flow, (text) => `%% a comment\n${text}\n\n`)).toEqual(flow);
  });
});

describe("T21: a changed line changes what it says, and nothing else", () => {
  it("a message of a computed flow becomes an intervention; the rest, prose and variants stay", () => {
    const after = rewrite(group, (text) => text.replace("ALERTING response", "BUSY response"));
    expect(after.variants[0]?.script).toContainEqual(
      expect.objectContaining({ kind: "alter", message: { label: "BUSY response", kind: "response" } }),
    );
    expect(after.variants.slice(1).map(({ id }) => id)).toEqual(group.variants.slice(1).map(({ id }) => id));
    expect(after.prose?.length).toBe(group.prose?.length);
    expect(after.scenario.participants).toEqual(group.scenario.participants);
  });

  it("a participant's name changes in the figure and in the prose", () => {
    const after = rewrite(group, (text) => text.replace("as CPM Client B1", "as The First Phone"));
    expect(after.scenario.participants.find(({ id }) => id === "clientB1")?.name).toBe("The First Phone");
    expect(after.variants).toEqual(group.variants);
  });

  it("a new line is a message, and so is a new participant that it names", () => {
    const flow = drawn("A->>B: one\nB-->>A: two");
    const after = rewrite(flow, (text) => text.replace(/(.*two)/, "  p2->>Carol: between\n$1"));
    expect(after.scenario.participants.map(({ name }) => name)).toEqual(["A", "B", "Carol"]);
    expect(shown(after).run.hops.map((hop) => hop.message.name)).toEqual(["one", "between", "two"]);
  });

  it("a line that is gone takes its message with it; what stood beside it stays", () => {
    const flow = drawn("A->>B: one\nalt yes\nB-->>A: two\nelse no\nB-->>A: three\nend\nNote over A: end");
    const after = rewrite(flow, (text) => text.replace(/.*two\n/, ""));
    expect(shown(after).run.hops.map((hop) => hop.message.name)).toEqual(["one", "three"]);
    expect(textOf(after)).toBe(textOf(flow).replace(/.*two\n/, ""));
  });

  it("a line elsewhere is the same message in another place", () => {
    const flow: Flow = {
      ...drawn("A->>B: one\nB-->>A: two\nA->>B: three"),
      prose: [{ at: "B>A two#1", text: "Mine." }],
    };
    const after = rewrite(flow, (text) => {
      const lines = text.split("\n");
      const at = lines.findIndex((line) => line.includes("two"));
      const [line = ""] = lines.splice(at, 1);
      lines.splice(at + 1, 0, line);
      return lines.join("\n");
    });
    expect(shown(after).run.hops.map((hop) => hop.message.name)).toEqual(["one", "three", "two"]);
    expect(after.prose).toEqual(flow.prose);
  });

  it("notes and fragments are changed, put in and taken out", () => {
    const flow = drawn("A->>B: one\nNote over A,B: first\nB-->>A: two");
    const changed = rewrite(flow, (text) => text.replace("first", "second"));
    expect(changed.notes).toEqual([{ ...flow.notes?.[0], text: "second" }]);
    const added = rewrite(flow, (text) => text.replace(/(.*two)/, "  opt maybe\n$1\n  end\n  Note right of p1: third"));
    expect(added.marks?.map(({ kind }) => kind).slice(-2)).toEqual(["fragment", "end"]);
    expect(added.notes?.map(({ text }) => text)).toEqual(["first", "third"]);
    expect(rewrite(added, (text) => text.replace(/.*Note.*\n/g, "")).notes).toEqual([]);
  });
});

describe("T22: what cannot be taken over is said, with its line", () => {
  it("names the line of what Mermaid would refuse", () => {
    const { flow, variant, run, diagram, text } = shown(group);
    const broken = `${text}  p1->>\n`;
    expect(rewritten(flow, variant, run, diagram, broken)).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining(`${text.split("\n").length}`) },
    });
  });
});

describe("T23: whatever is written is what the flow says then", () => {
  const label = fc.constantFrom("one", "two", "a; b", "x # y", "日本語 😀");
  const end = fc.constantFrom("A", "B", "C");
  const lines = fc.array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc
          .tuple(end, end, label, fc.constantFrom("->>", "-->>"))
          .map(([a, b, text, arrow]) => `${a}${arrow}${b}: ${text.replace(";", "#59;").replace("# ", "#35; ")}`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(end, label)
          .map(([a, text]) => `Note over ${a}: ${text.replace(";", "#59;").replace("# ", "#35; ")}`),
      },
    ),
    { minLength: 1, maxLength: 8 },
  );
  const participants = "participant A\nparticipant B\nparticipant C\n";

  it("over arbitrary changes of drawn flows", () => {
    fc.assert(
      fc.property(lines, lines, fc.nat(), (first, second, cut) => {
        const kept = first.slice(0, cut % (first.length + 1));
        const flow = drawn(participants + first.join("\n"));
        // The flow's own text calls participants p1, p2, p3.
        const body = [...kept, ...second]
          .join("\n")
          .replace(/\bA(?=-|:)/g, "p1")
          .replace(/\bB(?=-|:)/g, "p2")
          .replace(/\bC(?=-|:)/g, "p3");
        const head = textOf(flow).split("\n").slice(0, 4).join("\n");
        const after = rewrite(flow, () => `${head}\n${body}`);
        const wanted = drawn(`${participants}${[...kept, ...second].join("\n")}`);
        expect(textOf(after).replace(/.*autonumber.*\n/, "")).toBe(textOf(wanted).replace(/.*autonumber.*\n/, ""));
      }),
    );
  });
});
