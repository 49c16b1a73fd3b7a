import type { Flow } from "../../shared/flow/flow.ts";
import type { Thing } from "../scenario/fields.ts";
import { Form } from "../scenario/form.tsx";
import { useEdit, useFlow } from "../scenario/use-edit.ts";
import { useApp } from "../store/use-app.ts";
import { changeRequestFields } from "./fields.ts";
import "../scenario/scenario.css";

/** What a change request for the flow says besides the flow: kept in the document, written by the export. */
export function ChangeRequestPanel() {
  const flow = useFlow();
  const handle = useApp((state) => state.open?.handle);
  const edit = useEdit();
  if (handle === undefined) return <p className="slot-broken">Open a flow to write a change request for it.</p>;
  const change = (next: Thing, label: string) => {
    const value = Object.keys(next).length === 0 ? undefined : (next as NonNullable<Flow["changeRequest"]>);
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
            thing={flow.changeRequest ?? {}}
            at="/changeRequest"
            onChange={change}
          />
        </section>
      </div>
    </div>
  );
}
