import { Plus, X } from "lucide-react";
import type { Flow } from "../../shared/flow/flow.ts";
import { Button } from "../ui/button.tsx";
import { Labelled, PickOne, PickSeveral, SwitchField, TextField } from "./controls.tsx";
import { type Field, type Thing, withField } from "./fields.ts";

interface FormProps {
  readonly flow: Flow;
  readonly fields: readonly Field[];
  readonly thing: Thing;
  /** Where the thing stands in the document, as a JSON pointer. */
  readonly at: string;
  /** `label` says which field was changed. */
  readonly onChange: (thing: Thing, label: string) => void;
}

/** The form of a thing: every field with what it is for. A change is given on as soon as it is complete. */
export function Form({ fields, ...rest }: FormProps) {
  return (
    <div className="form">
      {fields.map((field) => (
        <FormField key={field.key} field={field} {...rest} />
      ))}
    </div>
  );
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

function FormField({
  flow,
  field,
  thing,
  at: holder,
  onChange,
}: Omit<FormProps, "fields"> & { readonly field: Field }) {
  const { key, label, says, input } = field;
  const value = thing[key];
  const at = `${holder}/${key}`;
  const change = (next: unknown) => {
    const changed = withField(thing, field, next);
    if (changed !== thing) onChange(changed, label);
  };
  if (input.kind === "switch")
    return (
      <SwitchField
        label={label}
        says={says}
        at={at}
        value={typeof value === "boolean" ? value : input.absent}
        onChange={change}
      />
    );
  if (input.kind === "list") return <ListField {...{ flow, field, thing, at, change }} />;
  return (
    <Labelled label={label} says={says} at={at}>
      {(described) => {
        switch (input.kind) {
          case "one":
            return (
              <PickOne
                described={described}
                value={text(value) || undefined}
                picks={input.picks(flow)}
                absent={input.absent}
                onChange={change}
              />
            );
          case "several":
            return (
              <PickSeveral
                described={described}
                label={label}
                values={Array.isArray(value) ? value : []}
                picks={input.picks(flow)}
                absent={input.absent}
                onChange={change}
              />
            );
          case "code":
            return (
              <TextField
                described={described}
                value={value === undefined ? "" : String(value)}
                absent="as the options say"
                onChange={(typed) => {
                  const code = typed === "" ? undefined : Number(typed);
                  if (code === undefined || (Number.isInteger(code) && code >= 400 && code <= 699)) change(code);
                }}
              />
            );
          case "word":
            return (
              <TextField
                described={described}
                value={text(value)}
                absent={input.absent}
                words={input.words(flow)}
                onChange={(typed) => (typed !== "" || input.absent !== undefined) && change(typed)}
              />
            );
          case "line":
            return (
              <TextField
                described={described}
                value={text(value)}
                absent={input.absent}
                onChange={(typed) => (typed !== "" || input.needed !== true) && change(typed)}
              />
            );
          default:
            return <TextField described={described} value={text(value)} long onChange={change} />;
        }
      }}
    </Labelled>
  );
}

interface ListFieldProps {
  readonly flow: Flow;
  readonly field: Field;
  readonly thing: Thing;
  readonly at: string;
  readonly change: (value: unknown) => void;
}

/** A list within a thing, such as the users that are invited: each with a form of its own. */
function ListField({ flow, field: { key, label, says, input }, thing, at, change }: ListFieldProps) {
  if (input.kind !== "list") return null;
  const things = Array.isArray(thing[key]) ? (thing[key] as readonly Thing[]) : [];
  const add = () => {
    const made = input.make(flow);
    if (made !== undefined) change([...things, made]);
  };
  return (
    <fieldset className="field-group">
      <legend className="field-label">{label}</legend>
      <p className="field-says">{says}</p>
      {things.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else by which they are known.
        <div key={i} className="form-inner">
          <Form
            flow={flow}
            fields={input.fields}
            thing={one}
            at={`${at}/${i}`}
            onChange={(next) => change(things.with(i, next))}
          />
          {!(input.needed === true && things.length === 1) && (
            <Button icon label={`Remove ${input.one} ${i + 1}`} onClick={() => change(things.toSpliced(i, 1))}>
              <X size={14} aria-hidden="true" />
            </Button>
          )}
        </div>
      ))}
      <Button look="outlined" className="form-add" onClick={add} disabled={input.make(flow) === undefined}>
        <Plus size={14} aria-hidden="true" />
        Add {/^[aeiou](?!ser)/.test(input.one) ? "an" : "a"} {input.one}
      </Button>
    </fieldset>
  );
}
