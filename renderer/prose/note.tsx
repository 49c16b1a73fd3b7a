import { type MouseEvent, use, useState } from "react";
import type { NumberedNote } from "../../shared/diagram/diagram.ts";
import type { Edit } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { asTyped } from "../../shared/flow/step-references.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { MenuAction, MenuAt, MenuRule } from "../ui/menu.tsx";
import { removeElement } from "./paragraph-edits.ts";
import { Text } from "./text.tsx";
import { useSteps, useStop, useWritePassage, WritingContext, WritingField } from "./writing.tsx";

/** Numbers a note, or lets it be "NOTE" alone. */
function numberNote(flow: Flow, index: number, numbered: boolean): Edit | undefined {
  const before = flow.notes?.[index];
  if (before === undefined) return undefined;
  const { numbered: _, ...rest } = before;
  return { kind: "replace", list: "notes", index, element: numbered ? rest : { ...rest, numbered } };
}

/** A note as standards set it: its number, then the text, indented. The number is the way to write it. */
export function Note({ number, text, entry = -1 }: NumberedNote) {
  const key = `n:${entry}`;
  const { writing, begin } = use(WritingContext);
  const { edit } = useActions();
  const place = useStop(key);
  const steps = useSteps();
  const flow = useApp((state) => state.open?.flow);
  const source = flow?.notes?.[entry];
  const write = useWritePassage(["notes", entry, "text"], "Note", source?.text ?? "");
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number }>();
  if (writing === key)
    return <WritingField label={number} start={asTyped(source?.text ?? text, steps())} onDone={write} />;
  const openMenu = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const box = event.currentTarget.getBoundingClientRect();
    const byKey = event.clientX === 0 && event.clientY === 0;
    setMenu({ x: byKey ? box.left + 16 : event.clientX, y: byKey ? box.bottom : event.clientY });
  };
  const printed = number === "" ? "NOTE" : number;
  const change = (label: string, made: Edit | undefined) => () => made && edit(label, made);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the number is a button that does the same by the keyboard.
    <div
      className="prose-note"
      onDoubleClick={(event) => {
        event.stopPropagation();
        begin(key);
      }}
      onContextMenu={openMenu}
    >
      <button
        type="button"
        className="prose-note-number"
        aria-label={`Edit ${printed}`}
        title={`Edit ${printed} (F2)`}
        onClick={(event) => {
          event.stopPropagation();
          begin(key);
        }}
        {...place}
      >
        {printed}:
      </button>
      <p className="prose-note-text">
        <Text>{text}</Text>
      </p>
      {menu !== undefined && flow !== undefined && (
        <MenuAt {...menu} onClose={() => setMenu(undefined)}>
          <MenuAction keys="F2" onSelect={() => begin(key)}>
            Edit Note
          </MenuAction>
          {source?.numbered === false ? (
            <MenuAction onSelect={change("Number Note", numberNote(flow, entry, true))}>Numbered</MenuAction>
          ) : (
            <MenuAction onSelect={change("Leave Note without Number", numberNote(flow, entry, false))}>
              Without Number
            </MenuAction>
          )}
          <MenuRule />
          <MenuAction onSelect={change("Remove Note", removeElement(flow, "notes", entry))}>Remove Note</MenuAction>
        </MenuAt>
      )}
    </div>
  );
}
