import type { RuleInfo } from "../../shared/run/run.ts";
import { StepLinks } from "../player/step-links.tsx";
import type { Roving } from "../ui/roving.ts";
import type { Fired } from "./fired.ts";
import { Parameters } from "./parameters.tsx";

interface RuleEntryProps {
  readonly rule: RuleInfo;
  readonly fired: Fired | undefined;
  readonly on: boolean;
  readonly open: boolean;
  readonly onPress: () => void;
  readonly onSwitch: () => void;
  readonly roving: Roving;
}

/** One rule with its switch; opened, when it fires, where it did in this run, and what of the scenario it reads. */
export function RuleEntry({ rule, fired, on, open, onPress, onSwitch, roving }: RuleEntryProps) {
  const { id, title, says, clause } = rule;
  return (
    <li className="entry rule" data-off={!on || undefined} data-open={open || undefined}>
      <div className="rule-head" data-row="">
        <button
          type="button"
          className="entry-button rule-button"
          aria-expanded={open}
          onMouseDown={(event) => event.preventDefault()}
          onClick={onPress}
          {...roving.item(id)}
        >
          <span className="entry-title">
            <code className="entry-id">{id}</code>
            {fired !== undefined && (
              <span className="rule-fired">
                fired{fired.times > 1 && ` ${fired.times} times`}
                <span className="visually-hidden">,</span>
              </span>
            )}
            {!on && <span className="rule-off">switched off</span>}
          </span>
          <span className="rule-title">{title}</span>
          <span className="entry-source">{clause}</span>
        </button>
        <button
          type="button"
          role="switch"
          className="switch"
          aria-checked={on}
          aria-label={`Rule ${id}`}
          title={on ? "Switch this rule off in this scenario" : "Switch this rule on again"}
          onMouseDown={(event) => event.preventDefault()}
          onClick={onSwitch}
          {...roving.item(`${id} switch`)}
        />
      </div>
      {open && (
        <div className="entry-more rule-more">
          <p>{says}</p>
          <ul className="rule-when">
            <li>When {rule.on.join(", or ")}</li>
            {rule.when.map((condition) => (
              <li key={condition}>and {condition}</li>
            ))}
          </ul>
          {fired === undefined ? (
            <p className="entry-source">It does not fire in this run.</p>
          ) : (
            <StepLinks hops={fired.hops} roving={roving} prefix={`${id} step`} />
          )}
          <Parameters options={rule.options} timers={rule.timers} />
        </div>
      )}
    </li>
  );
}
