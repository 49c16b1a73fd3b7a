import { useId } from "react";

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string; readonly title?: string }[];
  readonly onChange: (value: T) => void;
}

/** One choice of a few, all in sight: radio buttons with one Tab stop, arrows choose. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className="segmented">
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the radio button inside hears the keys.
        <label
          key={option.value}
          className="segmented-option"
          title={option.title}
          // A click of the pointer does not take the focus: the arrow keys go on stepping. By Tab they choose here.
          onMouseDown={(event) => event.preventDefault()}
          onClick={(event) => {
            if (event.detail === 0) return;
            event.preventDefault();
            onChange(option.value);
          }}
        >
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.text}
        </label>
      ))}
    </fieldset>
  );
}
