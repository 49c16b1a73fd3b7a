import type { Flow } from "../../shared/flow/flow.ts";
import type { Field } from "../scenario/fields.ts";

const reasons = [
  { value: "points", text: "In five points" },
  { value: "requirements", text: "By requirements, as a table" },
];
const shown = [
  { value: "flow", text: "The flow: figure and steps" },
  { value: "definitions", text: "The definitions" },
  { value: "nothing", text: "Nothing" },
];

const paragraphs = (key: string, label: string, says: string): Field => ({ key, label, says, input: { kind: "text" } });

/** The form of a change request, in the order of its sections. */
export const changeRequestFields: readonly Field[] = [
  {
    key: "reason",
    label: "1 Reason for change",
    says: "How the reason is given. The table has the flow’s own requirements.",
    input: { kind: "one", picks: () => reasons, absent: "In five points (default)" },
  },
  paragraphs("justification", "a) Justification", "Why the change is needed."),
  {
    key: "clauses",
    label: "b) Clauses affected",
    says: "The flow’s clause where nothing is said.",
    input: { kind: "line", absent: "the clause of the flow" },
  },
  paragraphs("summary", "c) Summary of change", "What is changed."),
  paragraphs("consequence", "d) Consequence if not approved", "What happens without the change."),
  paragraphs("revision", "e) Reason for revision", "What differs from an earlier version of the change request."),
  paragraphs("compatibility", "2 Impact on backward compatibility", "“None” where nothing is said."),
  paragraphs("otherSpecifications", "3 Impact on other specifications", "“None” where nothing is said."),
  paragraphs(
    "recommendation",
    "5 Recommendation",
    "What the group is asked to do. The wording of section 4, on intellectual property rights, is chosen in the export.",
  ),
  {
    key: "changes",
    label: "6 Detailed change proposal",
    says: "The items “Change 1:”, “Change 2:”. Without any, the definitions and the flow are the changes.",
    input: {
      kind: "list",
      one: "change",
      make: ({ clause, title }: Flow) => ({ title: `Add the new clause ${clause ?? `“${title}”`}`.slice(0, 300) }),
      fields: [
        { key: "title", label: "Title", says: "What is to be done.", input: { kind: "line", needed: true } },
        paragraphs("text", "Text", "What stands under the title."),
        {
          key: "shows",
          label: "Then follows",
          says: "What of the flow stands under it.",
          input: { kind: "one", picks: () => shown, absent: "The flow: figure and steps (default)" },
        },
      ],
    },
  },
];
