import type { Edit } from "../../shared/flow/edit.ts";
import type { Options, Scenario } from "../../shared/flow/flow.ts";
import { defaultOptions, type OptionName, optionTitles } from "../../shared/flow/options.ts";

/** Edits of what a scenario says about rules, options and timers. What says nothing new is left out of the document. */

export interface LabelledEdit {
  readonly label: string;
  readonly edit: Edit;
}

/** Switches a rule off, or on again. */
export function switchRule({ rules }: Scenario, id: string, on: boolean): LabelledEdit {
  const others = (rules?.off ?? []).filter((other) => other !== id);
  const off = on ? others : [...others, id];
  return {
    label: `Switch ${id} ${on ? "on" : "off"}`,
    edit:
      off.length === 0 ? { kind: "set", field: "rules" } : { kind: "set", field: "rules", value: { ...rules, off } },
  };
}

/** Sets an option. */
export function setOption<Name extends OptionName>(
  { options }: Scenario,
  name: Name,
  value: Options[Name],
): LabelledEdit {
  const { [name]: _, ...others } = options ?? {};
  const isDefault = JSON.stringify(value) === JSON.stringify(defaultOptions[name]);
  const next = isDefault ? others : { ...options, [name]: value };
  return {
    label: `Set “${optionTitles[name]}”`,
    edit:
      Object.keys(next).length === 0
        ? { kind: "set", field: "options" }
        : { kind: "set", field: "options", value: next },
  };
}

/** Sets how long a timer runs, in seconds; `nominal` is what it runs without being set. */
export function setTimer({ timers }: Scenario, name: string, seconds: number, nominal: number): LabelledEdit {
  const { [name]: _, ...others } = timers ?? {};
  const next = seconds === nominal ? others : { ...timers, [name]: seconds };
  return {
    label: `Set ${name}`,
    edit:
      Object.keys(next).length === 0 ? { kind: "set", field: "timers" } : { kind: "set", field: "timers", value: next },
  };
}
