import { z } from "zod";
import type { Edit } from "../flow/edit.ts";
import { type Flow, type View, viewSchema } from "../flow/flow.ts";
import type { Diagnostic } from "../flow/result.ts";
import { line } from "../flow/scalars.ts";
import { fromTemplateSchema } from "../flow/scenario/templates.ts";
import type { Run } from "../run/run.ts";
import type { RunChange } from "../run/run-change.ts";

// What calls and events are made of; see `contract.ts`.

/** A name, a path or another text that is not a document. */
export const text = z.string().max(4096);
/** The id of anything in a document, or of a format. */
export const id = z.string().min(1).max(200);
/** By what main knows an open flow. */
export const handle = z.string().min(1).max(64);

/** A flow that main holds open. */
export interface OpenFlow {
  readonly handle: string;
  /** What the window calls it: the file's name, or the title of a flow that has no file. */
  readonly name: string;
  /** Where it was read from or last saved to. */
  readonly path?: string;
  /** Its id in the library. */
  readonly bundledId?: string;
  readonly flow: Flow;
  /** Counts the changes of the document since it was opened. */
  readonly revision: number;
  /**
   * The names of what can be taken back and of what can be done again. The document's states have numbers: that of this
   * one, 0 where it is left out, and those to which undo and redo lead.
   */
  readonly history: {
    readonly undo?: string;
    readonly redo?: string;
    readonly at?: number;
    readonly undoTo?: number;
    readonly redoTo?: number;
  };
  /** The document is not as it was opened or last saved. */
  readonly unsaved: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Present when the file could be read in part only: why saving has to go to another file. */
  readonly readOnly?: string;
  /** The open flow that refers to it, from where a person came. */
  readonly cameFrom?: { readonly handle: string; readonly title: string };
  /** What of it is shown at first, where a picture that carried it says so, and a sentence about that picture. */
  readonly start?: { readonly variant: string; readonly view?: View; readonly remark?: string };
}

/** A bundled flow, as the library lists it. */
export interface LibraryEntry {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly clause?: string;
  readonly description?: string;
  /** Names of its participants, for the search. */
  readonly participants: readonly string[];
}

export interface RecentFile {
  readonly path: string;
  readonly name: string;
  /** The file is not there any more. */
  readonly missing?: boolean;
}

/** What the app is and what it runs on. */
export interface About {
  readonly version: string;
  /** E.g. "Electron 33.2.1 (fallback runtime)". */
  readonly runtime: string;
  readonly chrome: string;
  readonly node: string;
}

/** What the menu has to know of the page to tick and to grey its entries. */
export const menuStateSchema = z.strictObject({
  hasFlow: z.boolean(),
  checked: z.array(z.string().max(80)).max(100).readonly(),
  /** What Undo and Redo would take back and do again; without a name, there is nothing. */
  undo: z.string().max(300).optional(),
  redo: z.string().max(300).optional(),
});
export type MenuState = z.infer<typeof menuStateSchema>;

/**
 * Flows, runs and explanations are made and typed by our own main process and may hold 20,000 hops: of them the page
 * checks the outer shape only. Whatever comes from the page is checked whole.
 */
export const shaped = <T>(...keys: (keyof T & string)[]) =>
  z.custom<T>((value) => typeof value === "object" && value !== null && keys.every((key) => key in value));

/** Diagnostics on their way. */
export const diagnostics = z
  .array(
    z.object({ severity: z.enum(["error", "warning", "info"]), code: z.string(), message: z.string(), at: z.string() }),
  )
  .readonly();
