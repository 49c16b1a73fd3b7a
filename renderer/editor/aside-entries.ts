import type { Step } from "../../shared/diagram/diagram.ts";
import type { Edit } from "../../shared/flow/edit.ts";
import { colours } from "../../shared/flow/scalars.ts";
import type { AppState } from "../store/state.ts";
import { apartEntriesOf, takeableOf } from "./apart-entries.ts";
import { colourAside, isColoured, moveAside, movedTo, removeAside } from "./aside-edits.ts";
import { asideOf, itemOfAside, markOf, nameOfAside, wordsOfAside } from "./asides.ts";
import type { Aside } from "./editing-state.ts";
import { edgeOfItem, type FrameEdge, stepEdge } from "./fragment-edges.ts";

interface Entry {
  readonly text: string;
  readonly command?: string;
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
        command: "edit.name",
        off: wordsOfAside(flow, aside) === undefined,
        act: () => {
          actions.setEditing(true);
          actions.setDraft({ kind: "words", of: aside });
        },
      },
      ...(isFixed
        ? []
        : [
            {
              ...make("Move Up", `Move ${name}`, moveAside(flow, diagram, aside, item - 2)),
              command: "edit.moveUp",
            },
            {
              ...make("Move Down", `Move ${name}`, moveAside(flow, diagram, aside, item + 1)),
              command: "edit.moveDown",
            },
          ]),
      ...edgeEntries(state, item),
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
        command: "edit.delete",
        act: () => {
          const edit = removeAside(flow, aside);
          actions.choose(undefined);
          if (edit !== undefined) void actions.edit(`Delete ${name}`, edit);
        },
      },
    ],
  ];
}

/** Where a fragment reaches, or where a part of it begins, without a pointer. */
function edgeEntries({ open, diagram, actions }: AppState, item: number): readonly Entry[] {
  const edge = diagram === undefined ? undefined : edgeOfItem(diagram, item);
  if (open === undefined || diagram === undefined || edge === undefined) return [];
  const entry = (text: string, of: FrameEdge, by: -1 | 1): Entry => {
    const edit = stepEdge(open.flow, diagram, of, by);
    const label = of.edge === "top" || of.edge === "bottom" ? "Resize Fragment" : "Move Part";
    return { text, off: edit === undefined, act: () => edit && actions.edit(label, edit) };
  };
  if (edge.edge !== "top") return [entry("Begin a Step Earlier", edge, -1), entry("Begin a Step Later", edge, 1)];
  const end: FrameEdge = { ...edge, edge: "bottom" };
  const more = [
    entry("Begin a Step Earlier", edge, -1),
    entry("Begin a Step Later", edge, 1),
    entry("End a Step Earlier", end, -1),
    entry("End a Step Later", end, 1),
  ];
  return [{ text: "Reach", act: () => undefined, more }];
}

function takenApart({ open, diagram, actions }: AppState, mark: number): readonly Entry[] {
  const fragment = takeableOf(open?.flow, diagram, mark);
  return fragment === undefined ? [] : apartEntriesOf(fragment, actions);
}

/** Of a mark without words: whom it is about. */
function lifelineOf({ open }: AppState, aside: Aside): string {
  const mark = markOf(open?.flow, aside);
  const on = mark !== undefined && "on" in mark ? mark.on : undefined;
  return open?.flow.scenario.participants.find(({ id }) => id === on)?.name ?? "";
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
    const words = wordsOfAside(open?.flow, aside) ?? lifelineOf(state, aside);
    const short = words.length > 28 ? `${words.slice(0, 27)}…` : words;
    return {
      text: `${nameOfAside(open?.flow, diagram, aside)}${short === "" ? "" : `: ${short}`}`,
      act: () => undefined,
      more: asideEntries(state, aside).flat(),
    };
  });
}
