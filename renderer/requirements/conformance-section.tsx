import { CircleCheck, CircleDashed, CircleX, Shuffle } from "lucide-react";
import type { Checked, Conformance, ConformanceVerdict, JudgedStep } from "../../shared/run/verdict.ts";
import { StepLinks } from "../player/step-links.tsx";
import type { Roving } from "../ui/roving.ts";

const looks: Readonly<Record<ConformanceVerdict, { readonly icon: typeof CircleCheck; readonly says: string }>> = {
  explained: { icon: CircleCheck, says: "As the rules have it" },
  "legal alternative": { icon: Shuffle, says: "A legal alternative" },
  deviation: { icon: CircleX, says: "Departs from the rules" },
  "cannot judge": { icon: CircleDashed, says: "Cannot be judged" },
};
/** Broken entries are red whatever they are called. */
const verdicts = {
  explained: "pass",
  "legal alternative": "pass",
  deviation: "fail",
  "cannot judge": "cannot judge",
} as const;

/** What has to be read of a conformance: all but what is simply as the rules have it. */
const worthReading = ({ steps }: Conformance): readonly JudgedStep[] =>
  steps.filter(({ verdict }) => verdict !== "explained");

/** Keys of the section's entries, for moving among them by the arrow keys. */
export function conformanceEntries(conformance: Checked["conformance"]): readonly string[] {
  if (conformance === undefined || typeof conformance === "string") return [];
  return worthReading(conformance).map((_, at) => `conformance-${at}`);
}

/** Whether the rules would do what an author drew, step by step. */
export function ConformanceSection(props: { readonly conformance: Checked["conformance"]; readonly roving: Roving }) {
  const { conformance, roving } = props;
  if (conformance === undefined) return null;
  return (
    <section className="list-group" aria-label="What is drawn, by the rules">
      <h3 className="list-heading">What is drawn, by the rules</h3>
      {typeof conformance === "string" ? (
        <p className="list-note">{conformance}</p>
      ) : (
        <>
          <p className="list-note">
            {conformance.says}
            {conformance.assumes.length > 0 && ` Taken for given: ${conformance.assumes.join("; ")}.`}
          </p>
          <ul>
            {worthReading(conformance).map((step, at) => (
              <StepVerdict key={step.at} step={step} entry={`conformance-${at}`} roving={roving} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function StepVerdict(props: { readonly step: JudgedStep; readonly entry: string; readonly roving: Roving }) {
  const { at, verdict, rule, clause, says } = props.step;
  const { icon: Icon, says: called } = looks[verdict];
  return (
    <li className="entry" data-verdict={verdicts[verdict]}>
      <div className="entry-button entry-still" {...props.roving.item(props.entry)}>
        <Icon size={17} className="verdict-icon" aria-hidden="true" />
        <span className="entry-text">
          <strong>{called}.</strong> {says}
        </span>
        {rule !== undefined && (
          <span className="entry-source">
            {rule}
            {clause !== undefined && `, ${clause}`}
          </span>
        )}
      </div>
      <div className="entry-more">
        <StepLinks hops={[at]} roving={props.roving} prefix={props.entry} />
      </div>
    </li>
  );
}
