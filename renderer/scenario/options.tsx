import { useId } from "react";
import { defaultOptions, type OptionName, optionTitles, optionValues } from "../../shared/flow/options.ts";
import { setOption, setTimer } from "../rules/scenario-edits.ts";
import { useRules } from "../rules/use-rules.ts";
import { NumberField } from "../ui/number-field.tsx";
import { Labelled, PickSeveral, SwitchField } from "./controls.tsx";
import { byRole } from "./fields.ts";
import { optionSays, valueSays } from "./option-words.ts";
import { useProblemsAt } from "./problems.ts";
import { useEdit, useFlow } from "./use-edit.ts";

type Listed = keyof typeof optionValues;
const order = Object.keys(optionTitles) as readonly OptionName[];
const cores = byRole("core");

/** An option with a few values: each with what it means. */
function Choice({ name }: { readonly name: Listed }) {
  const { scenario } = useFlow();
  const edit = useEdit();
  const id = useId();
  const problems = useProblemsAt(`/scenario/options/${name}`);
  const value = scenario.options?.[name] ?? defaultOptions[name];
  return (
    <fieldset className="field-group option">
      <legend className="field-label">{optionTitles[name]}</legend>
      <p className="field-says">{optionSays[name]}</p>
      {problems.map(({ message }) => (
        <p key={message} className="field-wrong">
          {message}
        </p>
      ))}
      {Object.entries(optionValues[name]).map(([one, title]) => (
        <label key={one} className="option-value">
          <input
            type="radio"
            name={id}
            checked={value === one}
            onChange={() => {
              const change = setOption(scenario, name, one as typeof value);
              edit(change.label, change.edit);
            }}
          />
          <span>
            {title.charAt(0).toUpperCase() + title.slice(1)}
            {one === defaultOptions[name] && <span className="field-says"> (default)</span>}
            <span className="field-says option-meaning">{valueSays[name]?.[one]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Option({ name }: { readonly name: OptionName }) {
  const flow = useFlow();
  const { scenario } = flow;
  const edit = useEdit();
  const set = ({ label, edit: change }: ReturnType<typeof setOption>) => edit(label, change);
  if (Object.hasOwn(optionValues, name)) return <Choice name={name as Listed} />;
  const at = `/scenario/options/${name}`;
  const options = { ...defaultOptions, ...scenario.options };
  const common = { label: optionTitles[name], says: optionSays[name], at };
  if (name === "trying")
    return (
      <SwitchField {...common} value={options.trying} onChange={(value) => set(setOption(scenario, name, value))} />
    );
  if (name === "challenge")
    return (
      <Labelled {...common}>
        {(described) => (
          <PickSeveral
            described={described}
            label={common.label}
            values={options.challenge}
            picks={cores(flow)}
            absent="none"
            onChange={(values) => set(setOption(scenario, name, [...values]))}
          />
        )}
      </Labelled>
    );
  const code = name as Exclude<OptionName, Listed | "trying" | "challenge">;
  return (
    <Labelled {...common}>
      {({ describedBy }) => (
        <NumberField
          className="field-input"
          label={common.label}
          describedBy={describedBy}
          value={options[code]}
          min={400}
          max={699}
          step={1}
          onChange={(value) => set(setOption(scenario, code, value))}
        />
      )}
    </Labelled>
  );
}

/** What standards leave open, and how long timers run. */
export function OptionsSection() {
  return (
    <>
      <section className="scenario-section" aria-label="Options">
        <p className="field-says">Where standards leave a choice, or may be read in two ways.</p>
        {order.map((name) => (
          <Option key={name} name={name} />
        ))}
      </section>
      <Timers />
    </>
  );
}

function Timers() {
  const { scenario } = useFlow();
  const edit = useEdit();
  const rules = useRules();
  if (rules.kind !== "ready") return null;
  const timers = [...new Map(rules.value.flatMap((rule) => rule.timers).map((timer) => [timer.name, timer])).values()];
  return (
    <section className="scenario-section" aria-label="Timers">
      <h3 className="scenario-heading">Timers</h3>
      <p className="field-says">
        In seconds. Nothing waits for them: they put in order what happens when nothing else does.
      </p>
      {timers.map(({ name, seconds, waits }) => (
        <Labelled
          key={name}
          label={name}
          says={`Waits ${waits}. ${seconds} s unless set.`}
          at={`/scenario/timers/${name}`}
        >
          {({ describedBy }) => (
            <NumberField
              className="field-input"
              label={name}
              describedBy={describedBy}
              value={scenario.timers?.[name] ?? seconds}
              min={0}
              max={1_000_000}
              step="any"
              onChange={(value) => {
                const change = setTimer(scenario, name, value, seconds);
                edit(change.label, change.edit);
              }}
            />
          )}
        </Labelled>
      ))}
    </section>
  );
}
