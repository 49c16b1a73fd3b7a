import type { ComponentProps, ReactNode } from "react";

interface ButtonProps extends ComponentProps<"button"> {
  /** What the button does, for the screen reader and the tooltip; needed where there is only an icon. */
  readonly label?: string;
  /** Its shortcut as a person reads it, shown in the tooltip. */
  readonly keys?: string;
  readonly look?: "plain" | "outlined" | "primary";
  /** Only an icon is shown. */
  readonly icon?: boolean;
  readonly children: ReactNode;
}

/** A push button; `label` and `keys` become its tooltip. */
export function Button({ label, keys, look = "plain", icon = false, className, children, ...rest }: ButtonProps) {
  const tooltip = label === undefined ? undefined : keys === undefined ? label : `${label} (${keys})`;
  const classes = ["button", `button-${look}`, icon ? "button-icon" : "", className ?? ""].filter(Boolean).join(" ");
  return (
    <button
      type="button"
      className={classes}
      title={tooltip}
      aria-label={icon ? label : undefined}
      // A click does not take the focus: Space and the arrow keys go on playing.
      onMouseDown={(event) => event.preventDefault()}
      {...rest}
    >
      {children}
    </button>
  );
}
