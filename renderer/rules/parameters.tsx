import { useId } from "react";
import type { Scenario } from "../../shared/flow/flow.ts";
import { defaultOptions, type OptionName, optionTitles, optionValues } from "../../shared/flow/options.ts";
import type { RuleTimer } from "../../shared/run/run.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { NumberField } from "../ui/number-field.tsx";
import { type LabelledEdit, setOption, setTimer } from "./scenario-edits.ts";

const none: Scenario = { participants: [] };

const useScenario = (): Scenario => useApp((state) => state.open?.flow.scenario ?? none);

function useEdit(): (change: LabelledEdit) => void {
  const { edit } = useActions();
  return (change) => void edit(change.label, change.edit);
}

function isListed(name: OptionName): name is keyof typeof optionValues {
  return Object.hasOwn(optionValues, name);
}

/** The way to set one option: a list of its values, a status code, a switch, or a choice of cores. */
function OptionControl({ name, id }: { readonly name: OptionName; readonly id: string }) {
  const scenario = useScenario();
  const edit = useEdit();
  const options = { ...defaultOptions, ...scenario.options };
  if (isListed(name))
    return (
      <select
        id={id}
        value={options[name]}
        onChange={(event) => edit(setOption(scenario, name, event.target.value as (typeof options)[typeof name]))}
      >
        {Object.entries(optionValues[name]).map(([value, says]) => (
          <option key={value} value={value}>
            {says}
          </option>
        ))}
      </select>
    );
  if (name === "trying")
    return (
      <input
        id={id}
        type="checkbox"
        checked={options.trying}
        onChange={(event) => edit(setOption(scenario, "trying", event.target.checked))}
      />
    );
  if (name === "challenge") {
    const cores = scenario.participants.filter(({ role }) => role === "core");
    if (cores.length === 0) return <span>none in this flow</span>;
    return (
      <span className="parameter-cores">
        {cores.map((core) => (
          <label key={core.id}>
            <input
              type="checkbox"
              checked={options.challenge.includes(core.id)}
              onChange={(event) => {
                const others = options.challenge.filter((other) => other !== core.id);
                edit(setOption(scenario, "challenge", event.target.checked ? [...others, core.id] : others));
              }}
            />
            {core.name}
          </label>
        ))}
      </span>
    );
  }
  return (
    <NumberField
      className="parameter-number"
      label={optionTitles[name]}
      value={options[name]}
      min={400}
      max={699}
      step={1}
      onChange={(value) => edit(setOption(scenario, name, value))}
    />
  );
}

function OptionRow({ name }: { readonly name: OptionName }) {
  const id = useId();
  return (
    <div className="parameter">
      <label htmlFor={isListed(name) || name === "trying" ? id : undefined}>{optionTitles[name]}</label>
      <OptionControl name={name} id={id} />
    </div>
  );
}

function TimerRow({ name, seconds, waits }: RuleTimer) {
  const scenario = useScenario();
  const edit = useEdit();
  return (
    <div className="parameter">
      <span>
        {name} <span className="parameter-waits">waits {waits}</span>
      </span>
      <span className="parameter-seconds">
        <NumberField
          className="parameter-number"
          label={`Seconds of ${name}`}
          value={scenario.timers?.[name] ?? seconds}
          min={0}
          max={1_000_000}
          step="any"
          onChange={(value) => edit(setTimer(scenario, name, value, seconds))}
        />
        s
      </span>
    </div>
  );
}

/** What of the scenario changes how a rule works, to be set at once for all rules that read it. */
export function Parameters(props: { readonly options: readonly OptionName[]; readonly timers: readonly RuleTimer[] }) {
  const { options, timers } = props;
  if (options.length === 0 && timers.length === 0) return null;
  return (
    <div className="parameters">
      <p className="entry-source">In this scenario:</p>
      {options.map((name) => (
        <OptionRow key={name} name={name} />
      ))}
      {timers.map((timer) => (
        <TimerRow key={timer.name} {...timer} />
      ))}
    </div>
  );
}
