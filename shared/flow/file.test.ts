import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryFlow } from "../../test/arbitrary-flow.ts";
import { SIZE_LIMIT } from "./decode.ts";
import { DIAGNOSTICS_LIMIT, type OpenedFlow, readFlow, writeFlow } from "./file.ts";
import type { Flow } from "./flow.ts";

function open(content: string | Uint8Array): OpenedFlow {
  const opened = readFlow(content, "x.flow.json");
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.value;
}

function refusal(content: string | Uint8Array): string {
  const opened = readFlow(content, "x.flow.json");
  return opened.ok ? "" : opened.failure.message;
}

const least = {
  format: "callflow",
  version: 1,
  title: "T",
  scenario: { participants: [{ id: "a", name: "A", role: "other" }] },
  variants: [{ id: "main", title: "Main", script: [] as unknown[] }],
};

const bytes = (...values: number[]) => Uint8Array.from(values);

describe("D1–D3, D6–D8: what is not a document is refused with one sentence", () => {
  it.each<[string, string | Uint8Array, string]>([
    ["D1 nothing", "", "“x.flow.json” is empty."],
    ["D1 only white space", " \n\t ", "“x.flow.json” is empty."],
    ["D2 a binary file", bytes(0x89, 0x50, 0x4e, 0x47, 0, 1), "is not a text file"],
    ["D2 no UTF-8", bytes(0x7b, 0xff, 0x7d), "is not a text file in UTF-8"],
    ["D2 UTF-16", bytes(0xff, 0xfe, 0x7b, 0), "is text in UTF-16; save it as UTF-8"],
    ["D2 a NUL in text", '{"format": "call\0flow"}', "is not a text file"],
    [
      "D4 broken JSON",
      '{\n  "format": "callflow",\n}',
      "is not valid JSON: in line 3, column 1, a field's name is expected",
    ],
    ["D6 another JSON", "[1, 2]", "is not a Callflow document"],
    ["D6 another object", '{"name": "callflow"}', "is not a Callflow document"],
    ["D6 another format", '{"format": "mermaid"}', 'its field "format" is not "callflow"'],
    ["D7 a newer version", '{"format": "callflow", "version": 7}', "was written by a newer Callflow: it has version 7"],
    ["D7 no version", '{"format": "callflow"}', "does not say which version of the format it has"],
  ])("%s", (_, content, sentence) => {
    const said = refusal(content);
    expect(said).toContain(sentence);
    expect(said).toMatch(/^“x\.flow\.json” .*\.$/);
  });

  it("D3 what is too large is refused before it is looked at", () => {
    const sentence = "“x.flow.json” has 101 MB; Callflow opens documents of at most 64 MB.";
    expect(refusal(new Uint8Array(100 * 1024 * 1024 + 1))).toBe(sentence);
    expect(refusal(" ".repeat(100 * 1024 * 1024 + 1))).toBe(sentence);
    expect(refusal(new Uint8Array(SIZE_LIMIT))).toContain("is not a text file");
  });

  it("D2 a byte order mark is no harm", () => {
    const text = `\uFEFF${JSON.stringify(least)}`;
    expect(open(text).flow.title).toBe("T");
    expect(open(new TextEncoder().encode(text)).flow.title).toBe("T");
  });

  it("D8 does not overflow on deep nesting, wherever it stands", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const fields = ["title", "scenario", "variants", "notes", "view", "unknown"];
    const whole = (field: string, value: string) => `{"format":"callflow","version":1,"${field}":${value}}`;
    for (const field of fields) expect(readFlow(whole(field, deep), "x").ok).toBe(true);
    for (const part of ["level", "hide", "numbering"]) {
      expect(readFlow(whole("view", `{"${part}":${deep}}`), "x").ok).toBe(true);
    }
    expect(readFlow(whole("scenario", `{"participants":[{"role":${deep}}]}`), "x").ok).toBe(true);
    expect(refusal(`{"format":${deep}}`)).toContain('its field "format" is not');
  });

  it("D8 never throws, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.json().map((json) => `{"format":"callflow","version":1,"title":${json}}`),
        ),
        (text) => {
          expect(typeof readFlow(text, "x").ok).toBe("boolean");
        },
      ),
    );
  });
});

