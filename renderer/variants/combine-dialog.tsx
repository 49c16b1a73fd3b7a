import { type FormEvent, useMemo, useState } from "react";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { DialogFrame } from "../ui/dialog-frame.tsx";
import { treeOf } from "./tree.ts";
import "../ui/fields.css";
import "./combine.css";

type Numbering = "continued" | "restarted";

const numberings: readonly { readonly id: Numbering; readonly title: string; readonly says: string }[] = [
  { id: "continued", title: "Numbers go on", says: "The second part of a fragment counts on from the first." },
  { id: "restarted", title: "Every part counts anew", says: "Each part counts on from the step above the fragment." },
];

/** Asks which variants are to become one flow, and how its steps are numbered. */
export function CombineDialog() {
  const { combine, showDialog } = useActions();
  const variants = useApp((state) => state.open?.flow.variants);
  const tree = useMemo(() => treeOf(variants ?? []), [variants]);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [numbering, setNumbering] = useState<Numbering>("continued");
  // In the order of the document: its main variant is the first way.
  const chosen = (variants ?? []).flatMap(({ id }) => (left.has(id) ? [] : [id]));
  const toggle = (id: string) => {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    setLeft(next);
  };
  const all = left.size === 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    showDialog(undefined);
    void combine({ variants: chosen, numbering });
  };
  return (
    <DialogFrame title="Combine variants" size="wide">
      <form className="combine" onSubmit={submit}>
        <p className="field-says">
          What the variants share is drawn once. Where they part stands a fragment with the ways to go on. The new flow
          is drawn as it is shown now; nothing in it is computed any more.
        </p>
        {tree.length < 2 ? (
          <p>This flow has one variant only. Branch somewhere first.</p>
        ) : (
          <fieldset className="field-group combine-variants">
            <legend className="field-label">Variants</legend>
            <label className="field-switch">
              <input
                type="checkbox"
                checked={all}
                onChange={() => setLeft(new Set(all ? (variants ?? []).map(({ id }) => id) : []))}
              />
              <span>All {tree.length.toLocaleString("en")}</span>
            </label>
            <div className="combine-list">
              {tree.map(({ variant: { id, title }, depth }) => (
                <label key={id} className="field-switch" style={{ paddingLeft: Math.min(depth, 8) * 16 }}>
                  <input type="checkbox" checked={!left.has(id)} onChange={() => toggle(id)} />
                  <span className="combine-title">{title}</span>
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <fieldset className="field-group">
          <legend className="field-label">Numbers of the steps</legend>
          {numberings.map(({ id, title, says }) => (
            <label key={id} className="field-switch combine-numbering">
              <input
                type="radio"
                name="numbering"
                value={id}
                checked={numbering === id}
                onChange={() => setNumbering(id)}
              />
              <span>
                {title}
                <span className="field-says combine-says">{says}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="combine-actions">
          {chosen.length < 2 && <span className="field-says">Choose two or more.</span>}
          <Button look="outlined" onClick={() => showDialog(undefined)}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={chosen.length < 2}>
            Combine
          </Button>
        </div>
      </form>
    </DialogFrame>
  );
}
