import { useEffect, useMemo, useState } from "react";
import { exportFormats, isFilm } from "../../shared/export-formats.ts";
import type { Response } from "../../shared/ipc/contract.ts";
import type { ExportChoices } from "../../shared/ipc/settings.ts";
import { call } from "../bridge/bridge.ts";
import { useApp } from "../store/use-app.ts";

type Seen = Response<"export.preview"> | { readonly kind: "failed"; readonly message: string };

/** How long the choices have to rest before what they make is shown, in milliseconds. */
const REST = 150;

/** What the export would write: the text itself, or the figure that goes into it. */
export function Preview({ format, choices }: { readonly format: string; readonly choices: ExportChoices }) {
  const handle = useApp((state) => state.open?.handle);
  const variant = useApp((state) => state.variant);
  const view = useApp((state) => state.view);
  const [seen, setSeen] = useState<Seen>();
  useEffect(() => {
    if (handle === undefined) return;
    let gone = false;
    const timer = setTimeout(async () => {
      const made = await call("export.preview", { handle, variant, view, format, settings: choices });
      if (!gone) setSeen(made.ok ? made.value : { kind: "failed", message: made.failure.message });
    }, REST);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [handle, variant, view, format, choices]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls it
    <section className="export-preview" aria-label="Preview" tabIndex={0}>
      {seen === undefined && <p className="field-says">Making the preview…</p>}
      {seen?.kind === "failed" && (
        <p className="field-wrong" role="status">
          {seen.message}
        </p>
      )}
      {seen?.kind === "picture" && (
        <Picture svg={seen.svg} film={exportFormats.some((one) => one.id === format && isFilm(one))} />
      )}
      {seen?.kind === "text" && <pre className="export-text">{`${seen.text}${seen.more ? "\n…" : ""}`}</pre>}
    </section>
  );
}

/** The figure as an image: nothing in it can act. */
function Picture({ svg, film }: { readonly svg: string; readonly film: boolean }) {
  const url = useMemo(() => URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })), [svg]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return (
    <img
      className="export-picture"
      src={url}
      alt={film ? "A moment of the film" : "The figure as it will be written"}
    />
  );
}
