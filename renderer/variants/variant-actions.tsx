import { ArrowDown, ArrowUp, Combine, Copy, Crown, Trash2 } from "lucide-react";
import { useEffect, useId, useState } from "react";
import type { Flow, Variant } from "../../shared/flow/flow.ts";
import {
  descendantsOf,
  describeVariant,
  duplicateVariant,
  makeMain,
  moveVariant,
  pruneVariant,
} from "../../shared/flow/variant-edits.ts";
import { freeId } from "../store/keep-variant.ts";
import { useActions } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import "../ui/fields.css";

interface WordsProps {
  readonly label: string;
  readonly value: string;
  readonly most: number;
  readonly onChange: (value: string) => void;
  readonly long?: boolean;
}

/** A text that is taken over by Enter or by leaving its field; Escape puts it back. */
function Words({ label, value, most, onChange, long = false }: WordsProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const take = () => {
    if (text !== value) onChange(text);
    if (text.trim() === "") setText(value);
  };
  const id = useId();
  const Field = long ? "textarea" : "input";
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <Field
        id={id}
        className="field-input"
        value={text}
        maxLength={most}
        {...(long && { rows: 2 })}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !long) take();
          if (event.key === "Escape") setText(value);
        }}
      />
    </div>
  );
}

/** What may be done with the variant shown; all of it can be undone. */
export function VariantActions({ flow, variant }: { readonly flow: Flow; readonly variant: Variant }) {
  const { edit, selectVariant, report, showDialog } = useActions();
  const { id, title } = variant;
  const isMain = flow.variants[0]?.id === id;
  const below = descendantsOf(flow, id).length;
  const make = async (label: string, made: ReturnType<typeof makeMain>) => {
    if (!made.ok) return report(made.failure);
    await edit(label, made.value);
  };
  const up = moveVariant(flow, id, -1);
  const down = moveVariant(flow, id, 1);
  const pruned = pruneVariant(flow, id);
  const duplicate = async () => {
    const newId = freeId(flow, `Copy of ${title}`);
    await make(`Duplicate “${title}”`, duplicateVariant(flow, id, newId));
    await selectVariant(newId);
  };
  const prune = async () => {
    // What it left stays in sight.
    await selectVariant(variant.branch?.from ?? flow.variants[0]?.id ?? "");
    await make(`Remove “${title}”`, pruned);
  };
  const others =
    below === 0 ? "" : ` and ${below === 1 ? "the one" : `the ${below}`} that leave${below === 1 ? "s" : ""} it`;
  return (
    <section className="variant-actions" aria-label="The variant shown">
      <Words
        label="Name"
        value={title}
        most={500}
        onChange={(text) => {
          if (text.trim() !== "") void make("Rename variant", describeVariant(flow, id, { title: text }));
        }}
      />
      <Words
        label="Description"
        value={variant.description ?? ""}
        most={10_000}
        long
        onChange={(text) => void make("Describe variant", describeVariant(flow, id, { description: text }))}
      />
      <div className="variant-buttons">
        <Button icon label="Duplicate" onClick={() => void duplicate()}>
          <Copy size={15} />
        </Button>
        <Button icon label="Move up" disabled={!up.ok} onClick={() => void make("Move variant up", up)}>
          <ArrowUp size={15} />
        </Button>
        <Button icon label="Move down" disabled={!down.ok} onClick={() => void make("Move variant down", down)}>
          <ArrowDown size={15} />
        </Button>
        <Button
          icon
          label="Make main"
          disabled={isMain}
          onClick={() => void make(`Make “${title}” main`, makeMain(flow, id))}
        >
          <Crown size={15} />
        </Button>
        <Button
          icon
          label="Combine variants…"
          disabled={flow.variants.length < 2}
          onClick={() => showDialog("combine")}
        >
          <Combine size={15} />
        </Button>
        <Button icon label={`Remove it${others}`} disabled={!pruned.ok} onClick={() => void prune()}>
          <Trash2 size={15} />
        </Button>
      </div>
    </section>
  );
}
