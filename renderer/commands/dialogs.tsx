import { lazy, Suspense, useEffect, useState } from "react";
import type { About } from "../../shared/ipc/shapes.ts";
import { call } from "../bridge/bridge.ts";
import { ExportDialog } from "../export/export-dialog.tsx";
import { NewFlowDialog } from "../new-flow/new-flow-dialog.tsx";
import { ReferenceDialog } from "../reference/reference-dialog.tsx";
import { useApp } from "../store/use-app.ts";
import { DialogFrame } from "../ui/dialog-frame.tsx";
import { CombineDialog } from "../variants/combine-dialog.tsx";
import { Palette } from "./palette.tsx";
import { Shortcuts } from "./shortcuts.tsx";
import "./dialogs.css";

const OutcomeMapDialog = lazy(async () => ({
  default: (await import("../outcome-map/outcome-map-dialog.tsx")).OutcomeMapDialog,
}));

function AboutCallflow() {
  const [about, setAbout] = useState<About>();
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let gone = false;
    void call("app.about", {}).then((result) => {
      if (gone) return;
      if (result.ok) setAbout(result.value);
      else setProblem(result.failure.message);
    });
    return () => {
      gone = true;
    };
  }, []);
  const facts =
    about === undefined
      ? []
      : [
          ["Version", about.version],
          ["Runtime", about.runtime],
          ["Chromium", about.chrome],
          ["Node", about.node],
        ];
  return (
    <DialogFrame title="About Callflow">
      <p>Editor and player for the call flows of standards. Every step is computed by rules, each with its clause.</p>
      {problem !== "" && <p role="alert">{problem}</p>}
      <dl className="about">
        {facts.map(([name, value]) => (
          <div key={name} className="about-fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </DialogFrame>
  );
}

/** The dialog that is open, if any. */
export function Dialogs() {
  const dialog = useApp((state) => state.dialog);
  if (dialog === "palette") return <Palette />;
  if (dialog === "shortcuts")
    return (
      <DialogFrame title="Keyboard shortcuts" size="wide">
        <Shortcuts />
      </DialogFrame>
    );
  if (dialog === "outcomeMap")
    return (
      <Suspense fallback={null}>
        <OutcomeMapDialog />
      </Suspense>
    );
  if (dialog === "combine") return <CombineDialog />;
  if (dialog === "reference") return <ReferenceDialog />;
  if (dialog === "newFlow") return <NewFlowDialog />;
  if (dialog === "export") return <ExportDialog />;
  return dialog === "about" ? <AboutCallflow /> : null;
}
