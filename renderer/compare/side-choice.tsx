import type { Compared, ComparedSide } from "../../shared/ipc/shapes.ts";
import { useApp } from "../store/use-app.ts";
import { hasSaved } from "./begin.ts";

interface Props {
  /** "First" or "Second". */
  readonly label: string;
  readonly asked: Compared;
  readonly side: ComparedSide | undefined;
  readonly other: ComparedSide | undefined;
  /** There is nothing to compare with but variants of this flow. */
  readonly ownOnly: boolean;
  readonly onChoose: (compared: Compared) => void;
}

/** What stands on one side of a comparison: a variant, what was saved, another flow, a file; and which variant of it. */
export function SideChoice({ label, asked, side, other, ownOnly, onChoose }: Props) {
  const open = useApp((state) => state.open);
  const variant = useApp((state) => state.variant);
  const tabs = useApp((state) => state.tabs);
  const saved = useApp(hasSaved);
  if (open === undefined) return null;
  const { handle } = open;
  const own = open.flow.variants;
  const others = tabs.filter((tab) => tab.handle !== handle);
  // Of what was saved, the variant with which it is compared.
  const has = other !== undefined && open.flow.variants.some(({ id }) => id === other.variant);
  const kept: Compared = { from: "saved", handle, variant: has ? other.variant : variant };
  const choose = (key: string) => {
    if (key === "dialog") onChoose({ from: "dialog" });
    else if (key === "saved") onChoose(kept);
    else if (key.startsWith("tab ")) onChoose({ from: "open", handle: key.slice(4) });
    else if (key.startsWith("own ")) onChoose({ from: "open", handle, variant: key.slice(4) });
  };
  const of = side?.flow.variants ?? [];
  const chosen = keyOf(asked, handle);
  const isOwn = chosen.startsWith("own ");
  return (
    <fieldset className="compare-choice">
      <legend className="visually-hidden">{label}</legend>
      <select
        className="field-input"
        aria-label={`${label}: what`}
        value={chosen}
        onChange={(event) => choose(event.target.value)}
      >
        <optgroup label="Variants of this flow">
          {own.map(({ id, title }) => (
            <option key={id} value={`own ${id}`}>
              {title}
            </option>
          ))}
        </optgroup>
        {!ownOnly && (
          <optgroup label="Something else">
            {saved && (
              <option value="saved">{open.path === undefined ? "As it was bundled" : "As it was saved"}</option>
            )}
            {others.map((tab) => (
              <option key={tab.handle} value={`tab ${tab.handle}`}>
                {tab.name}
              </option>
            ))}
            {chosen === "file" && <option value="file">{side?.name ?? "A file"}</option>}
            <option value="dialog">Another file…</option>
          </optgroup>
        )}
      </select>
      {!isOwn && side !== undefined && of.length > 1 && asked.from !== "dialog" && (
        <select
          className="field-input"
          aria-label={`${label}: variant`}
          value={side.variant}
          onChange={(event) => onChoose({ ...asked, variant: event.target.value })}
        >
          {of.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      )}
    </fieldset>
  );
}

function keyOf(compared: Compared, handle: string): string {
  if (compared.from !== "open") return compared.from;
  return compared.handle === handle ? `own ${compared.variant}` : `tab ${compared.handle}`;
}
