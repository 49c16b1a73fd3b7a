import type { Edit, SingleEdit } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { asOne, type Passage, passagesOf, rewrite } from "../../shared/flow/passages.ts";
import { pointer } from "../../shared/flow/place.ts";
import type { Diagnostic } from "../../shared/flow/result.ts";
import { misspellings } from "../../shared/flow/spelling.ts";
import { wholeScript } from "../../shared/run/tree.ts";

/** A repair that is offered for a diagnostic: what it is called, and the edit that it is. */
export interface Fix {
  readonly label: string;
  readonly edit: Edit;
}

type Fixes = (flow: Flow, diagnostic: Diagnostic, keys: readonly string[]) => readonly Fix[];

const one = (label: string, edit: Edit | undefined): readonly Fix[] => (edit === undefined ? [] : [{ label, edit }]);

/** What can be done about each kind of diagnostic. */
const table: Readonly<Record<string, Fixes>> = {
  "entity-spelling": (flow, { at, message }) =>
    misspellings(flow)
      .filter(({ passage, wrong }) => pointer(passage.path) === at && message.startsWith(`“${wrong}” `))
      .slice(0, 1)
      .flatMap(({ passage, start, wrong, right }) => {
        const text = passage.text.slice(0, start) + right + passage.text.slice(start + wrong.length);
        return one(`Write “${right}”`, asOne(rewrite(flow, [{ path: passage.path, text }])));
      }),
  "dangling-reference": (flow, { at, message }) => {
    const hop = /“(.*)”/s.exec(message)?.[1] ?? "";
    const passage = passageAt(flow, at);
    if (passage === undefined) return [];
    // What remains is what the message was called.
    const called = hop.slice(hop.indexOf(" ") + 1).replace(/#\d+$/, "");
    const text = passage.text.replaceAll(`{${hop}}`, `“${called}”`);
    return one("Name the message instead", asOne(rewrite(flow, [{ path: passage.path, text }])));
  },
  "unknown-step": (flow, _, [list = "", index]) =>
    list === "prose" ? one("Remove the paragraph", removed(flow, list, Number(index))) : unplaced(flow, Number(index)),
  "unknown-mark": (flow, _, [list = "", index]) => (list === "notes" ? unplaced(flow, Number(index)) : []),
  "unknown-participant": (flow, { at }, keys) => withoutParticipant(flow, at, keys),
  "unknown-rule": (flow, _, keys) => {
    const off = flow.scenario.rules?.off?.toSpliced(Number(keys.at(-1)), 1) ?? [];
    const value = off.length === 0 ? undefined : { off };
    return one("Take it out of the list", { kind: "set", field: "rules", ...(value && { value }) });
  },
  "unknown-timer": (flow, _, keys) => {
    const { [keys.at(-1) ?? ""]: __, ...value } = flow.scenario.timers ?? {};
    const isEmpty = Object.keys(value).length === 0;
    return one("Take it away", isEmpty ? { kind: "set", field: "timers" } : { kind: "set", field: "timers", value });
  },
  "option-conflict": (flow, _, keys) => {
    const { [keys.at(-1) as "forking"]: __, ...rest } = flow.scenario.options ?? {};
    const proxy = flow.scenario.options?.participatingFunction === "proxy";
    const { participatingFunction: ___, ...options } = flow.scenario.options ?? {};
    return keys.at(-1)?.endsWith("Code")
      ? one("Take the usual code", { kind: "set", field: "options", value: rest })
      : proxy
        ? one("Let it be a back-to-back function", { kind: "set", field: "options", value: options })
        : [];
  },
  "wrong-branch": (flow, _, [__, index]) => branched(flow, Number(index)),
};

/**
 * The repairs of a diagnostic of a document. Each takes the diagnostic away and can be undone like any edit; none where
 * only the author can know what was meant.
 */
export function fixesFor(flow: Flow, diagnostic: Diagnostic): readonly Fix[] {
  const keys = diagnostic.at.split("/").slice(1);
  return table[diagnostic.code]?.(flow, diagnostic, keys) ?? [];
}

function passageAt(flow: Flow, at: string): Passage | undefined {
  return passagesOf(flow).find(({ path }) => pointer(path) === at);
}

function removed(flow: Flow, list: "prose" | "notes", index: number): Edit | undefined {
  if (flow[list]?.[index] === undefined) return undefined;
  const remove: SingleEdit = { kind: "remove", list, index };
  return flow[list].length === 1 ? { kind: "group", edits: [remove, { kind: "list", list, present: false }] } : remove;
}

/** A note without a place: it is taken away, or stands before the figure. */
function unplaced(flow: Flow, index: number): readonly Fix[] {
  const note = flow.notes?.[index];
  if (note === undefined) return [];
  const { at: _, under: __, ...element } = note;
  return [
    { label: "Put the note before the figure", edit: { kind: "replace", list: "notes", index, element } },
    ...one("Remove the note", removed(flow, "notes", index)),
  ];
}

/** Where a list names a participant that there is not, the list goes on without. */
function withoutParticipant(flow: Flow, at: string, keys: readonly string[]): readonly Fix[] {
  const label = "Take the name out";
  const hidden = /^\/view\/hide\/(\d+)$/.exec(at);
  if (hidden !== null) {
    const { hide = [], ...rest } = flow.view ?? {};
    const left = hide.toSpliced(Number(hidden[1]), 1);
    return one(label, { kind: "set", field: "view", value: left.length === 0 ? rest : { ...rest, hide: left } });
  }
  const over = /^\/notes\/(\d+)\/over\/(\d+)$/.exec(at);
  const note = flow.notes?.[Number(over?.[1])];
  if (over !== null && note !== undefined) {
    const { over: ids = [], ...rest } = note;
    const left = ids.toSpliced(Number(over[2]), 1);
    const element = left.length === 0 ? rest : { ...rest, over: left };
    return one(label, { kind: "replace", list: "notes", index: Number(over[1]), element });
  }
  const boxed = /^\/boxes\/(\d+)\/participants\/(\d+)$/.exec(at);
  const box = flow.boxes?.[Number(boxed?.[1])];
  if (boxed !== null && box !== undefined) {
    const element = { ...box, participants: box.participants.toSpliced(Number(boxed[2]), 1) };
    return one(label, { kind: "replace", list: "boxes", index: Number(boxed[1]), element });
  }
  return keys[0] === "prose" && keys[2] === "at"
    ? one("Remove the paragraph", removed(flow, "prose", Number(keys[1])))
    : keys[0] === "notes" && keys[2] === "at"
      ? unplaced(flow, Number(keys[1]))
      : [];
}

/** A variant that leaves where it cannot leaves the main variant, as late as that one allows. */
function branched(flow: Flow, index: number): readonly Fix[] {
  const variant = flow.variants[index];
  const [main] = flow.variants;
  if (variant?.branch === undefined || main === undefined) return [];
  const { branch, ...rest } = variant;
  const alone: Fix = {
    label: "Let it begin by itself",
    edit: { kind: "replace", list: "variants", index, element: rest },
  };
  if (index === 0) return [alone];
  const known = flow.variants.some(({ id }) => id === branch.from) ? branch.from : main.id;
  const parents = known === main.id ? [main.id] : [known, main.id];
  const parent = parents.find((from) => from !== variant.id && wholeScript(flow, from).ok);
  const script = parent === undefined ? undefined : wholeScript(flow, parent);
  if (parent === undefined || script?.ok !== true) return [alone];
  const element = { ...variant, branch: { from: parent, keep: Math.min(branch.keep, script.value.length) } };
  const title = flow.variants.find(({ id }) => id === parent)?.title ?? parent;
  return [
    {
      label: `Branch from “${title}”, after ${element.branch.keep} choices`,
      edit: { kind: "replace", list: "variants", index, element },
    },
    alone,
  ];
}
