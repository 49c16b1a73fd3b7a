import { z } from "zod";
import type { Step } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { besideSchema, putBeside, standingElsewhere, standingOn } from "../../shared/flow/beside.ts";
import type { Edit, SingleEdit } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import type { Gesture } from "../../shared/run/gesture.ts";
import type { AppStore } from "../store/app-store.ts";
import { besideAlone, besideSteps, isCopied } from "./copied-beside.ts";
import { isOnPicture } from "./focus.ts";
import { hopBelow } from "./steps.ts";

/** Messages, and what stands beside them, on their way from one flow to another, with the names of those they go between. */
const copiedSchema = z.strictObject({
  messages: z
    .array(
      z.strictObject({
        from: z.string().min(1).max(80),
        to: z.string().min(1).max(80),
        label: z.string().max(2000),
        kind: z.enum(["request", "response", "media"]),
      }),
    )
    .max(10_000),
  beside: besideSchema.optional(),
  names: z.record(z.string().max(80), z.string().min(1).max(500)),
});

type Copied = z.infer<typeof copiedSchema>;

const TYPE = "application/x-callflow-messages+json";

type Chosen = Pick<ReturnType<AppStore["getState"]>, "diagram" | "selected" | "aside" | "open">;

/**
 * The chosen steps with the notes and marks below them and the fragments around them alone, or the note or mark that is
 * chosen, as they are copied, and as lines that any program can take.
 */
export function copied({ diagram, selected, aside, open }: Chosen): { json: string; text: string } | undefined {
  if (diagram === undefined || open === undefined) return undefined;
  const names = new Map(open.flow.scenario.participants.map(({ id, name }) => [id, name]));
  const isChosen = isCopied(selected);
  const steps = aside === undefined ? stepsOf(diagram).filter(isChosen) : [];
  const messages = steps.map(messageOf);
  const beside = aside === undefined ? besideSteps(open.flow, diagram, isChosen) : besideAlone(open.flow, aside);
  const ends = messages.flatMap(({ from, to }) => [from, to]);
  const used = new Set([...ends, ...standingOn(beside)]);
  const words = (beside.notes ?? []).map(({ note }) => note.text);
  const lines = messages.map(({ from, to, label }) => `${names.get(from)} → ${names.get(to)}: ${label}`);
  if (messages.length === 0 && Object.keys(beside).length === 0) return undefined;
  const content: Copied = {
    messages,
    ...(Object.keys(beside).length > 0 && { beside }),
    names: Object.fromEntries([...names].filter(([id]) => used.has(id))),
  };
  return { json: JSON.stringify(content), text: [...lines, ...words].join("\n") };
}

function messageOf({ from, to, label, line }: Step): Copied["messages"][number] {
  const kind = line === "media" ? "media" : line === "dashed" ? "response" : "request";
  const id = (end: Step["from"]) => (end.kind === "nowhere" ? "" : end.id);
  // From outside the picture or to there: the participant is named at both ends.
  return { from: id(from) || id(to), to: id(to) || id(from), label, kind };
}

/** What is pasted, as it is done to a flow: a gesture, or an edit where no message is among it. */
export type Pasted = Extract<Gesture, { kind: "draw" }> | Edit;

/**
 * What is pasted into a flow: its own participants are found by id and name, then by name; those that it does not have
 * come along. Undefined for what was not copied from a flow.
 */
export function pasted(flow: Flow, json: string, after: string | null): Pasted | undefined {
  const content = contentOf(json);
  if (content === undefined) return undefined;
  const { participants } = flow.scenario;
  const taken = new Set(participants.map(({ id }) => id));
  const added: { id: string; name: string }[] = [];
  const ids = new Map<string, string>();
  const copiedBeside = content.beside ?? {};
  const used = [...content.messages.flatMap(({ from, to }) => [from, to]), ...standingOn(copiedBeside)];
  for (const id of new Set(used)) {
    const name = content.names[id] ?? id;
    const same =
      participants.find((one) => one.id === id && one.name === name) ?? participants.find((one) => one.name === name);
    if (same !== undefined) {
      ids.set(id, same.id);
      continue;
    }
    const free = freeId(id, taken);
    taken.add(free);
    added.push({ id: free, name });
    ids.set(id, free);
  }
  const to = (id: string) => ids.get(id) ?? id;
  const messages = content.messages.map(({ from, to: end, label, kind }) => ({
    from: to(from),
    to: to(end),
    message: { label, kind },
  }));
  const beside = standingElsewhere(copiedBeside, to);
  if (messages.length === 0) {
    const inserts = added.map(
      (one, i): SingleEdit => ({
        kind: "insert",
        list: "participants",
        index: participants.length + i,
        element: { ...one, role: "other" },
      }),
    );
    return { kind: "group", edits: [...inserts, ...putBeside(flow, beside, [], after)] };
  }
  return {
    kind: "draw",
    messages,
    after,
    ...(added.length > 0 && { participants: added }),
    ...(content.beside !== undefined && { beside }),
  };
}

function contentOf(json: string): Copied | undefined {
  try {
    const read = copiedSchema.safeParse(JSON.parse(json));
    const isEmpty = read.data?.messages.length === 0 && Object.keys(read.data.beside ?? {}).length === 0;
    return read.success && !isEmpty ? read.data : undefined;
  } catch {
    return undefined;
  }
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  const plain = /^[A-Za-z]/.test(wanted) ? wanted.replace(/[^A-Za-z0-9_-]/g, "").slice(0, 70) : "p";
  for (let n = 1; ; n++) {
    const id = n === 1 ? plain : `${plain}${n}`;
    if (!taken.has(id)) return id;
  }
}

/** Cut, copy and paste while the picture has the focus. Gives back what stops it. */
export function listenToClipboard(app: AppStore): () => void {
  const copy = (event: ClipboardEvent) => {
    const content = isOnPicture() ? copied(app.getState()) : undefined;
    if (content === undefined || event.clipboardData === null || String(getSelection()) !== "") return;
    event.clipboardData.setData(TYPE, content.json);
    event.clipboardData.setData("text/plain", content.text);
    event.preventDefault();
    if (event.type === "cut") void app.getState().actions.eraseSelected();
  };
  const paste = (event: ClipboardEvent) => {
    const { open, diagram, selected, step, actions } = app.getState();
    const json = isOnPicture() ? event.clipboardData?.getData(TYPE) : undefined;
    if (open === undefined || json === undefined || json === "") return;
    const steps = stepsOf(diagram);
    const last = selected.at(-1);
    const below = last === undefined ? step : steps.findIndex((one) => one.hops[0] === last);
    const coming = pasted(open.flow, json, hopBelow(steps, below));
    if (coming === undefined) return;
    event.preventDefault();
    void (coming.kind === "draw" ? actions.gesture(coming) : actions.edit("Paste", coming));
  };
  document.addEventListener("copy", copy);
  document.addEventListener("cut", copy);
  document.addEventListener("paste", paste);
  return () => {
    document.removeEventListener("copy", copy);
    document.removeEventListener("cut", copy);
    document.removeEventListener("paste", paste);
  };
}
