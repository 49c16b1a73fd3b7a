import { CircleCheck, CircleDashed, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import type { Judgement, Verdict } from "../../shared/run/verdict.ts";
import { StepLinks } from "../player/step-links.tsx";
import type { Roving } from "../ui/roving.ts";

const looks: Readonly<Record<Verdict, { readonly icon: typeof CircleCheck; readonly says: string }>> = {
  pass: { icon: CircleCheck, says: "Kept" },
  fail: { icon: CircleX, says: "Broken" },
  "cannot judge": { icon: CircleDashed, says: "Cannot be judged" },
};

interface JudgementViewProps {
  readonly judgement: Judgement;
  readonly entry: string;
  readonly open: boolean;
  readonly onPress: () => void;
  readonly roving: Roving;
  /** What can be done to it, shown when it is open. */
  readonly children?: ReactNode;
}

/** One requirement: its verdict, id, level and sentence, how it is broken; opened, its source and the steps it rests on. */
export function JudgementView({ judgement, entry, open, onPress, roving, children }: JudgementViewProps) {
  const { id, level, sentence, source, verdict, message, findings, at } = judgement;
  const { icon: Icon, says } = looks[verdict];
  return (
    <li className="entry" data-verdict={verdict} data-open={open || undefined}>
      <button
        type="button"
        className="entry-button"
        aria-expanded={open}
        onMouseDown={(event) => event.preventDefault()}
        onClick={onPress}
        {...roving.item(entry)}
      >
        <Icon size={17} className="verdict-icon" aria-hidden="true" />
        <span className="entry-title">
          <span className="visually-hidden">{says}: </span>
          <code className="entry-id">{id}</code>
          <span className="level" data-level={level}>
            {level}
          </span>
        </span>
        <span className="entry-text">{sentence}</span>
        {verdict === "fail" && !open && (
          <span className="entry-remark">
            {findings[0]?.message ?? message}
            {findings.length > 1 && ` And ${findings.length - 1} more.`}
          </span>
        )}
      </button>
      {open && (
        <div className="entry-more">
          {verdict === "fail" ? (
            findings.map((finding, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: findings have no other identity and never move.
              <div key={index} className="finding">
                <p>{finding.message}</p>
                <StepLinks hops={finding.at} roving={roving} prefix={`${entry} ${index}`} />
              </div>
            ))
          ) : (
            <>
              {verdict === "cannot judge" && <p>{message}</p>}
              <StepLinks hops={at} roving={roving} prefix={entry} />
            </>
          )}
          <p className="entry-source">Source: {source}</p>
          {children}
        </div>
      )}
    </li>
  );
}
