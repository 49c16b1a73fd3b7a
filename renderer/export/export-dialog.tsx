import { type FormEvent, useEffect, useMemo, useState } from "react";
import type { ExportFormat } from "../../shared/export-formats.ts";
import { call } from "../bridge/bridge.ts";
import type { Exporting } from "../store/export-actions.ts";
import { useActions, useApp, useAppStore } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { DialogFrame } from "../ui/dialog-frame.tsx";
import { choicesOf, choose, type Draft, draftFrom, formatGroups, include, scopeOf, show, toExport } from "./draft.ts";
import { Preview } from "./preview.tsx";
import { Scope } from "./scope.tsx";
import { SettingsForm } from "./settings-form.tsx";
import "./export.css";

/** One format: ticked to be written, shown when its name is chosen. */
function FormatRow(props: {
  readonly format: ExportFormat;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}) {
  const { format, draft, onChange } = props;
  const { id, title, extension } = format;
  return (
    <li className="export-format" data-shown={draft.shown === id || undefined}>
      <input
        type="checkbox"
        aria-label={`Write ${title}`}
        checked={draft.formats.includes(id)}
        onChange={(event) => onChange(include(draft, id, event.target.checked))}
      />
      <button
        type="button"
        className="export-format-name"
        aria-pressed={draft.shown === id}
        onClick={() => onChange(show(draft, id))}
      >
        <span>{title}</span>
        <span className="export-extension">.{extension}</span>
      </button>
    </li>
  );
}

function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}

/** How far the export is, or what came of it. */
function Outcome({ exporting }: { readonly exporting: Exporting | undefined }) {
  const { stopExport, report } = useActions();
  if (exporting === undefined) return null;
  if (exporting.kind === "failed") {
    return (
      <p className="field-wrong" role="alert">
        {exporting.message}
      </p>
    );
  }
  if (exporting.kind === "going") {
    const { progress, stopping } = exporting;
    return (
      <div className="export-going">
        <progress aria-label="Export" max={1} {...(progress === undefined ? undefined : { value: progress.done })} />
        <span className="field-says">{stopping ? "Cancelling…" : (progress?.name ?? "Where to?")}</span>
        <Button look="outlined" disabled={stopping === true} onClick={() => void stopExport()}>
          Stop
        </Button>
      </div>
    );
  }
  const { paths, remarks } = exporting;
  const name = paths.length === 1 ? `“${paths[0]?.split(/[\\/]/).at(-1)}”` : plural(paths.length, "file");
  const reveal = async () => {
    const shown = await call("export.reveal", {});
    if (!shown.ok) report(shown.failure);
  };
  return (
    <div className="export-done" role="status">
      <span>
        {name} {paths.length === 1 ? "is" : "are"} written.
      </span>
      <Button look="outlined" onClick={() => void reveal()}>
        Show in Folder
      </Button>
      {remarks.length > 0 && (
        <ul className="export-remarks" aria-label="Not quite as drawn">
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Asks what documents are to be made, shows what they will be, and makes them. */
export function ExportDialog() {
  const { showDialog, exportAll, forgetExport } = useActions();
  const store = useAppStore();
  const exporting = useApp((state) => state.exporting);
  const [draft, setDraft] = useState(() => draftFrom(store.getState().exports));
  useEffect(() => forgetExport, [forgetExport]);
  const { shown, choices } = draft;
  const chosen = useMemo(() => choicesOf({ choices }, shown), [choices, shown]);
  const several = draft.formats.length > 1 || ["variants", "flows"].includes(scopeOf(draft));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void exportAll(toExport(draft));
  };
  return (
    <DialogFrame title="Export" size="full">
      <form className="export" onSubmit={submit}>
        <nav className="export-formats" aria-label="Formats">
          {formatGroups.map(({ title, formats }) => (
            <section key={title} aria-label={title}>
              <h3>{title}</h3>
              <ul>
                {formats.map((format) => (
                  <FormatRow key={format.id} format={format} draft={draft} onChange={setDraft} />
                ))}
              </ul>
            </section>
          ))}
        </nav>
        <div className="export-middle">
          <SettingsForm
            format={shown}
            choices={chosen}
            onChange={(changed) => setDraft((before) => choose(before, shown, changed))}
          />
          <Preview format={shown} choices={chosen} />
        </div>
        <footer className="export-foot">
          <Scope draft={draft} onChange={setDraft} />
          <Outcome exporting={exporting} />
          <div className="export-actions">
            <Button look="outlined" onClick={() => showDialog(undefined)}>
              Close
            </Button>
            <Button look="primary" type="submit" disabled={exporting?.kind === "going"}>
              {several ? "Export into Folder…" : "Export…"}
            </Button>
          </div>
        </footer>
      </form>
    </DialogFrame>
  );
}
