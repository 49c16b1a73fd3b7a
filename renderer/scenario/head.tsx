import type { Edit } from "../../shared/flow/edit.ts";
import type { Field } from "./fields.ts";
import { Form } from "./form.tsx";
import { ListSection } from "./list-section.tsx";
import { definitionList } from "./lists.ts";
import { useEdit, useFlow } from "./use-edit.ts";

const fields: readonly Field[] = [
  { key: "title", label: "Title", says: "Of the section.", input: { kind: "line", needed: true } },
  {
    key: "clause",
    label: "Clause",
    says: "Number of the section, as C.1.2.3.",
    input: { kind: "line", absent: "none" },
  },
  {
    key: "figure",
    label: "Figure caption",
    says: "What stands under the figure.",
    input: { kind: "line", absent: "the title" },
  },
  { key: "introduction", label: "Introduction", says: "The text before the figure.", input: { kind: "text" } },
  { key: "source", label: "Source", says: "Where the flow is published.", input: { kind: "line", absent: "none" } },
];

/** What is written at the head of the flow, and the terms it explains. */
export function Head() {
  const flow = useFlow();
  const edit = useEdit();
  return (
    <>
      <section className="scenario-section" aria-label="Flow">
        <Form
          flow={flow}
          fields={fields}
          thing={flow}
          at=""
          onChange={(next, label) => {
            const changed = fields.find(({ key }) => next[key] !== (flow as unknown as typeof next)[key]);
            if (changed === undefined) return;
            const value = next[changed.key] === "" ? undefined : next[changed.key];
            const set = { kind: "set", field: changed.key, ...(value === undefined ? undefined : { value }) };
            edit(`Change ${label}`, set as unknown as Edit);
          }}
        />
      </section>
      <ListSection of={definitionList} />
    </>
  );
}
