import { z } from "zod";
import { SIZE_LIMIT } from "../flow/decode.ts";
import { type Edit, editSchema } from "../flow/edit.ts";
import { viewSchema } from "../flow/flow.ts";
import type { Result } from "../flow/result.ts";
import { line } from "../flow/scalars.ts";
import { type Explored, freedomSchema, mostSeconds, mostStates } from "../run/exploration.ts";
import { gestureSchema } from "../run/gesture.ts";
import type { MissingBranches } from "../run/missing-branch.ts";
import { outcomeMapSchema } from "../run/outcome-map.ts";
import type { Repair } from "../run/repair.ts";
import type { Explanation, RuleInfo, Run } from "../run/run.ts";
import type { VariantInfo } from "../run/variant-info.ts";
import type { Checked } from "../run/verdict.ts";
import type { WhatIf } from "../run/what-if.ts";
import { exportChoicesSchema, settingsSchema } from "./settings.ts";
import {
  changed,
  comparedSchema,
  comparedSide,
  handle,
  id,
  libraryEntry,
  menuStateSchema,
  move,
  newFlowSchema,
  openFlow,
  recentFile,
  recoverable,
  revision,
  saved,
  shaped,
  show,
  state,
  tab,
  text,
} from "./shapes.ts";

/**
 * Every call the page may make and every event it may hear, with the schema of what goes over. Both ends check what
 * they get: main what the page asks (the page is not trusted), the page what main answers (a mistake of ours is caught
 * at the wire). Adding a call here without a handler in `electron/ipc` does not compile.
 *
 * What crosses is JSON text: plain data by construction, and one string to copy where Electron's context bridge would
 * otherwise walk every value of a run (20,000 hops: 0.1 s instead of 0.46 s).
 */

const call = <Request extends z.ZodType, Response extends z.ZodType>(request: Request, response: Response) => ({
  request,
  response,
});
const nothing = z.strictObject({});
const shownVariant = { handle, variant: id, view: viewSchema };
/** The longest part of a film, in characters of base64. */
export const FILM_PART = 4 * 1024 * 1024;
const chosenFormat = z.strictObject({ format: id, settings: exportChoicesSchema });

const run = shaped<Run>("turns", "hops", "end");

