import { z } from "zod";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import type { Gesture } from "../../shared/run/gesture.ts";
import type { AppStore } from "../store/app-store.ts";
import { hopBelow } from "./steps.ts";

/** Messages on their way from one flow to another, with the names of those they go between. */
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
    .min(1)
    .max(10_000),
  names: z.record(z.string().max(80), z.string().min(1).max(500)),
});

type Copied = z.infer<typeof copiedSchema>;

const TYPE = "application/x-callflow-messages+json";

/** The chosen steps as they are copied, and as lines that any program can take. */
export function copied(
  state: ReturnType<AppStore["getState"]>,
): { readonly json: string; readonly text: string } | undefined {
  const { diagram, selected, open } = state;
  const chosen = new Set(selected);
  const names = new Map(open?.flow.scenario.participants.map(({ id, name }) => [id, name]));
  const messages = stepsOf(diagram).flatMap((step): Copied["messages"] => {
    const { from, to, hops, label, line } = step;
    if (hops[0] === undefined || !chosen.has(hops[0]) || from.kind === "nowhere" || to.kind === "nowhere") return [];
    const kind = line === "media" ? "media" : line === "dashed" ? "response" : "request";
    return [{ from: from.id, to: to.id, label, kind }];
  });
  if (messages.length === 0) return undefined;
  const used = new Set(messages.flatMap(({ from, to }) => [from, to]));
  const content: Copied = { messages, names: Object.fromEntries([...names].filter(([id]) => used.has(id))) };
  const text = messages.map(({ from, to, label }) => `${names.get(from)} → ${names.get(to)}: ${label}`).join("\n");
  return { json: JSON.stringify(content), text };
}

/**
 * What is pasted into a flow as a gesture: its own participants are found by id and name, then by name; those that it does
 * not have come along. Undefined for what was not copied from a flow.
 */
export function pasted(flow: Flow, json: string, after: string | null): Gesture | undefined {
  const content = contentOf(json);
  if (content === undefined) return undefined;
  const { participants } = flow.scenario;
  const taken = new Set(participants.map(({ id }) => id));
  const added: { id: string; name: string }[] = [];
  const ids = new Map<string, string>();
  for (const id of new Set(content.messages.flatMap(({ from, to }) => [from, to]))) {
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
  const messages = content.messages.map(({ from, to, label, kind }) => ({
    from: ids.get(from) ?? from,
    to: ids.get(to) ?? to,
    message: { label, kind },
  }));
  return { kind: "draw", messages, after, ...(added.length > 0 && { participants: added }) };
}

function contentOf(json: string): Copied | undefined {
  try {
    const read = copiedSchema.safeParse(JSON.parse(json));
    return read.success ? read.data : undefined;
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
  const onPicture = () => {
    const focus = document.activeElement;
    return focus === null || focus === document.body || focus.closest(".canvas") !== null;
  };
  const copy = (event: ClipboardEvent) => {
    const content = onPicture() ? copied(app.getState()) : undefined;
    if (content === undefined || event.clipboardData === null || String(getSelection()) !== "") return;
    event.clipboardData.setData(TYPE, content.json);
    event.clipboardData.setData("text/plain", content.text);
    event.preventDefault();
    if (event.type === "cut") void app.getState().actions.eraseSelected();
  };
  const paste = (event: ClipboardEvent) => {
    const { open, diagram, selected, step, actions } = app.getState();
    const json = onPicture() ? event.clipboardData?.getData(TYPE) : undefined;
    if (open === undefined || json === undefined || json === "") return;
    const steps = stepsOf(diagram);
    const last = selected.at(-1);
    const below = last === undefined ? step : steps.findIndex((one) => one.hops[0] === last);
    const gesture = pasted(open.flow, json, hopBelow(steps, below));
    if (gesture === undefined) return;
    event.preventDefault();
    void actions.gesture(gesture);
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
