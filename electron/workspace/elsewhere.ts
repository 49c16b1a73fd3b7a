import { compare, type Side } from "../../shared/compare/compare.ts";
import { summary } from "../../shared/compare/summary.ts";
import { project } from "../../shared/diagram/project.ts";
import { editBetween } from "../../shared/flow/edit-between.ts";
import { readFlow } from "../../shared/flow/file.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import { type Entry, edited } from "./entry.ts";
import { played } from "./played.ts";

/** What another program did to the file of an open flow. */
export type Elsewhere =
  | { readonly kind: "same" }
  | { readonly kind: "gone" }
  | {
      readonly kind: "changed";
      /** What differs, in sentences: first the document as it is open, second the file. */
      readonly says: readonly string[];
    };

/** Compares an open flow with the bytes that its file holds now, as the variant shows them. */
export function comparedWith({ open, seen }: Entry, bytes: Uint8Array, variant: string): Elsewhere {
  if (seen !== undefined && equalBytes(bytes, seen)) return { kind: "same" };
  const read = readFlow(bytes, open.name);
  if (!read.ok) return { kind: "changed", says: [read.failure.message] };
  const [a, b] = [sideOf(open.flow, variant), sideOf(read.value.flow, variant)];
  if (a === undefined || b === undefined) return { kind: "changed", says: ["One of the two cannot be played."] };
  return { kind: "changed", says: summary(compare(a, b), a, b) };
}

function sideOf(flow: Flow, variant: string): Side | undefined {
  const side = played(flow, variant);
  return side.ok
    ? { ...side.value, diagram: project(flow, side.value.run, flow.view ?? {}, undefined, side.value.variant) }
    : undefined;
}

/** The entry with the document that its file holds now, as an edit that can be taken back. Fails where that cannot be read. */
export function reloaded(
  entry: Entry,
  bytes: Uint8Array,
  now: number,
): Result<{ readonly entry: Entry; readonly edit: ReturnType<typeof editBetween> }> {
  const read = readFlow(bytes, entry.open.name);
  if (!read.ok) return read;
  const { flow, aside, readOnly } = read.value;
  const edit = editBetween(entry.open.flow, flow);
  const next = edited({ ...entry, aside }, { label: "Reload", edit }, now);
  if (!next.ok) return next;
  const { readOnly: _, ...open } = next.value.open;
  return ok({
    edit,
    entry: {
      ...next.value,
      open: { ...open, unsaved: false, ...(readOnly === undefined ? undefined : { readOnly }) },
      saved: next.value.history.done.at(-1),
      seen: bytes,
    },
  });
}

/** The entry whose document is to replace what its file holds now. */
export function kept(entry: Entry, bytes: Uint8Array): Entry {
  const never = { label: "", edit: { kind: "group", edits: [] }, inverse: { kind: "group", edits: [] } } as const;
  return { ...entry, open: { ...entry.open, unsaved: true }, saved: never, seen: bytes };
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
