import type { ToExport } from "../store/export-actions.ts";
import { useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { canHoldSeveral, type Draft, isOther, scopeOf, withOther } from "./draft.ts";
import { useChosenFile } from "./settings-form.tsx";

interface ScopeProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** Of what documents are made, and what of it comes into one. */
export function Scope({ draft, onChange }: ScopeProps) {
  const variants = useApp((state) => state.open?.flow.variants.length ?? 0);
  const flows = useApp((state) => state.tabs.length);
  const of = scopeOf(draft);
  return (
    <>
      <label className="export-scope">
        <span className="field-label">Of</span>
        <select
          className="field-input"
          aria-label="Of what documents are made"
          value={of}
          onChange={(event) => onChange({ ...draft, of: event.target.value as ToExport["of"] })}
        >
          <option value="variant">what is shown</option>
          {variants > 1 && <option value="variants">all {variants} variants, a file each</option>}
          {flows > 1 && <option value="flows">all {flows} open flows, a file each</option>}
          {canHoldSeveral(draft) && <option value="together">several flows, in one document</option>}
        </select>
      </label>
      {of === "together" && <Together draft={draft} onChange={onChange} />}
    </>
  );
}

/** The flows that come after the one shown: open ones, and others from files. */
function Together({ draft, onChange }: ScopeProps) {
  const shown = useApp((state) => state.open?.handle);
  const name = useApp((state) => state.open?.name ?? "");
  const tabs = useApp((state) => state.tabs);
  const { chooseFile, problem } = useChosenFile("others", (file) => onChange(withOther(draft, { file }, true)));
  const files = draft.others.flatMap((other) => ("file" in other ? [other.file] : []));
  const row = (key: string, title: string, other: Draft["others"][number]) => (
    <label key={key}>
      <input
        type="checkbox"
        checked={isOther(draft, other)}
        onChange={(event) => onChange(withOther(draft, other, event.target.checked))}
      />
      {title}
    </label>
  );
  return (
    <fieldset className="export-together">
      <legend>In one document, after “{name}”</legend>
      {tabs.filter(({ handle }) => handle !== shown).map((tab) => row(tab.handle, tab.name, { handle: tab.handle }))}
      {files.map((file) => row(`file ${file}`, file, { file }))}
      <Button look="outlined" onClick={chooseFile}>
        Add a File…
      </Button>
      {problem}
    </fieldset>
  );
}
