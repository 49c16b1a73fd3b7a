import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { withTexts } from "../../shared/flow/change-request-texts.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { asTyped, withReferences } from "../../shared/flow/step-references.ts";
import type { Thing } from "../scenario/fields.ts";
import { Form } from "../scenario/form.tsx";
import { useEdit, useFlow } from "../scenario/use-edit.ts";
import { useApp } from "../store/use-app.ts";
import { changeRequestFields } from "./fields.ts";
import "../scenario/scenario.css";

type Request = NonNullable<Flow["changeRequest"]>;

/** What a change request for the flow says besides the flow: kept in the document, written by the export. */
export function ChangeRequestPanel() {
  const flow = useFlow();
  const handle = useApp((state) => state.open?.handle);
  const diagram = useApp((state) => state.diagram);
  const edit = useEdit();
  if (handle === undefined) return <p className="slot-broken">Open a flow to write a change request for it.</p>;
  const before = flow.changeRequest ?? {};
  const referable = stepsOf(diagram);
  // References are seen and typed as numbers; what is left as it was stays as the document has it.
  const held = new Map<string, string>();
  const shown = withTexts(before, (text) => {
    const seen = asTyped(text, referable);
    held.set(seen, text);
    return seen;
  });
  const all = [...held.values()].join("\n");
  const change = (next: Thing, label: string) => {
    const typed = withTexts(next as Request, (text) => held.get(text) ?? withReferences(text, referable, all));
    const value = Object.keys(next).length === 0 ? undefined : typed;
    edit(`Change ${label.replace(/^(?:\d|[a-e]\)) /, "")}`, {
      kind: "set",
      field: "changeRequest",
      ...(value !== undefined && { value }),
    });
  };
  return (
    <div className="scenario">
      <div className="scenario-body">
        <section className="scenario-section" aria-label="Change request">
          <Form
            key={handle}
            flow={flow}
            fields={changeRequestFields}
            thing={shown}
            at="/changeRequest"
            onChange={change}
          />
        </section>
      </div>
    </div>
  );
}
