import type { Step } from "../../shared/diagram/diagram.ts";
import type { Edit } from "../../shared/flow/edit.ts";
import { colours } from "../../shared/flow/scalars.ts";
import type { AppState } from "../store/state.ts";
import { apartEntriesOf, takeableOf } from "./apart-entries.ts";
import { colourAside, isColoured, moveAside, movedTo, removeAside } from "./aside-edits.ts";
import { asideOf, itemOfAside, nameOfAside, wordsOfAside } from "./asides.ts";
import type { Aside } from "./editing-state.ts";

interface Entry {
  readonly text: string;
  readonly keys?: string;
  readonly act: () => unknown;
  readonly off?: boolean;
  readonly more?: readonly Entry[];
}

/** What can be done to a note or a mark, in groups. */
export function asideEntries(state: AppState, aside: Aside): readonly (readonly Entry[])[] {
  const { open, diagram, actions } = state;
  if (open === undefined || diagram === undefined) return [];
  const { flow } = open;
  const name = nameOfAside(flow, diagram, aside);
  const item = itemOfAside(diagram, aside);
  const make = (text: string, label: string, edit: Edit | undefined): Entry => ({
    text,
    off: edit === undefined,
    act: () => {
      if (edit === undefined) return;
      actions.setEditing(true);
      void actions.edit(label, edit);
      actions.choose(movedTo(aside, edit));
    },
  });
  const isFixed =
    moveAside(flow, diagram, aside, -1) === undefined && moveAside(flow, diagram, aside, item + 1) === undefined;
  const colour = (text: string, to: string | null) => make(text, "Colour", colourAside(flow, aside, to));
  return [
    [
      {
        text: "Edit Words",
        keys: "F2",
        off: wordsOfAside(flow, aside) === undefined,
        act: () => {
          actions.setEditing(true);
          actions.setDraft({ kind: "words", of: aside });
        },
      },
      ...(isFixed
        ? []
        : [
            make("Move Up", `Move ${name}`, moveAside(flow, diagram, aside, item - 2)),
            make("Move Down", `Move ${name}`, moveAside(flow, diagram, aside, item + 1)),
          ]),
      ...(isColoured(flow, aside)
        ? [
            {
              text: "Colour",
              act: () => undefined,
              more: [...colours.map((one) => colour(one, one)), colour("none", null)],
            },
          ]
        : []),
    ],
    [
      ...(aside.list === "marks" ? takenApart(state, aside.index) : []),
      {
        text: name === "Fragment" ? "Take Fragment Away" : `Delete ${name}`,
        keys: "Delete",
        act: () => {
          const edit = removeAside(flow, aside);
          actions.choose(undefined);
          if (edit !== undefined) void actions.edit(`Delete ${name}`, edit);
        },
      },
    ],
  ];
}

function takenApart({ open, diagram, actions }: AppState, mark: number): readonly Entry[] {
  const fragment = takeableOf(open?.flow, diagram, mark);
  return fragment === undefined ? [] : apartEntriesOf(fragment, actions);
}

/** What stands below a step, before the next one, each with what can be done to it: the way there without a pointer. */
export function asidesBelow(state: AppState, step: Step): readonly Entry[] {
  const { open, diagram } = state;
  const items = diagram?.items ?? [];
  const found: Aside[] = [];
  for (let i = items.indexOf(step) + 1; i < items.length && items[i]?.type !== "step"; i++) {
    const aside = asideOf(items[i]);
    if (aside !== undefined) found.push(aside);
  }
  return found.map((aside) => {
    const words = wordsOfAside(open?.flow, aside) ?? "";
    const short = words.length > 28 ? `${words.slice(0, 27)}…` : words;
    return {
      text: `${nameOfAside(open?.flow, diagram, aside)}${short === "" ? "" : `: ${short}`}`,
      act: () => undefined,
      more: asideEntries(state, aside).flat(),
    };
  });
}