export const calls = {
  /**
   * The page hears events from now on. What comes back is the flow to show first, as the file the app was started with,
   * with the run of the variant that is shown of it, and the others that are open, when the page was lost and loaded again.
   */
  "app.ready": call(
    nothing,
    z.object({
      opened: openFlow.nullable(),
      first: z.object({ variant: id, run }).optional(),
      others: z.array(tab),
    }),
  ),
  /** What another program did to the flow's file. */
  "flow.elsewhere": call(
    z.strictObject({ handle, variant: id }),
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("same") }),
      z.object({ kind: z.literal("gone") }),
      z.object({ kind: z.literal("changed"), says: z.array(z.string()).readonly() }),
    ]),
  ),
  /** Takes over what the file holds now; can be undone. */
  "flow.reload": call(move, changed),
  /** The document may replace what its file holds now. */
  "flow.keep": call(z.strictObject({ handle }), openFlow),
  /** Unsaved work of a session that did not end properly. */
  "recovery.list": call(nothing, z.array(recoverable)),
  "recovery.recover": call(z.strictObject({ id }), openFlow),
  "recovery.discard": call(z.strictObject({ id }), z.null()),
  "library.list": call(nothing, z.object({ flows: z.array(libraryEntry), recent: z.array(recentFile) })),
  /** A new flow, from a template or as a copy of a bundled one. It is in no file. */
  "flow.new": call(newFlowSchema, openFlow),
  /** Variants as one flow, which is opened and in no file; with a sentence for everything that is not in it. */
  "flow.combine": call(
    z.strictObject({
      handle,
      variants: z.array(id).max(10_000).readonly(),
      view: viewSchema,
      numbering: z.enum(["continued", "restarted"]),
    }),
    z.object({ open: openFlow, remarks: z.array(z.string()).readonly() }),
  ),
  /** What a reference of a flow would lead to. */
  "flow.reference": call(
    z.strictObject({ handle, flow: line }),
    z.object({
      title: z.string(),
      participants: z.array(z.object({ id, name: z.string() })).readonly(),
      variants: z.array(z.object({ id, title: z.string() })).readonly(),
    }),
  ),
  /** Opens the flow for which a `ref` stands, by the index of its mark, with the names of this one: a copy, in no file. */
  "flow.enter": call(z.strictObject({ handle, mark: z.int().min(0) }), openFlow),
  "flow.openBundled": call(z.strictObject({ id }), openFlow),
  /** One of the recent files; others are refused, so that a page cannot have any file read by naming it. */
  "flow.openPath": call(z.strictObject({ path: text.min(1) }), openFlow),
  /** A file that was dropped on the window: the preload tells its path. `null` when it has none. */
  "flow.openFile": call(nothing, openFlow.nullable()),
  /** The text of a dropped file that has no path. */
  "flow.openText": call(
    z.strictObject({ name: z.string().min(1).max(255), text: z.string().max(SIZE_LIMIT) }),
    openFlow,
  ),
  /** `null` when the person cancelled. */
  "flow.openDialog": call(nothing, openFlow.nullable()),
  "flow.run": call(z.strictObject({ handle, variant: id }), run),
  /** Changes the document of the revision `base`. Edits with the same `merge`, soon after one another, are undone as one. */
  "flow.edit": call(
    z.strictObject({
      handle,
      base: revision,
      label: z.string().min(1).max(300),
      edit: editSchema,
      merge: z.string().max(300).optional(),
      show,
    }),
    changed,
  ),
  /**
   * Changes a variant's picture: what that means for the document is found out by main. `along` is an edit that is made
   * with it, and whose name both have.
   */
  "flow.gesture": call(
    z.strictObject({
      handle,
      base: revision,
      variant: id,
      gesture: gestureSchema,
      along: z.strictObject({ label: z.string().min(1).max(300), edit: editSchema }).optional(),
      show,
    }),
    changed,
  ),
  /** Takes the flow over as the Mermaid text of a variant's picture was rewritten. */
  "flow.rewrite": call(
    z.strictObject({ handle, base: revision, variant: id, view: viewSchema, text: z.string().max(SIZE_LIMIT), show }),
    changed,
  ),
  "flow.undo": call(move, changed),
  "flow.redo": call(move, changed),
  /** The open flow as main has it, for a page whose copy went astray. */
  "flow.replica": call(z.strictObject({ handle }), openFlow),
  "flow.explain": call(
    z.strictObject({ handle, variant: id, turn: z.int().min(0).max(10_000_000) }),
    shaped<Explanation>("turn", "before", "after"),
  ),
  /** The variant's run judged by every requirement, and what is written about the flow. */
  "flow.check": call(z.strictObject({ handle, variant: id }), shaped<Checked>("run", "text", "rows", "diagnostics")),
  /** Two sides to be compared by the page. `null` when the person chose no file. Fails where one is too long. */
  "flow.compare": call(
    z.strictObject({ a: comparedSchema, b: comparedSchema }),
    z.object({ a: comparedSide, b: comparedSide }).nullable(),
  ),
  /** What is computed about some variants: how they end, where they part, what they break. */
  "flow.variants": call(
    z.strictObject({ handle, ids: z.array(id).max(100).readonly() }),
    z.custom<readonly VariantInfo[]>((value) => Array.isArray(value)),
  ),
  /** What may happen instead of a turn of the variant's run; at its end with as many turns as it has. */
  "flow.whatIf": call(
    z.strictObject({ handle, variant: id, turn: z.int().min(0).max(10_000_000) }),
    z.custom<readonly WhatIf[]>((value) => Array.isArray(value)),
  ),
  /**
   * Explores a variant of the revision `base`: from the start of what is free in its script, or from a turn of its run.
   * Answers when that is done, cancelled or at its bounds. One at a time.
   */
  "explore.start": call(
    z.strictObject({
      handle,
      base: revision,
      variant: id,
      from: z.union([z.literal("start"), z.int().min(0).max(10_000_000)]),
      freedoms: z.array(freedomSchema).max(1000).readonly(),
      states: z.int().min(1).max(mostStates),
      seconds: z.number().min(0.1).max(mostSeconds),
    }),
    shaped<Explored>("exploration", "variant", "kept", "requirements").refine(
      ({ exploration: { map } }) => map === undefined || outcomeMapSchema.safeParse(map).success,
    ),
  ),
  /** Ends the exploration under way soon; its call then answers with what was found. */
  "explore.stop": call(nothing, z.null()),
  /** The conditions of whose sides no variant of the flow takes one, each with a script that does. */
  "flow.missing": call(
    z.strictObject({ handle }),
    shaped<MissingBranches>("branches").refine(({ branches }) => Array.isArray(branches)),
  ),
  /** How the variant's script may go on where it stopped; nothing where it did not. */
  "flow.repairs": call(
    z.strictObject({ handle, variant: id }),
    z.custom<readonly Repair[]>((value) => Array.isArray(value)),
  ),
  /** Gives the ways through the fragment of a mark, by its index, variants of their own; alone, without those within it. */
  "flow.takeApart": call(
    z.strictObject({
      handle,
      variant: id,
      mark: z.int().min(0),
      alone: z.literal(true).optional(),
      base: revision,
      show,
    }),
    changed,
  ),
  /** Writes to the flow's own file; asks for one where it has none. `null` when the person cancelled. */
  "flow.save": call(z.strictObject({ handle }), saved),
  "flow.saveAs": call(z.strictObject({ handle }), saved),
  /** What an export would write, to look at: the picture, or the first lines of a text. */
  "export.preview": call(
    z.strictObject({ ...shownVariant, ...chosenFormat.shape }),
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("picture"), svg: z.string() }),
      z.object({ kind: z.literal("text"), text: z.string(), more: z.boolean() }),
    ]),
  ),
  /** The figure of a variant for the clipboard; PNG in base64, `null` where it would be too large. */
  "export.picture": call(
    z.strictObject(shownVariant),
    z.object({ svg: z.string(), png: z.string().nullable(), remarks: z.array(z.string()).readonly() }),
  ),
  /**
   * Asks for a file that a setting names, or with `others` for a further flow, and keeps it for the exports to come. `null`
   * when the person cancelled.
   */
  "export.chooseFile": call(z.strictObject({ setting: id }), z.object({ name: z.string() }).nullable()),
  /**
   * Asks where to, and writes: one file, or into a folder one for every format of every variant or flow. `together` puts
   * `others` into the same document. `null` when the person cancelled the question.
   */
  "export.write": call(
    z.strictObject({
      ...shownVariant,
      formats: z.array(chosenFormat).min(1).max(50),
      of: z.enum(["variant", "variants", "flows", "together"]),
      /** Further flows: open ones, and files that were chosen. */
      others: z
        .array(z.union([z.strictObject({ handle }), z.strictObject({ file: id })]))
        .max(50)
        .optional(),
    }),
    z.object({ paths: z.array(z.string()).readonly(), remarks: z.array(z.string()).readonly() }).nullable(),
  ),
  /** The next shot of a film that is being coded: its picture as PNG in base64, and where the token is in each frame. */
  "film.shot": call(
    z.strictObject({ film: id }),
    z.object({ png: z.string(), tokens: z.array(z.object({ x: z.number(), y: z.number() }).nullable()) }).nullable(),
  ),
  /** A part of the coded film, in base64; the parts come in order. */
  "film.part": call(z.strictObject({ film: id, data: z.base64().max(FILM_PART) }), z.null()),
  /** The film is coded, or a sentence why it is not. */
  "film.end": call(
    z.strictObject({ film: id, codec: z.string().max(20).optional(), problem: z.string().max(2000).optional() }),
    z.null(),
  ),
  /** Ends the export under way; what is written whole by then stays. */
  "export.stop": call(nothing, z.null()),
  /** Shows in the system's file manager what was written last. */
  "export.reveal": call(nothing, z.null()),
  /** Asks first where there is something to lose: not closed when the person cancels. */
  "flow.close": call(z.strictObject({ handle }), z.object({ closed: z.boolean() })),
  /** The engine's rules, for the clauses of steps and for *Why*. */
  "rules.list": call(
    nothing,
    z.custom<readonly RuleInfo[]>((value) => Array.isArray(value)),
  ),
  "app.about": call(
    nothing,
    z.object({ version: z.string(), runtime: z.string(), chrome: z.string(), node: z.string() }),
  ),
  "settings.get": call(nothing, settingsSchema),
  "settings.set": call(z.strictObject({ patch: settingsSchema }), z.null()),
  "menu.state": call(menuStateSchema, z.null()),
  /** Cuts, copies or pastes in the window, as the entries of the Edit menu do. */
  "menu.clipboard": call(z.strictObject({ what: z.enum(["cut", "copy", "paste"]) }), z.null()),
} as const;

