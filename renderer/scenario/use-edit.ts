import type { Edit, ListName } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { useActions, useApp } from "../store/use-app.ts";
import type { Thing } from "./fields.ts";

const nothing: Flow = {
  format: "callflow",
  version: 1,
  title: "",
  scenario: { participants: [] },
  variants: [{ id: "main", title: "", script: [] }],
};

/** The document shown. */
export const useFlow = (): Flow => useApp((state) => state.open?.flow) ?? nothing;

/** Makes an edit of the document; nothing where there is none to make. */
export function useEdit(): (label: string, edit: Edit | undefined) => void {
  const { edit } = useActions();
  return (label, change) => {
    if (change !== undefined) void edit(label.slice(0, 300), change);
  };
}

/** A list of the document as things; empty where it is absent. */
export function thingsOf(flow: Flow, list: Exclude<ListName, "script">): readonly Thing[] {
  const holder = (list in flow.scenario ? flow.scenario : flow) as unknown as Readonly<
    Record<string, readonly Thing[]>
  >;
  return holder[list] ?? [];
}

/** Where a list stands in the document, as a JSON pointer. */
export function placeOf(list: string): string {
  const ofFlow = ["variants", "prose", "notes", "definitions", "requirements", "arrows", "marks", "boxes"];
  return ofFlow.includes(list) ? `/${list}` : `/scenario/${list}`;
}

type OnList = Exclude<ListName, "script">;

/** What a form does to a list: the document checks the element, so forms need not be typed by what they fill in. */
export const insertThing = (list: OnList, index: number, element: Thing) =>
  ({ kind: "insert", list, index, element }) as unknown as Edit;
export const replaceThing = (list: OnList, index: number, element: Thing) =>
  ({ kind: "replace", list, index, element }) as unknown as Edit;

/** Takes a thing out; the last one takes the list with it. */
export function removeThing(list: OnList, index: number, count: number): Edit {
  const remove = { kind: "remove", list, index } as const;
  return count > 1 || list === "participants" || list === "variants"
    ? remove
    : { kind: "group", edits: [remove, { kind: "list", list, present: false }] };
}
