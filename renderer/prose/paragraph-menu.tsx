import { type MouseEvent, use } from "react";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Edit } from "../../shared/flow/edit.ts";
import { numberEntries } from "../editor/number-entries.ts";
import { useActions, useAppStore } from "../store/use-app.ts";
import { MenuAction, MenuAt, MenuRule } from "../ui/menu.tsx";
import { addNoteBelow, backToEngine, isWritable, joinWithNext, splitBefore, type Told } from "./paragraph-edits.ts";
import { WritingContext } from "./writing.tsx";

/** Where a menu opens, in the window. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Under the pointer; by a key, under the element. */
export function spotOf(event: MouseEvent): Spot {
  if (event.clientX !== 0 || event.clientY !== 0) return { x: event.clientX, y: event.clientY };
  const box = event.currentTarget.getBoundingClientRect();
  return { x: box.left + 16, y: box.top + 32 };
}

/** What the paragraphs are of, when it is asked for. */
export function useTold(): () => Told | undefined {
  const store = useAppStore();
  return () => {
    const { open, diagram } = store.getState();
    if (open === undefined || diagram === undefined) return undefined;
    return { flow: open.flow, steps: stepsOf(diagram), paragraphs: diagram.paragraphs };
  };
}

/** How many places to split at are named, at most. */
const SPLITS = 12;

/** What can be done to a paragraph. */
export function ParagraphMenu(props: { readonly spot: Spot; readonly index: number; readonly onClose: () => void }) {
  const { spot, index, onClose } = props;
  const { begin } = use(WritingContext);
  const store = useAppStore();
  const { edit } = useActions();
  const told = useTold()();
  const paragraph = told?.paragraphs[index];
  if (told === undefined || paragraph === undefined) return null;
  const { first, last } = paragraph;
  const change = (label: string, made: Edit | undefined) => ({
    disabled: made === undefined,
    onSelect: () => made && edit(label, made),
  });
  const splits = told.steps.slice(first + 1, Math.min(last, first + SPLITS) + 1);
  return (
    <MenuAt {...spot} onClose={onClose}>
      <MenuAction keys="F2" disabled={!isWritable(told, paragraph)} onSelect={() => begin(`p:${index}`)}>
        Edit Text
      </MenuAction>
      <MenuAction {...change("Take Engine’s Words", backToEngine(told, index))}>Back to the Engine’s Words</MenuAction>
      <MenuRule />
      <MenuAction {...change("Join Paragraphs", joinWithNext(told, index))}>Join with the Next</MenuAction>
      {splits.map(({ number }, at) => (
        <MenuAction
          // biome-ignore lint/suspicious/noArrayIndexKey: steps may have one number; they are known by their place.
          key={at}
          {...change("Split Paragraph", splitBefore(told, index, first + 1 + at))}
        >
          Split Before {number === "" ? "the Next Step" : `Step ${number}`}
        </MenuAction>
      ))}
      <MenuAction
        onSelect={async () => {
          const made = addNoteBelow(told, paragraph);
          const entry = told.flow.notes?.length ?? 0;
          if (made !== undefined && (await edit("Add Note", made)).ok) begin(`n:${entry}`);
        }}
      >
        Add Note Below
      </MenuAction>
      {first === last && (
        <>
          <MenuRule />
          {numberEntries(store.getState(), told.steps[first]).map(({ text, act, off }) => (
            <MenuAction key={text} disabled={off} onSelect={act}>
              {text}
            </MenuAction>
          ))}
        </>
      )}
    </MenuAt>
  );
}