describe("D9–D12: what can be opened is opened", () => {
  const withPart = (part: object) => JSON.stringify({ ...least, ...part });
  const told = (part: object) => {
    const { diagnostics } = open(withPart(part));
    return diagnostics.map(({ at, message }) => `${at} ${message}`);
  };

  it("D9 sets an element aside and names it", () => {
    const script = [
      { kind: "stimulate", participant: "a", stimulus: "jump" },
      { kind: "stimulate", participant: "a", stimulus: "accept" },
      { kind: "teleport" },
      { kind: "deliver" },
    ];
    const content = withPart({ variants: [{ id: "main", title: "Main", script }] });
    expect(open(content).flow.variants[0]?.script).toEqual([script[1]]);
    expect(open(content).diagnostics.map(({ at, message }) => `${at} ${message}`)).toEqual([
      '/variants/0/script/0/stimulus variants[0].script[0].stimulus should be one of "invite", "accept", "decline", "cancel", "end", "send", "transfer", "refuse", but is "jump"; variants[0].script[0] is set aside.',
      '/variants/0/script/2/kind variants[0].script[2].kind should be one of "deliver", "stimulate", "expire", "lose", "inject", "withhold", "alter", but is "teleport"; variants[0].script[2] is set aside.',
      "/variants/0/script/3/hop variants[0].script[3].hop is missing; variants[0].script[3] is set aside.",
    ]);
  });

  it("D10 sets an optional or unknown field aside and keeps the rest", () => {
    expect(told({ clause: 3 })).toEqual(["/clause clause should be a text, but is 3; the field is set aside."]);
    expect(told({ color: "red" })).toEqual([
      "/color color is a field that this Callflow does not know; it is set aside.",
    ]);
    expect(told({ notes: { text: "a" } })).toEqual([
      "/notes notes should be a list, but is an object; the field is set aside.",
    ]);
    expect(told({ view: { level: "isup", hide: ["core"] } })).toEqual([
      '/view/level view.level should be one of "cpm", "sip", but is "isup"; the field is set aside.',
    ]);
    expect(told({ scenario: { ...least.scenario, timers: { ring: "long", T1: 1 } } })).toEqual([
      '/scenario/timers/ring scenario.timers.ring should be a number, but is the text "long"; it is set aside.',
    ]);
    expect(told({ scenario: { participants: [{ id: "1", name: "A", role: "other" }] } })).toEqual([
      '/scenario/participants/0/id scenario.participants[0].id is "1", but an id starts with a letter and holds letters, digits, _ and -; scenario.participants[0] is set aside.',
    ]);
  });

  it("D11 puts a plain default in the place of what is required", () => {
    const { flow, diagnostics } = open('{"format": "callflow", "version": 1}');
    expect(flow).toEqual({
      format: "callflow",
      version: 1,
      title: "x",
      scenario: { participants: [] },
      variants: [{ id: "main", title: "Main", script: [] }],
    });
    expect(diagnostics.map(({ at }) => at)).toEqual(["/title", "/scenario", "/variants"]);
    const named = open(withPart({ scenario: { participants: [{ id: "a", role: "other" }] } }));
    expect(named.flow.scenario.participants).toEqual([{ id: "a", name: "a", role: "other" }]);
  });

  it("D12 does not let such a file be overwritten", () => {
    expect(open(withPart({ color: "red" })).readOnly).toContain("“x.flow.json” holds a part that could not be read");
    expect(
      open(
        '{"format":"callflow","version":1,"title":"T","title":"T","scenario":{"participants":[]},"variants":[{"id":"main","title":"M","script":[]}]}',
      ).readOnly,
    ).toContain("could not be read");
    expect(open(withPart({})).readOnly).toBeUndefined();
    // A name that leads nowhere is written back as it is, so it does not stand in the way of saving.
    const dangling = open(withPart({ notes: [{ over: ["b"], text: "x" }] }));
    expect(dangling.diagnostics).toHaveLength(1);
    expect(dangling.readOnly).toBeUndefined();
  });

  it("D9 keeps every element that fits, whichever others are damaged", () => {
    fc.assert(
      fc.property(
        arbitraryFlow,
        fc.infiniteStream(fc.boolean()),
        fc.constantFrom(null, 7, "x", [], {}, { kind: 1 }),
        (flow, coin, junk) => {
          const spoil = (list: readonly unknown[] = []) =>
            list.flatMap((element) => (coin.next().value ? [junk, element] : [element]));
          const { notes, prose, requirements } = flow;
          const spoiled = { ...flow, notes: spoil(notes), prose: spoil(prose), requirements: spoil(requirements) };
          const opened = open(JSON.stringify(spoiled));
          expect(opened.flow).toEqual({
            ...flow,
            notes: notes ?? [],
            prose: prose ?? [],
            requirements: requirements ?? [],
          });
        },
      ),
    );
  });

  it("D13 tells at most so many diagnostics, and how many more there are", () => {
    const script = Array.from({ length: DIAGNOSTICS_LIMIT + 20 }, () => ({ kind: "no" }));
    const { diagnostics } = open(withPart({ variants: [{ id: "main", title: "Main", script }] }));
    expect(diagnostics).toHaveLength(DIAGNOSTICS_LIMIT + 1);
    expect(diagnostics.at(-1)?.message).toBe("The document has 20 more of these.");
  });
});

