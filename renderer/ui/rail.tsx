import type { LucideIcon } from "lucide-react";
import { type ComponentType, type KeyboardEvent, useState } from "react";
import { shownKeys } from "./shown-keys.ts";

interface RailProps<Id extends string> {
  readonly label: string;
  readonly buttons: readonly {
    readonly id: Id;
    readonly title: string;
    readonly keys: readonly string[];
    readonly icon: LucideIcon;
    readonly Badge?: ComponentType;
  }[];
  /** The button that stands pressed, if any. */
  readonly pressed: Id | undefined;
  readonly onPress: (id: Id) => void;
}

/** A column of buttons at a window's edge: one Tab stop, ↑ and ↓ move between them. */
export function Rail<Id extends string>({ label, buttons, pressed, onPress }: RailProps<Id>) {
  const [reached, setReached] = useState<Id>();
  const stop = reached ?? pressed ?? buttons[0]?.id;
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0) return;
    const all = [...event.currentTarget.querySelectorAll("button")];
    const at = all.indexOf(event.target as HTMLButtonElement);
    all[(at + by + all.length) % all.length]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="rail" role="toolbar" aria-label={label} aria-orientation="vertical" onKeyDown={move}>
      {buttons.map(({ id, title, keys, icon: Icon, Badge }) => (
        <button
          key={id}
          type="button"
          className="rail-button"
          aria-pressed={id === pressed}
          title={keys[0] === undefined ? title : `${title} (${shownKeys(keys[0]).join("+")})`}
          tabIndex={id === stop ? 0 : -1}
          // A click of the pointer does not take the focus: Space and the arrow keys go on playing.
          onMouseDown={(event) => event.preventDefault()}
          onFocus={() => setReached(id)}
          onClick={() => onPress(id)}
        >
          <Icon size={18} aria-hidden="true" />
          <span className="rail-text">{title}</span>
          {Badge !== undefined && <Badge />}
        </button>
      ))}
    </div>
  );
}
