import { canonicalText, type Form, formOf } from "./canonical.ts";
import { decodeText } from "./decode.ts";
import { type Predicate, predicateOf } from "./fits.ts";
import { type Flow, FORMAT, flowSchema } from "./flow.ts";
import { hasRepeatedKeys, inspectJson } from "./json.ts";
import { migrate } from "./migrations.ts";
import { place, pointer } from "./place.ts";
import { checkReferences } from "./references.ts";
import { type Diagnostic, fail, ok, type Result } from "./result.ts";
import { salvage } from "./salvage.ts";

/** A document as it was opened. */
export interface OpenedFlow {
  readonly flow: Flow;
  /** The document as it was written, where nothing had to be migrated or set aside. */
  readonly text?: string;
  /** What is wrong in it: parts set aside first, then names that lead nowhere. At most `DIAGNOSTICS_LIMIT` and one. */
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Present when something that the file holds is not in `flow`: a sentence that says so. Saving over that file would
   * lose it, so whoever saves must write another file.
   */
  readonly readOnly?: string;
  /** Of the diagnostics, those of parts that were set aside: they are about the file, and no edit changes them. */
  readonly aside: readonly Diagnostic[];
}

/** So many diagnostics are told of one document; one more says how many there are besides. */
export const DIAGNOSTICS_LIMIT = 500;

/**
 * Opens a document: the text or the bytes of a file, and the name by which sentences call it. Fails with one sentence for
 * what is too large, not text, empty, not JSON, not a Callflow document or of an unknown version. Whatever else is wrong
 * is a diagnostic: parts that do not fit are set aside, the rest is opened.
 */
export function readFlow(content: string | Uint8Array, name: string): Result<OpenedFlow> {
  const text = decodeText(content, name);
  if (!text.ok) return text;
  const parsed = parse(text.value, name);
  if (!parsed.ok) return parsed;
  const migrated = migrate(parsed.value.document);
  if (!migrated.ok) return fail(`“${name}” ${migrated.failure.message}`);
  const { document } = migrated.value;
  flowFits ??= predicateOf(flowSchema);
  const { flow, diagnostics } = flowFits(document)
    ? { flow: document as unknown as Flow, diagnostics: [] }
    : salvage(document, titleFrom(name));
  const aside = [...parsed.value.diagnostics, ...diagnostics];
  const opened = { flow, diagnostics: diagnose(flow, aside), aside };
  if (aside.length > 0) return ok({ ...opened, readOnly: readOnly(name, aside) });
  return ok(migrated.value.applied.length > 0 ? opened : { ...opened, text: text.value });
}

/** What is wrong in a document: what is already known, then names that lead nowhere; limited as `OpenedFlow` says. */
export function diagnose(flow: Flow, known: readonly Diagnostic[] = []): readonly Diagnostic[] {
  return limited([...known, ...checkReferences(flow)]);
}

let flowFits: Predicate | undefined;
let flowForm: Form | undefined;

/**
 * The document as canonical text, always ending in a newline: equal flows give equal text, and what `readFlow` makes of
 * it is the same flow. See `canonicalText` for its form.
 */
export function writeFlow(flow: Flow): string {
  flowForm ??= formOf(flowSchema);
  return canonicalText(flow, flowForm);
}

interface Parsed {
  readonly document: Record<string, unknown>;
  readonly diagnostics: readonly Diagnostic[];
}

function parse(text: string, name: string): Result<Parsed> {
  if (text.trim() === "") return fail(`“${name}” is empty.`);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const wrong = inspectJson(text).error;
    const where = wrong === undefined ? "." : `: in line ${wrong.line}, column ${wrong.column}, ${wrong.message}.`;
    return fail(`“${name}” is not valid JSON${where}`, String(error));
  }
  if (typeof document !== "object" || document === null || Array.isArray(document) || !("format" in document)) {
    return fail(`“${name}” is not a Callflow document: it is JSON, but has no field "format": "${FORMAT}".`);
  }
  if (document.format !== FORMAT) {
    return fail(`“${name}” is not a Callflow document: its field "format" is not "${FORMAT}".`);
  }
  const repeated = hasRepeatedKeys(text, document) ? inspectJson(text).repeated : [];
  const diagnostics = repeated.map(({ path, line }): Diagnostic => {
    const message = `${place(path)} is written twice, the second time in line ${line}; the last one counts, the others are set aside.`;
    return { severity: "error", code: "repeated-field", message, at: pointer(path) };
  });
  return ok({ document: document as Record<string, unknown>, diagnostics });
}

/** A title for a document that has none: its file's name without the ending. */
function titleFrom(name: string): string {
  return name.replace(/(\.flow)?\.json$/i, "").slice(0, 500) || "Untitled";
}

function readOnly(name: string, aside: readonly Diagnostic[]): string {
  const parts = aside.length === 1 ? "a part" : `${aside.length} parts`;
  return `“${name}” holds ${parts} that could not be read; so that nothing is lost, what was opened can only be saved as another file.`;
}

function limited(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const more = diagnostics.length - DIAGNOSTICS_LIMIT;
  if (more <= 0) return diagnostics;
  const message = `The document has ${more} more of these.`;
  return [...diagnostics.slice(0, DIAGNOSTICS_LIMIT), { severity: "info", code: "more", message, at: "" }];
}
