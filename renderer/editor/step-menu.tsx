import { Fragment, useEffect, useState } from "react";
import type { Step } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { commandsWith } from "../../shared/keys.ts";
import type { AppState } from "../store/state.ts";
import { useActions, useApp, useAppStore } from "../store/use-app.ts";
import { MenuAction, MenuAt, MenuRule, MenuSub } from "../ui/menu.tsx";
import { asideEntries, asidesBelow } from "./aside-entries.ts";
import { newMessage, newNote, selectAll, stepMoved } from "./begin.ts";
import { clipboardEntries } from "./clipboard-entries.ts";
import { departureEntries } from "./departure-entries.ts";
import type { Aside } from "./editing-state.ts";
import { endEntries } from "./end-entries.ts";
import { markEntries } from "./mark-entries.ts";
import { numberEntries } from "./number-entries.ts";
import { standingAfter } from "./standing.ts";
import { hopBelow } from "./steps.ts";

interface Entry {
  readonly text: string;
  /** The command that does the same: its shortcut is shown. */
  readonly command?: string;
  readonly act: () => unknown;
  readonly off?: boolean;
  /** Opens beside it. */
  readonly more?: readonly Entry[];
}

/** What can be done to a step, in groups. */
function useEntries(step: Step | undefined): readonly (readonly Entry[])[] {
  const { setDraft, gesture, setEditing, setPanels, goToStep, eraseSelected, pause, showSidePanel } = useActions();
  const diagram = useApp((state) => state.diagram);
  const app = useAppStore();
  const [hop] = step?.hops ?? [];
  if (step === undefined || hop === undefined) return [];
  const after = hopBelow(stepsOf(diagram), step.index);
  const from = step.from.kind === "lifeline" ? step.from.id : undefined;
  const to = step.to.kind === "lifeline" ? step.to.id : undefined;
  const ends = [...new Set([from, to].filter((id) => id !== undefined))];
  const draft = (next: Parameters<typeof setDraft>[0]) => {
    setEditing(true);
    setDraft(next);
  };
  const { carries } = standingAfter(diagram, step.index);
  const below = { from: to ?? from ?? "", to: from ?? to ?? "", after, carries };
  return [
    [
      { text: "Edit Name", command: "edit.name", act: () => draft({ kind: "label", hop }) },
      { text: "Message Below…", command: "edit.message", act: () => draft({ kind: "message", ...below }) },
      { text: "Note Below…", command: "edit.note", act: () => draft({ kind: "note", at: after, over: ends }) },
    ],
    [
      ...(["Up", "Down"] as const).map((way): Entry => {
        const move = stepMoved(app.getState(), step, way === "Up" ? -1 : 1);
        return { text: `Move ${way}`, command: `edit.move${way}`, off: move === undefined, act: () => move?.() };
      }),
      {
        text: "Way",
        act: () => undefined,
        more: [
          ...endEntries(app.getState(), step),
          {
            text: "Turn Around",
            off: from === undefined || to === undefined || from === to,
            act: () => gesture({ kind: "reroute", hop, from: to ?? "", to: from ?? "" }),
          },
          { text: "Lose It", off: step.lost, act: () => gesture({ kind: "lose", hop }) },
          { text: "Let It Arrive After the Next", ...delayed(step, diagram, gesture) },
        ],
      },
      { text: "Number", act: () => undefined, more: numberEntries(app.getState(), step) },
    ],
    departureEntries(app.getState(), step),
    markEntries(app.getState(), step),
    asidesBelow(app.getState(), step),
    [
      {
        text: "Branch Here…",
        command: "play.branch",
        act: () => {
          pause();
          goToStep(step.index);
          showSidePanel("whatIf", "branch");
        },
      },
      {
        text: "Why",
        act: () => {
          goToStep(step.index);
          setPanels({ side: true, tab: "why" });
        },
      },
    ],
    [...clipboardEntries(true), { text: "Delete", command: "edit.delete", act: eraseSelected }],
  ];
}

