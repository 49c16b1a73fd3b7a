import type { Guard, Reaction, RuleInfo } from "../../shared/run/run.ts";

function Guards({ guards }: { readonly guards: readonly Guard[] }) {
  if (guards.length === 0) return null;
  return (
    <dl className="why-guards">
      {guards.map(({ text, value }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: guards have no other identity and never move.
        <div key={at}>
          <dt>{text}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A rule that fired: its id, title and clause, the sentence with names filled in, and its guards with their values. */
export function RuleView({ reaction, info }: { readonly reaction: Reaction; readonly info: RuleInfo | undefined }) {
  const { rule, says, guards, milestones } = reaction;
  const sentence = says || info?.says || "";
  return (
    <div className="why-rule">
      <p className="why-rule-title">
        <code className="why-rule-id">{rule}</code>
        {info !== undefined && <span>{info.title}</span>}
      </p>
      {sentence !== "" && <p className="why-says">{sentence}</p>}
      {info !== undefined && info.clause !== "" && <p className="why-muted">Source: {info.clause}</p>}
      <Guards guards={guards} />
      {milestones.map(({ id, text }) => (
        <p key={id + text} className="why-milestone">
          {text}
        </p>
      ))}
    </div>
  );
}
