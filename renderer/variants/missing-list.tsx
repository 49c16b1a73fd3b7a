import { GitBranchPlus } from "lucide-react";
import type { MissingBranch, MissingBranches } from "../../shared/run/missing-branch.ts";
import type { NewVariant } from "../store/keep-variant.ts";
import { type Answers, useAnswer } from "../store/use-answer.ts";
import { useActions, useApp, useAppStore } from "../store/use-app.ts";
import { Retry } from "../ui/retry.tsx";
import { useRoving } from "../ui/roving.ts";
import { playFromParting } from "./play-variant.ts";

/** The longest title that a variant may have. */
const LONGEST = 500;

/** How long the flow has to stay as it is before main is asked: it computes a run for each branch. */
const SETTLE_MS = 250;

const answers: Answers<MissingBranches> = new WeakMap();

/** The variant that takes a branch: its title says which, its description by which rule. */
export function missingVariant({ says, leads, rule, keep, script }: MissingBranch, main: string): NewVariant {
  const title = says.charAt(0).toUpperCase() + says.slice(1);
  const by = `By ${rule.id}, ${rule.title} (${rule.clause}).`;
  return {
    title: title.slice(0, LONGEST),
    description: leads === undefined ? by : `${leads.charAt(0).toUpperCase()}${leads.slice(1)}. ${by}`,
    branch: { from: main, keep },
    script: script.slice(keep),
  };
}

/** The conditions of whose sides no variant takes one; a press makes the variant and plays it. One Tab stop. */
export function MissingList() {
  const app = useAppStore();
  const { missing, keepVariant, report } = useActions();
  const main = useApp((state) => state.open?.flow.variants[0]?.id);
  const found = useAnswer({ answers, key: "missing", ask: missing, after: SETTLE_MS });
  const branches = found.kind === "ready" ? found.value.branches : [];
  const roving = useRoving(branches.map(({ side }) => side));
  if (found.kind === "failed") return <Retry {...found} />;
  if (found.kind === "loading") return <p className="list-nothing">Looking for what no variant shows…</p>;
  const take = async (branch: MissingBranch) => {
    if (main === undefined || found.stale) return;
    // The keys go on playing.
    document.querySelector<HTMLElement>(".canvas")?.focus({ preventScroll: true });
    const { run: before } = app.getState();
    const kept = await keepVariant(missingVariant(branch, main));
    if (kept.ok) playFromParting(app, before);
    else report(kept.failure);
  };
  const { cut } = found.value;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: moves the focus among the buttons inside.
    <div className="list-group missing-list" data-stale={found.stale || undefined} onKeyDown={roving.onKeyDown}>
      <p className="list-about missing-about">
        {branches.length === 0
          ? "The rules provide for nothing that no variant shows."
          : "What the rules provide for and no variant shows. Choose one to add it."}
        {cut !== undefined && ` ${cut}`}
      </p>
      <ul aria-label="Missing branches">
        {branches.map((branch) => (
          <li key={branch.side} className="entry">
            <button
              type="button"
              className="entry-button"
              aria-disabled={found.stale}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => void take(branch)}
              {...roving.item(branch.side)}
            >
              <GitBranchPlus size={16} className="missing-icon" aria-hidden="true" />
              <span className="entry-text missing-says">{branch.says}</span>
              {branch.leads !== undefined && <span className="entry-text missing-leads">{branch.leads}</span>}
              {branch.condition !== undefined && (
                <span className="entry-text missing-condition">“{branch.condition}”</span>
              )}
              <span className="entry-source" title={branch.rule.guards.join("\n")}>
                {branch.rule.title} ({branch.rule.id}): {branch.rule.clause}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