export type CallName = keyof typeof calls;
export type Request<Name extends CallName> = z.infer<(typeof calls)[Name]["request"]>;
export type Response<Name extends CallName> = z.infer<(typeof calls)[Name]["response"]>;

/** A call's checked request, and the path of the file that the person gave the page with it; "" without one. */
export type Handler<Name extends CallName> = (
  request: Request<Name>,
  droppedPath: string,
) => Promise<Result<Response<Name>>>;

/** One function for every call; leaving one out does not compile. */
export type Handlers = { readonly [Name in CallName]: Handler<Name> };

export const events = {
  /** Main opened a flow by itself: a file from the menu, the command line or a second start. */
  "flow.opened": openFlow,
  /** An open flow was changed from elsewhere than this page: the edit that brings a copy to this revision. */
  "flow.changed": z.object({ handle, ...state, edit: shaped<Edit>("kind") }),
  /** Another program may have changed the file of an open flow. */
  "flow.fileChanged": z.object({ handle }),
  /** How much of the export under way is done, from 0 to 1, and which file is being written. */
  "export.progress": z.object({ done: z.number().min(0).max(1), name: z.string() }),
  /** A film is to be coded as video: its shots are asked for with `film.shot`. */
  "film.wanted": z.object({
    film: id,
    container: z.enum(["webm", "mp4"]),
    width: z.int(),
    height: z.int(),
    fps: z.number(),
    token: z.object({ radius: z.number(), color: z.string() }),
  }),
  /** How far the exploration under way has come. */
  "explore.progress": z.object({ handle, states: z.int(), transitions: z.int(), seconds: z.number() }),
  /** Main could not do what a menu entry or a file argument asked. */
  problem: z.object({ message: z.string(), detail: z.string().optional() }),
  /** A menu entry was chosen. */
  command: z.object({ id }),
} as const;

export type EventName = keyof typeof events;
export type EventPayload<Name extends EventName> = z.infer<(typeof events)[Name]>;

/** The answer to any call, as it crosses. */
export const answerSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure: z.object({ message: z.string(), detail: z.string().optional() }) }),
]);

export function isCall(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

export function isEvent(name: string): name is EventName {
  return Object.hasOwn(events, name);
}
