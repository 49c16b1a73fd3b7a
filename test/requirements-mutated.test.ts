import { describe, expect, it } from "vitest";
import { checkRun, computeRun } from "../electron/engine/index.ts";
import type { Flow, Role } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";
import { authoredFrom, bundledRuns } from "./authored-from-run.ts";
import { type Mutation, mutationsOf, type Row } from "./mutations.ts";

/** Every message of every bundled flow dropped, doubled, swapped, misdirected and turned round, in the flow as it is printed. */

const rowsOf = (flow: Flow): readonly Row[] =>
  (flow.variants[0]?.script ?? []).flatMap((c) =>
    c.kind === "inject" ? [{ from: c.from, to: c.to, label: c.message.label, media: c.message.kind === "media" }] : [],
  );
const scriptOf = (rows: readonly Row[]): readonly Choice[] =>
  rows.map(({ from, to, label, media }) => ({
    kind: "inject",
    from,
    to,
    message: { label, ...(media === true && { kind: "media" as const }) },
  }));

function failuresOf(flow: Flow, rows: readonly Row[]) {
  const run = computeRun(flow.scenario, scriptOf(rows));
  return checkRun(flow, run).filter(({ verdict }) => verdict === "fail");
}

/** What may be changed without breaking anything, or without its being seen. */
function isHarmless(rows: readonly Row[], { kind, row, rows: changed }: Mutation, role: (id: string) => Role): boolean {
  const at = rows.indexOf(row);
  const { from, to, label } = row;
  const same = rows.filter((other) => other.from === from && other.to === to && other.label === label);
  // A provisional response more or less; what goes along the media path.
  if (/^(?:1\d\d |MSRP )/.test(label)) return true;
  // Nothing tells that a flow begins later than it did.
  if (kind === "drop" && at === 0) return true;
  // An invitation to which nothing comes back is sent again as often as one likes.
  if (label === "INVITE" && same.length > 2) return true;
  if (kind !== "swap") return false;
  // What two elements do, or one does without waiting, has no order; but a core sends on what it has got.
  const next = changed[at];
  const isSentOn = next?.from === to && next.to !== from && next.label === label && role(to) === "core";
  return !isSentOn || /^(?:[3-6]\d\d .*\(REFER\)|.*transfer$|.*context$)/.test(label);
}

/** Where the rest of a flow makes good for what is missing. */
const excused: Readonly<Record<string, string>> = {
  "extend-one-to-one c-first: drop cfX INVITE": "the next core may have forked the one that is left",
  "extend-one-to-one-hop-by-hop c-first: drop cfX INVITE": "the next core may have forked the one that is left",
  "extend-one-to-one c-first: swap cfX INVITE": "the next core may have forked the one that has come",
  "extend-one-to-one-hop-by-hop c-first: swap cfX INVITE": "the next core may have forked the one that has come",
  "group-invitation crossing: double pfB 200 OK (INVITE)": "a forking element passes on as many as it gets",
  "transfer-server-in-path transferee-leaves: drop transfereeCPMClientDevice BYE": "it may lie before the first step",
  "transfer-server-in-path transferee-leaves: drop sipIPCoreServingTheTransferee BYE":
    "it may lie before the first step",
};

describe("R41: a bundled flow with one thing done to it", () => {
  it.each([...bundledRuns()])(
    "$name",
    ({ name, flow, run }) => {
      const authored = authoredFrom(flow, run);
      const roles = new Map(authored.scenario.participants.map(({ id, role }) => [id, role]));
      const rows = rowsOf(authored);
      const before = new Set(failuresOf(authored, rows).map(({ id, message }) => id + message));
      const unseen: string[] = [];
      const misplaced: string[] = [];
      for (const mutation of mutationsOf(rows)) {
        const { kind, row, rows: changed, touched } = mutation;
        const failures = failuresOf(authored, changed).filter(({ id, message }) => !before.has(id + message));
        const what = `${name}: ${kind} ${row.from} ${row.label}`;
        if (failures.length === 0) {
          if (!isHarmless(rows, mutation, (id) => roles.get(id) ?? "other") && excused[what] === undefined)
            unseen.push(`${what} to ${row.to}`);
          continue;
        }
        const ends = failures.flatMap(({ at }) => at.flatMap((hop) => hop.split(" ")[0]?.split(">") ?? []));
        if (!ends.some((id) => touched.has(id))) misplaced.push(`${what} to ${row.to}`);
      }
      expect({ unseen, misplaced }).toEqual({ unseen: [], misplaced: [] });
    },
    60_000,
  );
});
