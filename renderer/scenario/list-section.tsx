import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Form } from "./form.tsx";
import type { List } from "./list.ts";
import { Things } from "./things.tsx";
import { insertThing, placeOf, removeThing, replaceThing, thingsOf, useEdit, useFlow } from "./use-edit.ts";

/** One list of the document: what it is for, what is in it, and a way to add to it. */
export function ListSection({
  of: { list, title, one, says, fields, make, lacks, name, detail },
}: {
  readonly of: List;
}) {
  const flow = useFlow();
  const edit = useEdit();
  const [open, setOpen] = useState<string>();
  const things = thingsOf(flow, list);
  const place = placeOf(list);
  const made = make(flow);
  const keyOf = (index: number) => `${list} ${String(things[index]?.id ?? index)}`;
  const add = () => {
    if (made === undefined) return;
    edit(`Add ${one}`, insertThing(list, things.length, made));
    setOpen(`${list} ${String(made.id ?? things.length)}`);
  };
  return (
    <section className="scenario-section" aria-label={title}>
      <h3 className="scenario-heading">{title}</h3>
      <p className="field-says">{says}</p>
      {things.length > 0 && (
        <Things
          label={title}
          rows={things.map((thing, i) => ({
            key: keyOf(i),
            name: name(thing, flow),
            detail: detail?.(thing, flow),
            at: `${place}/${i}`,
          }))}
          open={open}
          onOpen={setOpen}
          form={(i) => {
            const thing = things[i];
            if (thing === undefined) return null;
            return (
              <Form
                flow={flow}
                fields={fields}
                thing={thing}
                at={`${place}/${i}`}
                onChange={(next, label) => edit(`Change ${label} of ${name(thing, flow)}`, replaceThing(list, i, next))}
              />
            );
          }}
          onRemove={(i) => edit(`Remove ${one} ${name(things[i] ?? {}, flow)}`, removeThing(list, i, things.length))}
        />
      )}
      {made === undefined && lacks !== undefined && <p className="field-says">{lacks}</p>}
      <Button look="outlined" className="form-add" disabled={made === undefined} onClick={add}>
        <Plus size={14} aria-hidden="true" />
        Add {/^[aeio]/.test(one) ? "an" : "a"} {one}
      </Button>
    </section>
  );
}