function delayed(
  step: Step,
  diagram: Parameters<typeof stepsOf>[0],
  gesture: ReturnType<typeof useActions>["gesture"],
) {
  const next = stepsOf(diagram).find((one) => one.index > step.index && one.hops.length > 0);
  const [hop, after] = [step.hops.at(-1), next?.hops.at(-1)];
  if (hop === undefined || after === undefined) return { off: true, act: () => undefined };
  return { act: () => gesture({ kind: "delay", hop, after }) };
}

function MenuEntry({ entry: { text, command, act, off, more } }: { readonly entry: Entry }) {
  const own = useApp((state) => state.keys);
  if (more !== undefined)
    return (
      <MenuSub text={text}>
        {more.map((entry) => (
          <MenuEntry key={entry.text} entry={entry} />
        ))}
      </MenuSub>
    );
  return (
    <MenuAction keys={commandsWith(own).find(({ id }) => id === command)?.keys[0]} disabled={off} onSelect={act}>
      {text}
    </MenuAction>
  );
}

/** What can be done where nothing is. */
function groundEntries(state: AppState): readonly (readonly Entry[])[] {
  if (state.open === undefined) return [];
  const { actions } = state;
  return [
    [
      { text: "New Message…", command: "edit.message", act: () => newMessage(actions, state) },
      { text: "New Note…", command: "edit.note", act: () => newNote(actions, state) },
    ],
    [
      ...clipboardEntries(false),
      { text: "Select All", command: "edit.selectAll", act: () => selectAll(actions, state) },
    ],
  ];
}

/** The menu of a step, or of a note or mark that is chosen, under the pointer or, by the menu key, at the current step. */
export function StepMenu() {
  const app = useAppStore();
  const [at, setAt] = useState<{
    readonly x: number;
    readonly y: number;
    readonly step?: number;
    readonly aside?: Aside;
  }>();
  const diagram = useApp((state) => state.diagram);
  const ofStep = useEntries(at?.step === undefined ? undefined : stepsOf(diagram)[at.step]);
  const ofAside = at?.aside === undefined ? undefined : asideEntries(app.getState(), at.aside);
  const elsewhere = at !== undefined && at.step === undefined && at.aside === undefined;
  const groups = (
    elsewhere ? groundEntries(app.getState()) : ofAside === undefined ? ofStep : [...ofAside, clipboardEntries(true)]
  ).filter((entries) => entries.length > 0);

  useEffect(() => {
    const open = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      const canvas = target?.closest(".canvas");
      if (canvas === null || canvas === undefined || target?.closest(".editor-field") !== null) return;
      event.preventDefault();
      const box = canvas.getBoundingClientRect();
      // By the menu key there is no pointer.
      const byKey = event.clientX === 0 && event.clientY === 0;
      const place = { x: byKey ? box.left + box.width / 2 : event.clientX, y: byKey ? box.top + 120 : event.clientY };
      const row = target?.closest<SVGElement>("[data-step]");
      const { step: current, selected, aside, diagram: drawn, actions } = app.getState();
      if (aside !== undefined) return setAt({ ...place, aside });
      const step = row?.dataset.step === undefined ? current : Number(row.dataset.step);
      const [hop] = stepsOf(drawn)[step]?.hops ?? [];
      if (hop === undefined) return setAt(place);
      if (!selected.includes(hop)) actions.select([hop]);
      setAt({ ...place, step });
    };
    document.addEventListener("contextmenu", open);
    return () => document.removeEventListener("contextmenu", open);
  }, [app]);

  if (at === undefined || groups.length === 0) return null;
  return (
    <MenuAt x={at.x} y={at.y} onClose={() => setAt(undefined)}>
      {groups.map((entries, i) => (
        <Fragment key={entries[0]?.text}>
          {i > 0 && <MenuRule />}
          {entries.map((entry) => (
            <MenuEntry key={entry.text} entry={entry} />
          ))}
        </Fragment>
      ))}
    </MenuAt>
  );
}
