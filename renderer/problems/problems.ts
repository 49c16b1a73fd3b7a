import type { Flow } from "../../shared/flow/flow.ts";
import type { Diagnostic, Severity } from "../../shared/flow/result.ts";
import type { HopName } from "../../shared/run/choice.ts";
import type { Checked, Judgement } from "../../shared/run/verdict.ts";

/** Everything that is wrong with a flow, in one list. Pure. */

export interface Problem {
  readonly key: string;
  readonly severity: Severity;
  /** The code of a diagnostic, the id of a requirement. */
  readonly code: string;
  readonly message: string;
  /** Where to go. */
  readonly place: Place;
  /** What a repair may be found for. */
  readonly diagnostic?: Diagnostic;
}

/** Where a problem is: at steps, in a variant, or in a panel that shows what the problem is about. */
export interface Place {
  readonly hops?: readonly HopName[];
  readonly variant?: string;
  readonly panel?: "prose" | "rules" | "scenario";
  /** In words, for the list. */
  readonly text: string;
}

const order: readonly Severity[] = ["error", "warning", "info"];

/**
 * The problems of a flow, errors first: diagnostics of the document and of every variant's run, and requirements that the
 * variant shown breaks. While nothing is judged yet, those of the document alone.
 */
export function problemsOf(
  flow: Flow,
  diagnostics: readonly Diagnostic[],
  checked: Checked | undefined,
): readonly Problem[] {
  const found = (checked?.diagnostics ?? diagnostics).map((diagnostic, i): Problem => {
    const { severity, code, message, at } = diagnostic;
    return { key: `${i} ${code} ${at}`, severity, code, message, place: placeOf(flow, at), diagnostic };
  });
  const broken = [...(checked?.run ?? []), ...(checked?.rows ?? []), ...(checked?.text ?? [])]
    .filter(({ verdict }) => verdict === "fail")
    .flatMap(breaches);
  return [...found, ...broken].toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

function breaches({ id, level, sentence, findings, at }: Judgement): readonly Problem[] {
  const severity = /^(SHALL|MUST)/.test(level) ? "error" : level === "house style" ? "info" : "warning";
  const all = findings.length > 0 ? findings : [{ at, message: sentence }];
  return all.map((finding, i) => ({
    key: `${id} ${i}`,
    severity,
    code: id,
    message: finding.message,
    place: { hops: finding.at, text: sentence },
  }));
}

function placeOf(flow: Flow, at: string): Place {
  const [list = "", index = "", field = ""] = at.split("/").slice(1);
  const i = Number(index);
  if (list === "variants") {
    const variant = flow.variants[i];
    return variant === undefined ? { text: at } : { variant: variant.id, text: `Variant: ${variant.title}` };
  }
  if (list === "prose" || list === "notes") {
    const hop = flow[list]?.[i]?.at;
    const text = `${list === "prose" ? "Paragraph" : "Note"} ${i + 1}`;
    return { panel: "prose", ...(hop !== undefined && { hops: [hop] }), text };
  }
  if (["introduction", "definitions", "title"].includes(list)) return { panel: "prose", text: capital(list) };
  if (list === "scenario" && index === "rules") return { panel: "rules", text: "Rules" };
  if (list === "scenario") return { panel: "scenario", text: `Scenario: ${[index, field].filter(Boolean).join(" ")}` };
  return { text: at === "" ? "The document" : at };
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** How many of them ask for something to be done. */
export function countProblems(problems: readonly Problem[]): number {
  return problems.filter(({ severity }) => severity !== "info").length;
}
