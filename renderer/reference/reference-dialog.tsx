import { type FormEvent, useEffect, useState } from "react";
import type { Participant } from "../../shared/flow/flow.ts";
import type { Result } from "../../shared/flow/result.ts";
import type { Response } from "../../shared/ipc/contract.ts";
import { refer, referenceAt } from "../editor/mark-edits.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { DialogFrame } from "../ui/dialog-frame.tsx";
import "../ui/fields.css";
import "../variants/combine.css";
import "./reference.css";

type Target = Response<"flow.reference">;

const OF_A_FILE = "";

/** What a reference leads to, asked for anew where it is another. */
function useTarget(flow: string): Result<Target> | undefined {
  const { reference } = useActions();
  const [found, setFound] = useState<{ readonly flow: string; readonly target: Result<Target> }>();
  useEffect(() => {
    if (flow === "") return;
    let gone = false;
    // While a path is being typed most of it leads nowhere.
    const wait = setTimeout(async () => {
      const target = await reference(flow);
      if (!gone) setFound({ flow, target });
    }, 200);
    return () => {
      gone = true;
      clearTimeout(wait);
    };
  }, [flow, reference]);
  return found?.flow === flow ? found.target : undefined;
}

/** A participant of the same name, or else with the same role in the same place among them, is most likely the one. */
function likely(id: string, target: Target, here: readonly Participant[]): string {
  const name = target.participants.find((one) => one.id === id)?.name;
  return (here.find((one) => one.name === name) ?? here.find((one) => one.id === id))?.id ?? "";
}

function Who(props: {
  readonly target: Target;
  readonly here: readonly Participant[];
  readonly given: ReadonlyMap<string, string>;
  readonly onChange: (there: string, here: string) => void;
}) {
  const { target, here, given, onChange } = props;
  return (
    <fieldset className="field-group combine-variants">
      <legend className="field-label">Who its participants are here</legend>
      <div className="combine-list">
        {target.participants.map(({ id, name }) => (
          <label key={id} className="reference-who">
            <span>{name}</span>
            <select
              className="field-input"
              value={given.get(id) ?? likely(id, target, here)}
              onChange={(event) => onChange(id, event.target.value)}
            >
              <option value="">nobody of this flow</option>
              {here.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Asks for which flow a reference below the current step stands, and who its participants are. */
export function ReferenceDialog() {
  const { edit, showDialog } = useActions();
  const library = useApp((state) => state.library);
  const open = useApp((state) => state.open);
  const diagram = useApp((state) => state.diagram);
  const step = useApp((state) => state.step);
  const index = referenceAt(open?.flow, diagram, step);
  const mark = open?.flow.marks?.[index ?? -1];
  const known = mark?.kind === "fragment" ? mark.refers : undefined;
  const isBundled = library.some(({ id }) => id === known?.flow);
  const [bundled, setBundled] = useState(
    known === undefined ? (library[0]?.id ?? OF_A_FILE) : isBundled ? known.flow : OF_A_FILE,
  );
  const [file, setFile] = useState(known === undefined || isBundled ? "" : known.flow);
  const [variant, setVariant] = useState(known?.variant ?? "");
  const [given, setGiven] = useState<ReadonlyMap<string, string>>(
    new Map(known?.participants?.map((one) => [one.there, one.here])),
  );
  const flow = bundled === OF_A_FILE ? file.trim() : bundled;
  const target = useTarget(flow);
  const here = open?.flow.scenario.participants ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (open === undefined || diagram === undefined || target?.ok !== true) return;
    const participants = target.value.participants.flatMap(({ id: there }) => {
      const one = given.get(there) ?? likely(there, target.value, here);
      return one === "" ? [] : [{ there, here: one }];
    });
    const isThere = target.value.variants.some(({ id }) => id === variant);
    const refers = { flow, ...(isThere && { variant }), ...(participants.length > 0 && { participants }) };
    showDialog(undefined);
    void edit("Refer to a Flow", refer(open.flow, diagram, step, refers, target.value.title));
  };
  return (
    <DialogFrame title="Refer to a flow" size="wide">
      <form className="combine" onSubmit={submit}>
        <p className="field-says">
          {step < 0 ? "At the start" : `Below step ${step + 1}`} stands a frame in place of another flow, which can be
          gone into from there.
        </p>
        <label className="field">
          <span className="field-label">Flow</span>
          <select className="field-input" value={bundled} onChange={(event) => setBundled(event.target.value)}>
            {library.map(({ id, title, clause }) => (
              <option key={id} value={id}>
                {clause === undefined ? title : `${title} (${clause})`}
              </option>
            ))}
            <option value={OF_A_FILE}>A file in the folder of this flow</option>
          </select>
        </label>
        {bundled === OF_A_FILE && (
          <label className="field">
            <span className="field-label">File</span>
            <input
              className="field-input"
              value={file}
              maxLength={500}
              placeholder="parts/release.flow.json"
              onChange={(event) => setFile(event.target.value)}
            />
          </label>
        )}
        {target?.ok === false && (
          <p className="field-wrong" role="alert">
            {target.failure.message}
          </p>
        )}
        {target?.ok === true && (
          <>
            {target.value.variants.length > 1 && (
              <label className="field">
                <span className="field-label">Variant</span>
                <select className="field-input" value={variant} onChange={(event) => setVariant(event.target.value)}>
                  <option value="">The main one</option>
                  {target.value.variants.slice(1).map(({ id, title }) => (
                    <option key={id} value={id}>
                      {title}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <Who
              target={target.value}
              here={here}
              given={given}
              onChange={(there, one) => setGiven(new Map(given).set(there, one))}
            />
          </>
        )}
        <div className="combine-actions">
          <Button look="outlined" onClick={() => showDialog(undefined)}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={target?.ok !== true}>
            {known === undefined ? "Put It Below" : "Change"}
          </Button>
        </div>
      </form>
    </DialogFrame>
  );
}
