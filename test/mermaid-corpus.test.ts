import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { computeRun } from "../electron/engine/index.ts";
import { importMermaid } from "../electron/import/mermaid.ts";
import type { Diagram, Step } from "../shared/diagram/diagram.ts";
import { project } from "../shared/diagram/project.ts";
import { readFlow, writeFlow } from "../shared/flow/file.ts";
import { arrowKinds } from "../shared/text/mermaid/arrow-kinds.ts";
import { encoded, plainText } from "../shared/text/mermaid/entities.ts";

// Published diagrams (test/mermaid/SOURCES.md) with what Mermaid's own parser makes of each, in test/mermaid/oracle.
const folder = new URL("./mermaid/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".mmd"));

interface Oracle {
  readonly ok: boolean;
  readonly errorLine?: number;
  readonly participants: readonly { readonly id: string; readonly label: string; readonly type: string }[];
  readonly boxes: readonly { readonly label: string | null; readonly members: readonly string[] }[];
  readonly messages: readonly {
    readonly from: string;
    readonly to: string;
    readonly text: string;
    readonly line: string;
    readonly head: string;
    readonly tail: string;
  }[];
  readonly notes: readonly { readonly placement: string; readonly over: readonly string[]; readonly text: string }[];
  readonly activations: readonly { readonly op: string; readonly who: string }[];
  readonly fragments: readonly {
    readonly kind: string;
    readonly sections: readonly { readonly label: string | null }[];
  }[];
  readonly autonumber: readonly {
    readonly visible: boolean;
    readonly start: number | null;
    readonly step: number | null;
  }[];
  readonly events: readonly {
    readonly kind: string;
    readonly n?: number;
    readonly fragment?: string;
    readonly who?: string;
  }[];
}

const said = (text: string | null): string =>
  plainText(encoded((text ?? "").replace(/ﬂ°°|ﬂ°/g, "#").replace(/¶ß/g, ";")));
const plainColour = (text: string): string => text.replace(/\s+/g, "");
const halves: Readonly<Record<string, string>> = {
  halfTop: "half-top",
  halfBottom: "half-bottom",
  stickTop: "stick-top",
  stickBottom: "stick-bottom",
};

function arrowOf(step: Step): string {
  const media = step.line === "media";
  const end = (one: string) => halves[one] ?? one;
  const tail = media ? "filled" : (step.look?.tail ?? "none");
  return `${step.line === "dashed" ? "dotted" : "solid"} ${end(step.look?.head ?? "filled")} ${end(tail)}`;
}

/** From top to bottom, in one line each, what a diagram of ours draws. */
function drawn({ items, lifelines }: Diagram): string[] {
  const nameOf = new Map(lifelines.map(({ id, name }) => [id, said(name)]));
  const name = (id: string) => nameOf.get(id) ?? `?${id}`;
  const open: string[] = [];
  return items.flatMap((item): string[] => {
    switch (item.type) {
      case "step": {
        const [from, to] = [item.from, item.to].map((end) => (end.kind === "lifeline" ? name(end.id) : "?"));
        return [`${from} ${arrowOf(item)} ${to}: ${said(item.label)}`];
      }
      case "note":
        return [`note ${item.side ?? "over"} ${item.over.map(name).join(",")}: ${said(item.text)}`];
      case "fragment": {
        const kind = item.overlap === true ? "par_over" : item.operator;
        open.push(kind);
        return [`${kind} ${item.operator === "rect" ? plainColour(item.colour ?? "") : item.guard}`];
      }
      case "else":
        return [`else ${item.guard}`];
      case "end":
        return [`end ${open.pop()}`];
      case "activation":
        return [`${item.event === "start" ? "activate" : "deactivate"} ${name(item.on)}`];
      default:
        return [];
    }
  });
}

/** The same of what Mermaid's parser found. */
function expected(oracle: Oracle): string[] {
  const nameOf = new Map(oracle.participants.map(({ id, label }) => [id, said(label)]));
  const name = (id: string) => nameOf.get(id) ?? `?${id}`;
  let next = 0;
  const open: { readonly fragment: Oracle["fragments"][number]; section: number }[] = [];
  return oracle.events.flatMap((event): string[] => {
    switch (event.kind) {
      case "message": {
        const message = oracle.messages[event.n ?? 0];
        if (message === undefined) return ["?"];
        const arrow = `${message.line} ${message.head} ${message.tail}`;
        return [`${name(message.from)} ${arrow} ${name(message.to)}: ${said(message.text)}`];
      }
      case "note": {
        const note = oracle.notes[event.n ?? 0];
        if (note === undefined) return ["?"];
        return [`note ${note.placement} ${[...new Set(note.over)].map(name).join(",")}: ${said(note.text)}`];
      }
      case "fragment-start": {
        const fragment = oracle.fragments[next++];
        if (fragment === undefined) return ["?"];
        open.push({ fragment, section: 0 });
        const label = said(fragment.sections[0]?.label ?? "");
        return [`${fragment.kind} ${fragment.kind === "rect" ? plainColour(label) : label}`];
      }
      case "fragment-section": {
        const inner = open.at(-1);
        if (inner === undefined) return ["?"];
        inner.section += 1;
        return [`else ${said(inner.fragment.sections[inner.section]?.label ?? "")}`];
      }
      case "fragment-end":
        return [`end ${open.pop()?.fragment.kind}`];
      case "activate":
      case "deactivate":
        return [`${event.kind} ${name(event.who ?? "")}`];
      default:
        return [];
    }
  });
}

function projected(file: string) {
  const imported = importMermaid(readFileSync(new URL(file, folder)), file);
  if (!imported.ok) throw new Error(imported.failure.message);
  const { flow } = imported.value;
  const run = computeRun(flow.scenario, flow.variants[0]?.script ?? []);
  return { flow, run, diagram: project(flow, run, flow.view ?? {}) };
}

const oracleOf = (file: string): Oracle =>
  JSON.parse(readFileSync(new URL(`oracle/${file}.oracle.json`, folder), "utf8")) as Oracle;

describe("T1–T4: published Mermaid diagrams, as Mermaid's own parser reads them", () => {
  it("are all there", () => {
    expect(files.length).toBeGreaterThan(280);
    expect(arrowKinds).toHaveLength(26);
  });

  it.each(files.filter((file) => oracleOf(file).ok))("T1 %s", (file) => {
    const oracle = oracleOf(file);
    const { flow, diagram } = projected(file);
    expect(diagram.lifelines.map(({ name, shape }) => [said(name), shape ?? "participant"])).toEqual(
      oracle.participants.map(({ label, type }) => [said(label), type]),
    );
    expect(drawn(diagram)).toEqual(expected(oracle));
    const nameOf = new Map(diagram.lifelines.map(({ id, name }) => [id, said(name)]));
    const labelOf = new Map(oracle.participants.map(({ id, label }) => [id, said(label)]));
    expect((diagram.boxes ?? []).map(({ name, lifelines }) => [name, lifelines.map((id) => nameOf.get(id))])).toEqual(
      oracle.boxes.map(({ label, members }) => [said(label), members.map((id) => labelOf.get(id))]),
    );
    const counted = (flow.marks ?? []).filter((mark) => mark.kind === "numbering");
    const wanted = oracle.autonumber.map(({ visible, start, step }) => [visible, start, step]);
    const have = counted.map(({ shown = false, start = null, step = null }) => [shown, start, step]);
    expect(have.slice(have.length - wanted.length)).toEqual(wanted);
    const opened = readFlow(writeFlow(flow), file);
    expect(opened).toMatchObject({ ok: true, value: { flow, diagnostics: [] } });
  });

  it.each(files.filter((file) => !oracleOf(file).ok))("T2 refuses %s with its line", (file) => {
    const imported = importMermaid(readFileSync(new URL(file, folder)), file);
    expect(imported.ok ? "" : imported.failure.message).toMatch(/Line \d+:/);
  });
});
