import { X } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTyped } from "../ui/use-typed.ts";
import type { Pick } from "./fields.ts";
import { useProblemsAt } from "./problems.ts";
import "../ui/fields.css";

/** How a control is tied to the words around it. */
export interface Described {
  readonly id: string;
  readonly describedBy: string;
  readonly invalid: boolean;
}

interface LabelledProps {
  readonly label: string;
  readonly says: string;
  /** Where in the document it stands, as a JSON pointer: what is wrong there is said here. */
  readonly at: string;
  /** Say only what is wrong at the place itself: what is below says it there. */
  readonly shallow?: boolean;
  readonly children: (described: Described) => ReactNode;
}

/** A control under its label, with what it is for and what is wrong with it. */
export function Labelled({ label, says, at, shallow = false, children }: LabelledProps) {
  const id = useId();
  const problems = useProblemsAt(at).filter((one) => !shallow || one.at === at);
  const invalid = problems.some(({ severity }) => severity === "error");
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, describedBy: `${id}-says`, invalid })}
      <div id={`${id}-says`}>
        {problems.map(({ message, severity }) => (
          <p key={message} className="field-wrong" data-severity={severity}>
            {message}
          </p>
        ))}
        <p className="field-says">{says}</p>
      </div>
    </div>
  );
}

interface TextProps {
  readonly described: Described;
  readonly value: string;
  readonly absent?: string | undefined;
  readonly long?: boolean;
  readonly words?: readonly string[];
  readonly onChange: (text: string) => void;
}

/** A line, or a text, that is taken over when it is complete. */
export function TextField({ described, value, absent, long = false, words, onChange }: TextProps) {
  const { id, describedBy, invalid } = described;
  const typed = useTyped(value, (text) => {
    const next = long ? text : text.trim();
    if (next !== value) onChange(next);
  });
  const common = {
    id,
    className: "field-input",
    "aria-describedby": describedBy,
    "aria-invalid": invalid,
    placeholder: absent,
    ...typed,
  };
  if (long) return <textarea maxLength={20_000} {...common} />;
  return (
    <>
      <input type="text" maxLength={500} list={words === undefined ? undefined : `${id}-words`} {...common} />
      {words !== undefined && (
        <datalist id={`${id}-words`}>
          {words.map((word) => (
            <option key={word} value={word} />
          ))}
        </datalist>
      )}
    </>
  );
}

interface PickOneProps {
  readonly described: Described;
  readonly value: string | undefined;
  readonly picks: readonly Pick[];
  readonly absent?: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** One of those that there are. A value that is none of them stays until another is chosen. */
export function PickOne({ described, value, picks, absent, onChange }: PickOneProps) {
  const unknown = value !== undefined && !picks.some((pick) => pick.value === value);
  return (
    <select
      id={described.id}
      className="field-input"
      aria-describedby={described.describedBy}
      aria-invalid={described.invalid}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
    >
      {absent !== undefined && <option value="">{absent}</option>}
      {unknown && <option value={value}>{value} (not there)</option>}
      {picks.map((pick) => (
        <option key={pick.value} value={pick.value}>
          {pick.text}
        </option>
      ))}
    </select>
  );
}

interface PickSeveralProps {
  readonly described: Described;
  readonly label: string;
  readonly values: readonly string[];
  readonly picks: readonly Pick[];
  readonly absent: string;
  readonly onChange: (values: readonly string[]) => void;
}

/** Several of those that there are, each to be taken out again. */
export function PickSeveral({ described, label, values, picks, absent, onChange }: PickSeveralProps) {
  const texts = new Map(picks.map(({ value, text }) => [value, text]));
  return (
    <div className="several">
      {values.length > 0 && (
        <ul className="several-chosen" aria-label={label}>
          {values.map((value) => (
            <li key={value} className="several-one">
              <span>{texts.get(value) ?? value}</span>
              <button
                type="button"
                aria-label={`Take out ${texts.get(value) ?? value}`}
                onClick={() => onChange(values.filter((other) => other !== value))}
              >
                <X size={12} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <select
        id={described.id}
        className="field-input"
        aria-describedby={described.describedBy}
        aria-invalid={described.invalid}
        value=""
        onChange={(event) => event.target.value !== "" && onChange([...values, event.target.value])}
      >
        <option value="">
          {values.length === 0 ? `${absent.charAt(0).toUpperCase()}${absent.slice(1)}; choose…` : "Add…"}
        </option>
        {picks
          .filter(({ value }) => !values.includes(value))
          .map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
      </select>
    </div>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly says: string;
  readonly at: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

/** Something that is so or not. */
export function SwitchField({ label, says, at, value, onChange }: SwitchProps) {
  const id = useId();
  const problems = useProblemsAt(at);
  return (
    <div className="field">
      <div className="field-switch">
        <input
          id={id}
          type="checkbox"
          checked={value}
          aria-describedby={`${id}-says`}
          onChange={(event) => onChange(event.target.checked)}
        />
        <div>
          <label className="field-label" htmlFor={id}>
            {label}
          </label>
          <p id={`${id}-says`} className="field-says">
            {says}
          </p>
          {problems.map(({ message }) => (
            <p key={message} className="field-wrong">
              {message}
            </p>
          ))}
        </div>
      </div>
    </div>
  );
}