/** How often a document was changed since it was opened. */
export const revision = z.int().min(0);
/** What an edit changes of an open flow beside the document itself. */
export const state = {
  revision,
  history: z.object({
    undo: z.string().optional(),
    redo: z.string().optional(),
    at: z.int().optional(),
    undoTo: z.int().optional(),
    redoTo: z.int().optional(),
  }),
  unsaved: z.boolean(),
  diagnostics,
};
/** An `OpenFlow` on its way. */
export const openFlow = z.object({
  handle,
  name: z.string(),
  path: z.string().optional(),
  bundledId: id.optional(),
  flow: shaped<Flow>("format", "scenario", "variants"),
  ...state,
  readOnly: z.string().optional(),
  cameFrom: z.object({ handle, title: z.string() }).optional(),
  start: z.object({ variant: id, view: viewSchema.optional(), remark: z.string().optional() }).optional(),
});
/** An open flow that is not shown, as its tab says it. */
export const tab = z.object({ handle, name: z.string(), unsaved: z.boolean() });
/** A `Recoverable` on its way. */
export const recoverable = z.object({
  id,
  name: z.string(),
  path: z.string().optional(),
  edits: z.int(),
  at: z.number(),
  damage: z.string().optional(),
});
/** Unsaved work that can be had back: how many edits, when the last was made, and what of it could not be read. */
export type Recoverable = z.infer<typeof recoverable>;
/** A `LibraryEntry` on its way. */
export const libraryEntry = z.object({
  id,
  group: z.string(),
  title: z.string(),
  clause: z.string().optional(),
  description: z.string().optional(),
  participants: z.array(z.string()),
});
/** A `RecentFile` on its way. */
export const recentFile = z.object({ path: z.string(), name: z.string(), missing: z.boolean().optional() });

/** What a new flow is made of. */
export const newFlowSchema = z.strictObject({
  title: line,
  from: z.union([fromTemplateSchema, z.strictObject({ bundled: id })]),
});
export type NewFlow = z.infer<typeof newFlowSchema>;

/**
 * What is compared: a variant of an open flow, the main one where none is named; the same as its file or the bundle has
 * it; a file that the person chose for it before; one that is to be chosen now.
 */
export const comparedSchema = z.discriminatedUnion("from", [
  z.strictObject({ from: z.literal("open"), handle, variant: id.optional() }),
  z.strictObject({ from: z.literal("saved"), handle, variant: id }),
  z.strictObject({ from: z.literal("file"), path: text.min(1), variant: id.optional() }),
  z.strictObject({ from: z.literal("dialog") }),
]);
export type Compared = z.infer<typeof comparedSchema>;
/** A `ComparedSide` on its way. */
export const comparedSide = z.object({
  /** What it is, to be asked for again. */
  compared: comparedSchema,
  /** The file's name, or the title of a flow that has no file. */
  name: z.string(),
  flow: shaped<Flow>("format", "scenario", "variants"),
  variant: z.string(),
  run: shaped<Run>("turns", "hops", "end"),
});
/** One side of a comparison, as main gives it: what it is, and all that is needed to draw it. */
export type ComparedSide = z.infer<typeof comparedSide>;

/** The variant that the page shows, and the revision at which it got the run that it has of it. */
export const show = z.strictObject({ variant: id, held: revision.optional() }).optional();
/** What came of an edit; with `show`, also what it changed of the run. */
export const changed = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("changed"),
    ...state,
    /** Absent where the page made the edit itself. */
    edit: shaped<Edit>("kind").optional(),
    /** The hops that a gesture drew. */
    drawn: z.array(z.string()).readonly().optional(),
    /** What hops are called after a gesture that were called otherwise before: each before and after. */
    renamed: z
      .array(z.tuple([z.string(), z.string()]).readonly())
      .readonly()
      .optional(),
    run: z
      .discriminatedUnion("ok", [
        z.object({ ok: z.literal(true), variant: id, change: shaped<RunChange>("turns", "hops", "end") }),
        z.object({ ok: z.literal(false), failure: z.object({ message: z.string() }) }),
      ])
      .optional(),
  }),
  /** The page's copy was not of the revision that there is. Nothing was done; here is the document as it is. */
  z.object({ kind: z.literal("stale"), open: openFlow }),
]);
/** What changed by saving; null where the person chose no file. */
export const saved = z.object({ name: z.string(), path: z.string(), unsaved: z.boolean(), diagnostics }).nullable();
/** An undo or a redo, of the revision `base`. */
export const move = z.strictObject({ handle, base: revision, show });
