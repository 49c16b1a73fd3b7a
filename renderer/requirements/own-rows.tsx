import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { editBetween } from "../../shared/flow/edit-between.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { readRequirementRows, withRequirementRows } from "../../shared/flow/requirement-rows.ts";
import type { HopName } from "../../shared/run/choice.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";

/** The flow with one of its rows changed, or without it. */
function withRow(
  flow: Flow,
  id: string,
  change: (row: NonNullable<Flow["requirements"]>[number]) => typeof row | undefined,
): Flow {
  return {
    ...flow,
    requirements: (flow.requirements ?? []).flatMap((row) => (row.id === id ? (change(row) ?? []) : [row])),
  };
}

/** Links a row of the flow's own to the current step, or takes it away. */
export function RowActions({ id, hops }: { readonly id: string; readonly hops: readonly HopName[] }) {
  const flow = useApp((state) => state.open?.flow);
  const diagram = useApp((state) => state.diagram);
  const step = stepsOf(diagram)[useApp((state) => state.step)];
  const { edit } = useActions();
  const row = flow?.requirements?.find((one) => one.id === id);
  if (flow === undefined || row === undefined) return null;
  const change = (label: string, after: Flow) => void edit(label, editBetween(flow, after));
  const linked = new Set(row.steps ?? hops);
  const isLinked = step?.hops.some((hop) => linked.has(hop)) ?? false;
  const first = step?.hops[0];
  return (
    <p className="row-actions">
      {step !== undefined && first !== undefined && (
        <Button
          look="outlined"
          onClick={() =>
            change(
              isLinked ? `Unlink ${id}` : `Link ${id}`,
              withRow(flow, id, (one) => {
                const others = (one.steps ?? []).filter((hop) => !step.hops.includes(hop));
                return { ...one, steps: isLinked ? others : [...others, first] };
              }),
            )
          }
        >
          {isLinked ? `Unlink from step ${step.number}` : `Link to step ${step.number}`}
        </Button>
      )}
      <Button
        onClick={() =>
          change(
            `Remove ${id}`,
            withRow(flow, id, () => undefined),
          )
        }
      >
        Remove
      </Button>
    </p>
  );
}

/** Adds rows of a table to the flow's own requirements: one a line, `id | text | release`. */
export function AddRows() {
  const flow = useApp((state) => state.open?.flow);
  const { edit } = useActions();
  const [text, setText] = useState<string>();
  const field = useId();
  if (flow === undefined) return null;
  if (text === undefined)
    return (
      <Button className="add-rows" onClick={() => setText("")}>
        <Plus size={15} aria-hidden="true" />
        Add requirements…
      </Button>
    );
  const { rows, diagnostics } = readRequirementRows(text);
  const add = () => {
    const count = rows.length === 1 ? "Requirement" : `${rows.length} Requirements`;
    void edit(`Add ${count}`, editBetween(flow, withRequirementRows(flow, rows)));
    setText(undefined);
  };
  return (
    <section className="add-rows-form" aria-label="Add requirements">
      <label htmlFor={field}>One a line: id | text | release. A table can be pasted as it is.</label>
      <textarea
        id={field}
        rows={5}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: it was just asked for.
        autoFocus
        placeholder="CPM-GRP-001 | The CPM Conversation Server SHALL … | CPM V2.0"
        onChange={(event) => setText(event.target.value)}
      />
      {diagnostics.length > 0 && (
        <ul className="add-rows-remarks" role="status">
          {diagnostics.slice(0, 5).map(({ message }) => (
            <li key={message}>{message}</li>
          ))}
          {diagnostics.length > 5 && <li>And {diagnostics.length - 5} more.</li>}
        </ul>
      )}
      <p className="row-actions">
        <Button look="primary" disabled={rows.length === 0} onClick={add}>
          {rows.length === 0 ? "Add" : `Add ${rows.length}`}
        </Button>
        <Button onClick={() => setText(undefined)}>Cancel</Button>
      </p>
    </section>
  );
}
