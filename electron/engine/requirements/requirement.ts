import { startOfSentence } from "../../../shared/flow/names.ts";
import type { HopName } from "../../../shared/run/choice.ts";
import type { Finding, Judgement, RequirementInfo } from "../../../shared/run/verdict.ts";
import type { Trace, TraceMessage } from "./trace.ts";

/** One property that every run can be judged by. */
export interface Requirement extends RequirementInfo {
  /** Says of every place it applies to whether it is kept there. Says nothing where the situation does not arise. */
  readonly judge: (trace: Trace, say: Say) => void;
}

/** How a requirement tells what it found. */
export interface Say {
  /** It applies to these messages and they keep it. */
  kept(...messages: readonly (TraceMessage | HopName)[]): void;
  /** It is broken at these messages; `message` is a sentence that says how. */
  broken(at: readonly (TraceMessage | HopName)[], message: string): void;
  /** It may apply, but the run does not show enough. */
  unknown(at: readonly (TraceMessage | HopName)[], message: string): void;
}

/** So many places are named of one requirement; a run of a thousand members would drown the reader otherwise. */
const SHOWN = 100;

const DOES_NOT_ARISE = "The situation does not arise in this run.";

/** Judges one requirement on a run. */
export function judge({ judge, ...about }: Requirement, trace: Trace): Judgement {
  return judgement(about, (say) => judge(trace, say));
}

/** The verdict on what `tell` says. The worst that is found decides; where nothing is found it cannot be judged. */
export function judgement({ id, level, source, sentence }: RequirementInfo, tell: (say: Say) => void): Judgement {
  const findings: Finding[] = [];
  const kept: HopName[] = [];
  const unsure: Finding[] = [];
  let isKept = false;
  tell({
    kept: (...messages) => {
      isKept = true;
      for (const m of messages) if (kept.length < SHOWN) kept.push(nameOf(m));
    },
    broken: (at, message) => void findings.push({ at: at.map(nameOf), message: startOfSentence(message) }),
    unknown: (at, message) => void unsure.push({ at: at.map(nameOf), message: startOfSentence(message) }),
  });
  const about = { id, level, source, sentence };
  if (findings.length > 0) {
    const shown = findings.slice(0, SHOWN);
    const more = findings.length > shown.length ? ` There are ${findings.length - shown.length} more such places.` : "";
    const message = shown.map((f) => f.message).join(" ") + more;
    return { ...about, verdict: "fail", at: unique(shown), message, findings: shown };
  }
  if (isKept) return { ...about, verdict: "pass", at: [...new Set(kept)], message: sentence, findings: [] };
  const shown = unsure.slice(0, SHOWN);
  const message = shown.length === 0 ? DOES_NOT_ARISE : [...new Set(shown.map((f) => f.message))].join(" ");
  return { ...about, verdict: "cannot judge", at: unique(shown), message, findings: [] };
}

const nameOf = (m: TraceMessage | HopName): HopName => (typeof m === "string" ? m : m.hop.name);
const unique = (findings: readonly Finding[]): HopName[] => [...new Set(findings.flatMap((f) => f.at))];
