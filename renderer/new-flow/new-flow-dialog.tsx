import { type FormEvent, useState } from "react";
import { type Template, templates } from "../../shared/flow/scenario/templates.ts";
import type { NewFlow } from "../../shared/ipc/shapes.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { DialogFrame } from "../ui/dialog-frame.tsx";
import "../ui/fields.css";
import "./new-flow.css";

/** What the person has filled in so far; what is absent is as the template has it. */
interface Draft {
  readonly template: Template | undefined;
  readonly bundled: string;
  readonly title?: string;
  readonly networks: Readonly<Record<number, string>>;
  readonly count?: string;
}

function TemplateChoice(props: {
  readonly value: string;
  readonly title: string;
  readonly says: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <label className="template">
      <input type="radio" name="template" value={props.value} checked={props.checked} onChange={props.onChoose} />
      <span>
        <span className="template-title">{props.title}</span>
        <span className="field-says">{props.says}</span>
      </span>
    </label>
  );
}

function Line(props: {
  readonly label: string;
  readonly value: string;
  readonly count?: { readonly min: number; readonly max: number };
  readonly onChange: (text: string) => void;
}) {
  const { label, value, count, onChange } = props;
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <input
        className="field-input"
        value={value}
        required
        {...(count === undefined
          ? { type: "text", maxLength: 500 }
          : { type: "number", step: 1, min: count.min, max: count.max })}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

/** The title, and what the template asks for. */
function Parameters({
  draft,
  title,
  change,
}: {
  readonly draft: Draft;
  readonly title: string;
  readonly change: (patch: Partial<Draft>) => void;
}) {
  const { template, networks, count } = draft;
  return (
    <div className="new-flow-parameters">
      <Line label="Title" value={title} onChange={(text) => change({ title: text })} />
      {template?.networks.map(({ label, value }, i) => (
        <Line
          key={label}
          label={label}
          value={networks[i] ?? value}
          onChange={(text) => change({ networks: { ...networks, [i]: text } })}
        />
      ))}
      {template?.count !== undefined && (
        <Line
          label={template.count.label}
          value={count ?? String(template.count.value)}
          count={template.count}
          onChange={(text) => change({ count: text })}
        />
      )}
    </div>
  );
}

function startingPoint({ template, bundled, networks, count }: Draft): NewFlow["from"] {
  if (template === undefined) return { bundled };
  return {
    template: template.id,
    networks: template.networks.map(({ value }, i) => (networks[i] ?? value).trim()),
    ...(count === undefined ? undefined : { count: Number(count) }),
  };
}

/** Asks what a new flow is to start from. */
export function NewFlowDialog() {
  const { create, showDialog } = useActions();
  const library = useApp((state) => state.library);
  const [draft, setDraft] = useState<Draft>({ template: templates[0], bundled: library[0]?.id ?? "", networks: {} });
  const change = (patch: Partial<Draft>) => setDraft({ ...draft, ...patch });
  const choose = (one: Template) => {
    const { count: _, ...kept } = draft;
    setDraft({ ...kept, template: one, networks: {} });
  };
  const { template, bundled } = draft;
  const original = library.find(({ id }) => id === bundled)?.title ?? "";
  const title = draft.title ?? (template === undefined ? `Copy of ${original}` : template.title);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    showDialog(undefined);
    void create({ title: title.trim(), from: startingPoint(draft) });
  };
  return (
    <DialogFrame title="New flow" size="wide">
      <form className="new-flow" onSubmit={submit}>
        <fieldset className="field-group new-flow-templates">
          <legend className="visually-hidden">Start from</legend>
          {templates.map((one) => (
            <TemplateChoice
              key={one.id}
              value={one.id}
              title={one.title}
              says={one.says}
              checked={template === one}
              // Numbers and networks belong to a template; the title a person wrote stays.
              onChoose={() => choose(one)}
            />
          ))}
          {library.length > 0 && (
            <>
              <TemplateChoice
                value="bundled"
                title="A flow of the library"
                says="A copy of it, to be changed and saved as your own."
                checked={template === undefined}
                onChoose={() => change({ template: undefined })}
              />
              {template === undefined && (
                <select
                  className="field-input"
                  aria-label="Flow of the library"
                  value={bundled}
                  onChange={(event) => change({ bundled: event.target.value })}
                >
                  {library.map((entry) => (
                    <option key={entry.id} value={entry.id}>
                      {entry.clause === undefined ? entry.title : `${entry.title} (${entry.clause})`}
                    </option>
                  ))}
                </select>
              )}
            </>
          )}
        </fieldset>
        <Parameters draft={draft} title={title} change={change} />
        <div className="new-flow-actions">
          <Button look="outlined" onClick={() => showDialog(undefined)}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={title.trim() === ""}>
            Create
          </Button>
        </div>
      </form>
    </DialogFrame>
  );
}
