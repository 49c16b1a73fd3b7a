import type { Step } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Operator } from "../../shared/flow/drawn.ts";
import type { Edit } from "../../shared/flow/edit.ts";
import { colours } from "../../shared/flow/scalars.ts";
import type { AppState } from "../store/state.ts";
import { apartEntries } from "./apart-entries.ts";
import {
  addElse,
  addedMark,
  addMark,
  colourArrow,
  colourParticipant,
  fragmentAround,
  putInFragment,
  removeMark,
  wordsOf,
} from "./mark-edits.ts";

interface Entry {
  readonly text: string;
  readonly act: () => unknown;
  readonly off?: boolean;
  readonly more?: readonly Entry[];
}

const operators: readonly Operator[] = ["alt", "opt", "loop", "par", "ref", "critical", "break"];

/** What can be put beside the chosen steps, and taken away again, in the menu of a step. */
export function markEntries(state: AppState, step: Step): readonly Entry[] {
  const { open, diagram, selected, actions } = state;
  if (open === undefined || diagram === undefined) return [];
  const { flow } = open;
  const steps = stepsOf(diagram);
  const chosen = steps.flatMap(({ hops: [hop], index }) =>
    hop !== undefined && selected.includes(hop) ? [index] : [],
  );
  const all = [step.index, ...chosen];
  const [first, last] = [Math.min(...all), Math.max(...all)];
  const around = fragmentAround(diagram, step.index);
  const make = (label: string, change: Edit | undefined): Pick<Entry, "act" | "off"> => ({
    off: change === undefined,
    act: async () => {
      if (change === undefined) return;
      const mark = addedMark(change);
      const done = await actions.edit(label, change);
      if (!done.ok || mark === undefined) return;
      actions.setEditing(true);
      actions.setDraft({ kind: "words", of: { list: "marks", index: mark } });
    },
  });
  const entry = (text: string, label: string, change: Edit | undefined): Entry => ({ text, ...make(label, change) });
  const none = () => undefined;
  return [
    {
      text: "Put in a Fragment",
      act: none,
      more: operators.map((one) => entry(one, "Put in a Fragment", putInFragment(flow, diagram, first, last, one))),
    },
    ...(around === undefined
      ? []
      : [
          entry("Next Part Below", "Add Part", addElse(flow, diagram, step.index)),
          {
            text: "Edit Guard",
            off: wordsOf(flow.marks?.[around]) === undefined,
            act: () => actions.setDraft({ kind: "words", of: { list: "marks", index: around } }),
          },
          ...apartEntries(state, step.index),
          entry("Take Fragment Away", "Take Fragment Away", removeMark(flow, around)),
        ]),
    { text: "Put Below", act: none, more: belowEntries(state, step, entry) },
    { text: "Colour", act: none, more: colourEntries(state, step, entry) },
  ];
}

type MakeEntry = (text: string, label: string, change: Edit | undefined) => Entry;

function belowEntries({ open, diagram }: AppState, step: Step, entry: MakeEntry): readonly Entry[] {
  if (open === undefined || diagram === undefined) return [];
  const { flow } = open;
  const end = step.to.kind === "lifeline" ? step.to : step.from;
  const on = end.kind === "lifeline" ? end.id : undefined;
  const name = diagram.lifelines.find(({ id }) => id === on)?.name ?? "";
  const put = (text: string, body: Parameters<typeof addMark>[3]) =>
    entry(text, text, addMark(flow, diagram, step.index, body));
  if (on === undefined) return [put("Divider", { kind: "divider", text: "" })];
  return [
    put("Divider", { kind: "divider", text: "" }),
    put(`State of ${name}`, { kind: "state", on, text: "State" }),
    put("Timer Started", { kind: "timer", on, name: "Timer", event: "start" }),
    put("Timer Stopped", { kind: "timer", on, name: "Timer", event: "stop" }),
    put("Timer Expired", { kind: "timer", on, name: "Timer", event: "expire" }),
    put(`${name} Becomes Active`, { kind: "activation", on, event: "start" }),
    put(`${name} Is Active No More`, { kind: "activation", on, event: "end" }),
    put(`Next Message Creates ${name}`, { kind: "create", on }),
    put(`Next Message Ends ${name}`, { kind: "destroy", on }),
  ];
}

function colourEntries({ open, diagram }: AppState, step: Step, entry: MakeEntry): readonly Entry[] {
  if (open === undefined || diagram === undefined) return [];
  const { flow } = open;
  const ends = [...new Set([step.from, step.to].flatMap((end) => (end.kind === "lifeline" ? [end.id] : [])))];
  const choices = (change: (colour: string | null) => Edit | undefined): readonly Entry[] => [
    ...colours.map((colour) => entry(colour, "Colour", change(colour))),
    entry("none", "Colour", change(null)),
  ];
  const act = () => undefined;
  return [
    { text: "Message", act, more: choices((colour) => colourArrow(flow, step.hops, colour)) },
    ...ends.map((id) => ({
      text: diagram.lifelines.find((one) => one.id === id)?.name ?? id,
      act,
      more: choices((colour) => colourParticipant(flow, id, colour)),
    })),
  ];
}
