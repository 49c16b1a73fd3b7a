import { requestTexts } from "./change-request-texts.ts";
import type { Edit, SingleEdit } from "./edit.ts";
import type { Flow } from "./flow.ts";
import { type Path, pointer } from "./place.ts";

/** What a passage is, in the words of the window. */
export type PassageKind =
  | "Title"
  | "Clause"
  | "Figure"
  | "Introduction"
  | "Source"
  | "Participant"
  | "User"
  | "Variant"
  | "Paragraph"
  | "Note"
  | "Definition"
  | "Requirement"
  | "Mark"
  | "Box"
  | "Change request";

/** A text of a document that a person writes and reads, with its place. Labels of messages are not among them. */
export interface Passage {
  readonly kind: PassageKind;
  readonly text: string;
  /** Keys and indices from the root: a field, or a field of an element of a list. */
  readonly path: Path;
}

/** Every passage of a document, in the order in which it is read. Linear in the size of what is written. */
export function passagesOf(flow: Flow): readonly Passage[] {
  const found: Passage[] = [];
  const add = (kind: PassageKind, text: string | undefined, ...path: Path) => {
    if (text !== undefined && text !== "") found.push({ kind, text, path });
  };
  add("Clause", flow.clause, "clause");
  add("Title", flow.title, "title");
  add("Introduction", flow.introduction, "introduction");
  for (const [i, { term, text }] of (flow.definitions ?? []).entries()) {
    add("Definition", term, "definitions", i, "term");
    add("Definition", text, "definitions", i, "text");
  }
  add("Figure", flow.figure, "figure");
  add("Source", flow.source, "source");
  for (const [i, { name }] of flow.scenario.participants.entries())
    add("Participant", name, "scenario", "participants", i, "name");
  for (const [i, { name }] of (flow.scenario.users ?? []).entries()) add("User", name, "scenario", "users", i, "name");
  for (const [i, { title, description }] of flow.variants.entries()) {
    add("Variant", title, "variants", i, "title");
    add("Variant", description, "variants", i, "description");
  }
  for (const [i, { name }] of (flow.boxes ?? []).entries()) add("Box", name, "boxes", i, "name");
  for (const [i, { text }] of (flow.prose ?? []).entries()) add("Paragraph", text, "prose", i, "text");
  for (const [i, { text }] of (flow.notes ?? []).entries()) add("Note", text, "notes", i, "text");
  for (const [i, mark] of (flow.marks ?? []).entries()) {
    if ("guard" in mark) add("Mark", mark.guard, "marks", i, "guard");
    if ("text" in mark) add("Mark", mark.text, "marks", i, "text");
  }
  for (const [i, { text }] of (flow.requirements ?? []).entries()) add("Requirement", text, "requirements", i, "text");
  const request = flow.changeRequest ?? {};
  for (const key of requestTexts) add("Change request", request[key], "changeRequest", key);
  for (const [i, { title, text }] of (request.changes ?? []).entries()) {
    add("Change request", title, "changeRequest", "changes", i, "title");
    add("Change request", text, "changeRequest", "changes", i, "text");
  }
  return found;
}

/** Passages that tell of the flow in sentences: where entities are named and steps referred to. */
export function isTold({ kind, path }: Passage): boolean {
  const told: readonly PassageKind[] = ["Introduction", "Definition", "Paragraph", "Note", "Change request"];
  return told.includes(kind) || (kind === "Variant" && path.at(-1) === "description");
}

/** A passage with what is to stand there instead. */
export interface Rewriting {
  readonly path: Path;
  /** Undefined takes a field away that a document may be without. */
  readonly text: string | undefined;
}

/** The edits that write other texts into passages; several in one element are one edit. Without change, none. */
export function rewrite(flow: Flow, changes: readonly Rewriting[]): readonly SingleEdit[] {
  const edits: SingleEdit[] = [];
  const elements = new Map<string, { list: string; index: number; element: Record<string, unknown> }>();
  let request = flow.changeRequest;
  for (const { path, text } of changes) {
    if (path[0] === "changeRequest") {
      request = withValue(request, path.slice(1), text) as Flow["changeRequest"];
      continue;
    }
    if (path.length === 1) {
      const set = text === undefined ? { kind: "set", field: path[0] } : { kind: "set", field: path[0], value: text };
      edits.push(set as SingleEdit);
      continue;
    }
    const [list, index, field] = path.slice(-3) as [string, number, string];
    const key = pointer(path.slice(0, -1));
    const before = elements.get(key)?.element ?? elementAt(flow, path);
    if (before === undefined) continue;
    const { [field]: _, ...rest } = before;
    elements.set(key, { list, index, element: text === undefined ? rest : { ...before, [field]: text } });
  }
  for (const { list, index, element } of elements.values())
    edits.push({ kind: "replace", list, index, element } as unknown as SingleEdit);
  if (request !== flow.changeRequest) edits.push({ kind: "set", field: "changeRequest", value: request } as SingleEdit);
  return edits;
}

/** A plain value with another one inside it; undefined takes a field away. */
function withValue(holder: unknown, [key, ...deeper]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const next = withValue((holder as Record<string | number, unknown>)[key], deeper, value);
  if (Array.isArray(holder)) return holder.with(Number(key), next);
  const { [key]: _, ...rest } = holder as Record<string | number, unknown>;
  return next === undefined ? rest : { ...(holder as object), [key]: next };
}

function elementAt(flow: Flow, path: Path): Record<string, unknown> | undefined {
  let value: unknown = flow;
  for (const key of path.slice(0, -1)) value = (value as Record<string | number, unknown> | undefined)?.[key];
  return value as Record<string, unknown> | undefined;
}

/** One edit of what may be several; undefined without any. */
export function asOne(edits: readonly SingleEdit[]): Edit | undefined {
  return edits.length > 1 ? { kind: "group", edits } : edits[0];
}
