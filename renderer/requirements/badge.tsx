import { countBreaches } from "./judged.ts";
import { useChecked } from "./use-checked.ts";

/** How many requirements that must be kept the run breaks; nothing where it breaks none. */
export function BreachesBadge() {
  const checked = useChecked();
  const count = checked.kind === "ready" ? countBreaches(checked.value) : 0;
  if (count === 0) return null;
  return (
    <span className="rail-badge">
      {count > 99 ? "99+" : count}
      <span className="visually-hidden"> broken</span>
    </span>
  );
}
