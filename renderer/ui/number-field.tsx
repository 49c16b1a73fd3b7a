import { useTyped } from "./use-typed.ts";

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number | "any";
  readonly className?: string;
  readonly describedBy?: string | undefined;
  readonly onChange: (value: number) => void;
}

/** A number that is taken over when it is complete. What is out of range is put back. */
export function NumberField({ label, value, min, max, step, className, describedBy, onChange }: NumberFieldProps) {
  const typed = useTyped(String(value), (text) => {
    const number = text.trim() === "" ? Number.NaN : Number(text);
    if (number >= min && number <= max && number !== value && (step === "any" || Number.isInteger(number)))
      onChange(number);
  });
  return (
    <input
      type="number"
      className={className}
      aria-label={label}
      aria-describedby={describedBy}
      min={min}
      max={max}
      step={step}
      {...typed}
    />
  );
}
