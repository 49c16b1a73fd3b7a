import { useState } from "react";
import { type ExportFormat, exportFormats, initialValue } from "../../shared/export-formats.ts";
import {
  type ExportSetting,
  type ExportSettingId,
  type ExportValue,
  exportSettings,
} from "../../shared/export-settings.ts";
import type { ExportChoices } from "../../shared/ipc/settings.ts";
import { call } from "../bridge/bridge.ts";
import { useCanvasStore } from "../canvas/canvas-store.ts";
import { useApp, useAppStore } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { useTyped } from "../ui/use-typed.ts";
import { onScreen } from "./on-screen.ts";
import "../ui/fields.css";

interface FieldProps<Kind extends ExportSetting["kind"] = ExportSetting["kind"]> {
  readonly id: ExportSettingId;
  readonly setting: Extract<ExportSetting, { kind: Kind }>;
  readonly value: ExportValue;
  readonly onChange: (value: ExportValue) => void;
}

const sentence = (says: string) => `${says[0]?.toUpperCase()}${says.slice(1)}.`;

function TextField({ setting, value, onChange }: FieldProps<"text">) {
  const typed = useTyped(String(value), onChange);
  return <input className="field-input" type="text" maxLength={1000} {...typed} aria-label={setting.title} />;
}

/** Asks for a file; `says` is why the last one that was chosen cannot be taken. */
export function useChosenFile(wanted: string, onChosen: (name: string) => void) {
  const [says, setSays] = useState("");
  const chooseFile = async () => {
    const chosen = await call("export.chooseFile", { setting: wanted });
    setSays(chosen.ok ? "" : chosen.failure.message);
    if (chosen.ok && chosen.value !== null) onChosen(chosen.value.name);
  };
  const problem = says !== "" && (
    <span className="field-wrong" role="alert">
      {says}
    </span>
  );
  return { chooseFile: () => void chooseFile(), problem };
}

/** A file that is read with the export; its name is all that the window learns of it. */
function FileField({ id, setting, value, onChange }: FieldProps<"file">) {
  const { chooseFile, problem } = useChosenFile(id, onChange);
  return (
    <span className="export-file">
      <Button look="outlined" onClick={chooseFile} aria-label={`Choose: ${setting.title}`}>
        {value === "" ? "Choose…" : String(value)}
      </Button>
      {value !== "" && (
        <Button onClick={() => onChange("")} aria-label={`Without: ${setting.title}`}>
          Remove
        </Button>
      )}
      {problem}
    </span>
  );
}

/** Another variant of the flow that is shown, or a flow in a file. */
function FlowField({ id, setting, value, onChange }: FieldProps<"flow">) {
  const all = useApp((state) => state.open?.flow.variants);
  const shown = useApp((state) => state.variant);
  const { chooseFile, problem } = useChosenFile(id, onChange);
  const variants = all?.filter((variant) => variant.id !== shown) ?? [];
  return (
    <span className="export-file">
      <select
        className="field-input"
        aria-label={setting.title}
        value={String(value)}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">Nothing: no revisions</option>
        {value !== "" && !variants.some((variant) => variant.id === value) && (
          <option value={String(value)}>{value}</option>
        )}
        {variants.map((variant) => (
          <option key={variant.id} value={variant.id}>
            {variant.title}
          </option>
        ))}
      </select>
      <Button look="outlined" onClick={chooseFile} aria-label={`Choose a file: ${setting.title}`}>
        File…
      </Button>
      {problem}
    </span>
  );
}

function Control(props: FieldProps) {
  const { setting, value, onChange } = props;
  switch (setting.kind) {
    case "choice":
      return (
        <select
          className="field-input"
          aria-label={setting.title}
          value={String(value)}
          onChange={(event) => onChange(event.target.value)}
        >
          {setting.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.title}
            </option>
          ))}
        </select>
      );
    case "number":
      return (
        <NumberField
          className="field-input"
          label={setting.title}
          value={Number(value)}
          min={setting.min}
          max={setting.max}
          step="any"
          onChange={onChange}
        />
      );
    case "text":
      return <TextField {...props} setting={setting} />;
    case "flow":
      return <FlowField {...props} setting={setting} />;
    case "file":
      return <FileField {...props} setting={setting} />;
    case "switch":
      return null;
  }
}

function Field(props: FieldProps) {
  const { setting, value, onChange } = props;
  if (setting.kind === "switch") {
    return (
      <label className="field-switch">
        <input type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} />
        <span className="field">
          <span className="field-label">{setting.title}</span>
          <span className="field-says">{sentence(setting.says)}</span>
        </span>
      </label>
    );
  }
  return (
    <div className="field">
      <span className="field-label">{setting.title}</span>
      <Control {...props} />
      <span className="field-says">{sentence(setting.says)}</span>
    </div>
  );
}

/** Chooses for a figure what the window shows of the flow at the moment. */
function OnScreen({ choices, onChange }: { readonly choices: ExportChoices; readonly onChange: Changed }) {
  const store = useAppStore();
  const canvas = useCanvasStore();
  return (
    <Button look="outlined" onClick={() => onChange({ ...choices, ...onScreen(store.getState(), canvas.getState()) })}>
      As on the Screen
    </Button>
  );
}

type Changed = (choices: ExportChoices) => void;

/** A field for each setting of a format. */
export function SettingsForm(props: {
  readonly format: string;
  readonly choices: ExportChoices;
  readonly onChange: Changed;
}) {
  const { format: id, choices, onChange } = props;
  const format: ExportFormat | undefined = exportFormats.find((one) => one.id === id);
  if (format === undefined) return null;
  const ids: readonly ExportSettingId[] = format.settings;
  return (
    <fieldset className="field-group export-settings">
      <legend>{format.title}</legend>
      {ids.length === 0 && <p className="field-says">There is nothing to choose for this format.</p>}
      {ids.includes("step") && <OnScreen choices={choices} onChange={onChange} />}
      {ids.map((setting) => (
        <Field
          key={`${id} ${setting}`}
          id={setting}
          setting={exportSettings[setting]}
          value={choices[setting] ?? initialValue(format, setting)}
          onChange={(value) => onChange({ ...choices, [setting]: value })}
        />
      ))}
    </fieldset>
  );
}
