import type { Flow } from "../../../shared/flow/flow.ts";
import { startOfSentence } from "../../../shared/flow/names.ts";
import type { Run } from "../../../shared/run/run.ts";
import type { Finding, Judgement } from "../../../shared/run/verdict.ts";
import { allRequirements, checkRun } from "./check.ts";
import { runsOfWays } from "./ways.ts";

const TOO_MANY = "There are too many ways through the fragments of this variant to judge each of them.";

/**
 * Judges the run of the variant `id` of `flow` by every requirement, each way through its fragments by itself: broken is
 * what any way breaks, and the finding names the ways that do.
 */
export function checkVariant(flow: Flow, id: string, run: Run): readonly Judgement[] {
  const ways = runsOfWays(flow, id, run);
  if (ways === "too many")
    return allRequirements.map(({ id, level, source, sentence }) => {
      return { id, level, source, sentence, verdict: "cannot judge", at: [], message: TOO_MANY, findings: [] };
    });
  const untold = flow.variants.find((variant) => variant.id === id)?.untold ?? [];
  if (ways.length === 0) return asTold(checkRun(flow, run), untold);
  const judged = ways.map(({ name, variant, run: way }) => ({
    name,
    judgements: asTold(checkRun(flow, way), [...untold, ...(variant?.untold ?? [])]),
  }));
  return (judged[0]?.judgements ?? []).map((_, i) =>
    merged(
      judged.flatMap(({ name, judgements }) => {
        const judgement = judgements[i];
        return judgement === undefined ? [] : [{ name, judgement }];
      }),
    ),
  );
}

/**
 * Which requirements each way of the variant `id` seems to break, by the variant that goes there. Ways of which the figure
 * does not say whose they are have none.
 */
export function brokenOnWays(flow: Flow, id: string, run: Run): ReadonlyMap<string, readonly string[]> {
  const ways = runsOfWays(flow, id, run);
  if (ways === "too many") return new Map();
  const found = new Map<string, readonly string[]>();
  for (const { variant, run: way } of ways)
    if (variant !== undefined) found.set(variant.id, brokenBy(checkRun(flow, way)));
  return found;
}

/** The requirements that are broken. */
export const brokenBy = (judgements: readonly Judgement[]): readonly string[] =>
  judgements.flatMap(({ id, verdict }) => (verdict === "fail" ? [id] : []));

const UNTOLD = "The figure leaves out something on which this rests.";

/** The judgements with nothing broken of which the steps do not tell enough. */
function asTold(judgements: readonly Judgement[], untold: readonly string[]): readonly Judgement[] {
  if (untold.length === 0) return judgements;
  return judgements.map((one) =>
    one.verdict === "fail" && untold.includes(one.id)
      ? { ...one, verdict: "cannot judge", message: UNTOLD, findings: [] }
      : one,
  );
}

interface OnWay {
  readonly name: string;
  readonly judgement: Judgement;
}

/** One judgement of those of all ways: the worst decides. */
function merged(ways: readonly OnWay[]): Judgement {
  const worst = (["fail", "pass", "cannot judge"] as const).find((one) =>
    ways.some(({ judgement }) => judgement.verdict === one),
  );
  const deciding = ways.filter(({ judgement }) => judgement.verdict === worst);
  const first = deciding[0]?.judgement as Judgement;
  const at = [...new Set(deciding.flatMap(({ judgement }) => judgement.at))];
  if (worst === "pass") return { ...first, at };
  if (worst === "cannot judge") {
    const messages = new Set(deciding.map(({ judgement }) => judgement.message));
    return { ...first, at, message: [...messages].join(" ") };
  }
  const findings = findingsOf(deciding, ways.length);
  return { ...first, at, findings, message: findings.map(({ message }) => message).join(" ") };
}

/** What the ways break, each place once, with the names of the ways that break it unless all of them do. */
function findingsOf(failing: readonly OnWay[], all: number): readonly Finding[] {
  const found = new Map<string, { readonly finding: Finding; readonly on: string[] }>();
  for (const { name, judgement } of failing)
    for (const finding of judgement.findings) {
      const key = JSON.stringify(finding);
      const known = found.get(key);
      if (known === undefined) found.set(key, { finding, on: [name] });
      else if (!known.on.includes(name)) known.on.push(name);
    }
  return [...found.values()].map(({ finding, on }) =>
    on.length === all ? finding : { ...finding, message: `${together(on)}: ${finding.message}` },
  );
}

/** So many ways are named; of more, how many there are. */
const NAMED = 3;

function together(names: readonly string[]): string {
  const shown = names
    .slice(0, names.length > NAMED ? NAMED - 1 : NAMED)
    .map((name, i) => (i === 0 ? name : name.charAt(0).toLowerCase() + name.slice(1)));
  const more = names.length - shown.length;
  const parts = more > 0 ? [...shown, `${more} other ways`] : shown;
  return startOfSentence(parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`);
}
