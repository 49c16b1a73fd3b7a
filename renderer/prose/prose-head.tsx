import { Hash, Plus } from "lucide-react";
import { Popover } from "radix-ui";
import { useEffect, useState } from "react";
import type { View } from "../../shared/flow/flow.ts";
import { numberFlow, restartInFragments, restartsInFragments } from "../../shared/flow/number-edits.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { Menu, MenuAction } from "../ui/menu.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { addNoteBelow } from "./paragraph-edits.ts";
import { useTold } from "./paragraph-menu.tsx";

type Patch = Partial<NonNullable<View["numbering"]>>;

/** How the steps of the document are numbered. */
function NumberingPopover() {
  const flow = useApp((state) => state.open?.flow);
  const { edit } = useActions();
  if (flow === undefined) return null;
  const { start = 1, range = "n – m.", sub = "7.1" } = flow.view?.numbering ?? {};
  const change = (patch: Patch) => void edit("Change Numbering", numberFlow(flow, patch), "numbering");
  const restarts = restartsInFragments(flow);
  const hasFragments = flow.marks?.some(({ kind }) => kind === "fragment") === true;
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button icon label="Numbering">
          <Hash size={15} />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover" align="end" sideOffset={6} aria-label="Numbering">
          <StartField start={start} onChange={(next) => change({ start: next })} />
          <div className="popover-row">
            <span>Ranges</span>
            <Segmented
              label="Ranges"
              value={range}
              options={[
                { value: "n – m.", text: "7 – 11." },
                { value: "n-m.", text: "7-11." },
              ]}
              onChange={(next) => change({ range: next })}
            />
          </div>
          <div className="popover-row">
            <span>Sub-numbers</span>
            <Segmented
              label="Sub-numbers"
              value={sub}
              options={[
                { value: "7.1", text: "7.1" },
                { value: "7a", text: "7a" },
              ]}
              onChange={(next) => change({ sub: next })}
            />
          </div>
          <label className="popover-check">
            <input
              type="checkbox"
              disabled={!hasFragments}
              checked={restarts === true}
              ref={(box) => {
                if (box !== null) box.indeterminate = hasFragments && restarts === undefined;
              }}
              onChange={({ target }) => {
                const made = restartInFragments(flow, target.checked);
                if (made !== undefined) void edit("Change Numbering", made);
              }}
            />
            Count from 1 inside fragments
          </label>
          <p className="popover-remark">A single step is numbered by its menu, in the picture or here.</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** The number of the first step. What is no number is not taken over. */
function StartField({ start, onChange }: { readonly start: number; readonly onChange: (start: number) => void }) {
  const [text, setText] = useState(String(start));
  useEffect(() => setText(String(start)), [start]);
  const isNumber = (typed: string) => /^\d{1,6}$/.test(typed);
  return (
    <label className="popover-row">
      <span>First number</span>
      <input
        className="popover-number"
        inputMode="numeric"
        value={text}
        aria-invalid={!isNumber(text)}
        onChange={({ target }) => {
          setText(target.value);
          if (isNumber(target.value)) onChange(Number(target.value));
        }}
        onBlur={() => setText(String(start))}
      />
    </label>
  );
}

/** What a document may have beside its paragraphs. */
function AddMenu() {
  const flow = useApp((state) => state.open?.flow);
  const { edit } = useActions();
  const told = useTold();
  if (flow === undefined) return null;
  const button = (
    <Button icon label="Add to the text">
      <Plus size={15} />
    </Button>
  );
  const set = (field: "introduction" | "figure" | "clause" | "source", text: string, label: string) => (
    <MenuAction
      disabled={flow[field] !== undefined}
      onSelect={() => edit(`Add ${label}`, { kind: "set", field, value: text })}
    >
      {label}
    </MenuAction>
  );
  return (
    <Menu button={button}>
      {set("introduction", "What this flow shows.", "Introduction")}
      {set("figure", flow.title, "Figure Caption")}
      {set("clause", "1", "Clause")}
      {set("source", "Where it is published.", "Source")}
      <MenuAction
        onSelect={() => {
          const element = { term: "Term", text: "What it means." };
          return edit("Add Definition", {
            kind: "insert",
            list: "definitions",
            index: flow.definitions?.length ?? 0,
            element,
          });
        }}
      >
        Definition
      </MenuAction>
      <MenuAction
        onSelect={() => {
          const now = told();
          const made = now && addNoteBelow(now, undefined);
          return made && edit("Add Note", made);
        }}
      >
        Note Before the Figure
      </MenuAction>
    </Menu>
  );
}

/** Beside the panel's name: what can be added to the text, and how its steps are numbered. */
export function ProseHead() {
  return (
    <>
      <AddMenu />
      <NumberingPopover />
    </>
  );
}
