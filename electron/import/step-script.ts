import { numberOf } from "../../shared/flow/recognise.ts";
import type { Diagnostic } from "../../shared/flow/result.ts";
import type { Choice, HopName } from "../../shared/run/choice.ts";

/** One row of a step table. */
export interface StepRow {
  /** Its line in the file. */
  readonly line: number;
  readonly n: string;
  readonly kind: "msg" | "media";
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly note: string;
}

/** Hop names are no longer than this; a longer one, or one without a label, cannot be referred to. */
const HOP_LIMIT = 240;

interface Script {
  readonly script: readonly Choice[];
  /** The hop that each row makes; undefined where it cannot be referred to. */
  readonly hops: readonly (HopName | undefined)[];
}

/** The script that makes the rows happen in their order; `from` and `to` are ids of participants. */
export function scriptOf(rows: readonly StepRow[]): Script {
  const hops = hopsOf(rows);
  const { crossedBy } = crossings(rows);
  const script: Choice[] = [];
  for (const [i, row] of rows.entries()) {
    const hop = hops[i];
    script.push({ kind: "inject", from: row.from, to: row.to, message: { label: row.label, kind: kindOf(row) } });
    if (hop !== undefined && isLost(row.note)) script.push({ kind: "lose", hop });
    // Whatever this one crosses was sent before it and arrives after it has been sent.
    for (const [earlier, later] of crossedBy) {
      const crossed = hops[earlier];
      if (later === i && crossed !== undefined) script.push({ kind: "deliver", hop: crossed });
    }
  }
  return { script, hops };
}

function kindOf({ kind, label }: StepRow): "request" | "response" | "media" {
  if (kind === "media") return "media";
  return /^(?:\(\d+\) |F\d+ )?(?:SIP\/2\.0 )?[1-6]\d\d\b/.test(label) || /\bresponse\b|^\(?confirmation/.test(label)
    ? "response"
    : "request";
}

function hopsOf(rows: readonly StepRow[]): readonly (HopName | undefined)[] {
  const counts = new Map<string, number>();
  return rows.map(({ from, to, label }) => {
    const edge = `${from}>${to} ${label}`;
    const count = (counts.get(edge) ?? 0) + 1;
    counts.set(edge, count);
    const name = `${edge}#${count}`;
    return name.length > HOP_LIMIT || label === "" ? undefined : name;
  });
}

const isLost = (note: string): boolean => /(?:^|;)\s*lost\b/i.test(note);

interface Crossings {
  /** Of each row that is crossed, the last later row that crosses it. */
  readonly crossedBy: ReadonlyMap<number, number>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Which rows cross which, as their notes say: `crosses F4`, by the number on the arrow or in the first column. */
export function crossings(rows: readonly StepRow[]): Crossings {
  const byNumber = new Map<string, number>();
  for (const [i, { n, label }] of rows.entries()) {
    const number = numberOf(label);
    if (number !== undefined) byNumber.set(`F${number}`, i);
    if (!byNumber.has(n)) byNumber.set(n, i);
  }
  const crossedBy = new Map<number, number>();
  const diagnostics: Diagnostic[] = [];
  for (const [i, { note, line, label }] of rows.entries()) {
    if ((label === "" || label.length > 150) && (isLost(note) || /\bcross(?:es|ing)\b/i.test(note))) {
      const message = `Line ${line} has ${label === "" ? "no label" : "too long a label"} for “${note}” to be played; the note is kept.`;
      diagnostics.push({ severity: "warning", code: "unplayed-note", message, at: "" });
    }
    for (const [, named = ""] of note.matchAll(/\bcross(?:es|ing)\s+(F?\d+)/gi)) {
      const other = byNumber.get(named.toUpperCase());
      if (other === undefined) {
        const message = `Line ${line} crosses ${named}, which no step is; they are shown one after the other.`;
        diagnostics.push({ severity: "warning", code: "unknown-crossing", message, at: "" });
      } else if (other !== i && !isLost(rows[Math.min(i, other)]?.note ?? "")) {
        const earlier = Math.min(i, other);
        crossedBy.set(earlier, Math.max(i, other, crossedBy.get(earlier) ?? 0));
      }
    }
  }
  return { crossedBy, diagnostics };
}
