import { compare } from "../../shared/compare/compare.ts";
import type { Comparison, StepRef } from "../../shared/compare/comparison.ts";
import { summary } from "../../shared/compare/summary.ts";
import { type Arguments, type OptionInfo, optionValue } from "./arguments.ts";
import { openSide, type Projected } from "./projected.ts";
import { type ExitCode, printable, type Terminal } from "./terminal.ts";

export const options: readonly OptionInfo[] = [
  { name: "variant-a", value: "ID", says: "the variant of A; as well: A#ID. The main one when absent" },
  { name: "variant-b", value: "ID", says: "the variant of B" },
  { name: "level", value: "LEVEL", says: "cpm: the messages of the service; sip: every SIP message" },
  { name: "json", says: "print JSON for other programs" },
];

/** `callflow diff A B`: where two flows or variants part. 1 when they differ, be it in their order alone. */
export async function diff(_first: string, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [nameA, nameB, ...others] = args.positionals;
  if (nameA === undefined || nameB === undefined || others.length > 0) {
    terminal.error("Say which two flows to compare: callflow diff A B.\n");
    return 2;
  }
  const sides: Projected[] = [];
  for (const [name, option] of [
    [nameA, "variant-a"],
    [nameB, "variant-b"],
  ] as const) {
    const side = await openSide(name, optionValue(args, option), args, terminal);
    if (!side.ok) {
      terminal.error(`${side.failure.message}\n`);
      return 2;
    }
    sides.push(side.value);
  }
  const [a, b] = sides;
  if (a === undefined || b === undefined) return 2;
  const comparison = compare(a, b);
  const said = summary(comparison, a, b);
  terminal.out(
    args.options.has("json")
      ? `${JSON.stringify({ ...comparison, summary: said }, null, 2)}\n`
      : printable(asText(comparison, said, namesOf(b, a))),
  );
  return comparison.verdict === "same" ? 0 : 1;
}

/** What participants are called, as their steps are printed; the first side that has one says. */
function namesOf(...sides: readonly Projected[]): Names {
  const named = sides.toReversed().flatMap(({ diagram }) => diagram.lifelines);
  return new Map(named.map(({ id, name }) => [id, name]));
}

type Names = ReadonlyMap<string, string>;

function asText({ onlyA, onlyB, changed, moved }: Comparison, said: readonly string[], names: Names): string {
  const called = (id: string | null) => (id === null ? "nowhere" : (names.get(id) ?? id));
  const line = (mark: string, { number, from, to, label }: StepRef) =>
    `${mark} ${number}. ${called(from)} → ${called(to)}: ${label.replaceAll(/\s+/g, " ")}`;
  const lines = [
    ...onlyA.map((step) => line("-", step)),
    ...onlyB.map((step) => line("+", step)),
    ...changed.map(({ a, b, what }) => {
      const aspects = what.map(({ aspect }) => aspect).join(", ");
      return `${line("~", b)} (was ${a.number}.; ${aspects})`;
    }),
    ...moved.map(({ a, b }) => `${line(">", b)} (was ${a.number}.)`),
  ];
  return `${[...said, ...(lines.length === 0 ? [] : ["", ...lines])].join("\n")}\n`;
}