describe("D14–D16: the canonical text", () => {
  it("D14 is read as the flow that was written", () => {
    fc.assert(
      fc.property(arbitraryFlow, (flow) => {
        const opened = open(writeFlow(flow));
        expect(opened.flow).toEqual(flow);
        expect(opened.readOnly).toBeUndefined();
      }),
    );
  });

  it("D15 is the same for equal flows, and is not changed by opening and saving", () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, inner]) => [key, shuffled(inner)]),
      );
    };
    fc.assert(
      fc.property(arbitraryFlow, (flow) => {
        const text = writeFlow(flow);
        expect(writeFlow(open(text).flow)).toBe(text);
        expect(writeFlow(shuffled(flow) as Flow)).toBe(text);
        expect(writeFlow(open(JSON.stringify(flow)).flow)).toBe(text);
        expect(text.endsWith("\n")).toBe(true);
      }),
    );
  });

  it("D16 writes a script one line a choice", () => {
    fc.assert(
      fc.property(arbitraryFlow, (flow) => {
        const lines = writeFlow({ ...flow, marks: [] }).split("\n");
        const choices = flow.variants.reduce((count, variant) => count + variant.script.length, 0);
        expect(
          lines.filter((line) => /^\s*(.*\[)?\{ "kind": "/.test(line) || /"script": \[\{/.test(line)).length,
        ).toBeLessThanOrEqual(choices);
        const parsed = lines
          .filter((line) => line.startsWith('        { "kind": '))
          .map((line) => JSON.parse(line.replace(/,$/, "")));
        for (const choice of parsed) expect(choice).toHaveProperty("kind");
      }),
    );
    const flow = open(readFileSync(new URL("../../test/old-files/v1/every-field.flow.json", import.meta.url))).flow;
    const lines = writeFlow({ ...flow, marks: [] }).split("\n");
    expect(lines.filter((line) => /^ {8}\{ "kind": .*\},?$/.test(line))).toHaveLength(9);
  });

  // `GOLDEN=write npx vitest run shared/flow/file.test.ts` writes them in canonical form.
  it("D15 every bundled flow is canonical and without a finding", () => {
    const folder = new URL("../../flows/", import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".flow.json"),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const name of files) {
      const opened = open(readFileSync(new URL(name, folder)));
      expect([name, opened.diagnostics]).toEqual([name, []]);
      if (process.env.GOLDEN === "write") writeFileSync(new URL(name, folder), writeFlow(opened.flow));
      expect([name, writeFlow(opened.flow)]).toEqual([name, readFileSync(new URL(name, folder), "utf8")]);
    }
  });
});
