import { layout } from "../../shared/diagram/layout.ts";
import { project } from "../../shared/diagram/project.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { HandoutData } from "../../shared/handout.ts";
import type { Compared, ComparedSide, OpenFlow } from "../../shared/ipc/shapes.ts";
import type { Ports } from "../store/ports.ts";

const HANDLE = "handout";

/** The handout's flow as the app would have opened it. */
export function openHandout({ flow }: HandoutData): OpenFlow {
  return { handle: HANDLE, flow, name: flow.title, revision: 0, diagnostics: [], unsaved: false, history: {} };
}

/** The store's way out, where there is no app: everything comes out of the handout, and nothing can be changed. */
export function handoutPorts(data: HandoutData): Ports {
  const { flow, runs } = data;
  const rules = new Map(data.rules.map((rule) => [rule.id, rule]));
  const not = async (): Promise<Result<never>> => fail("A handout only plays; open the flow in Callflow for this.");
  const run = async (_handle: string, variant: string) => {
    const found = runs[variant];
    return found === undefined ? fail(`There is no variant “${variant}” in this handout.`) : ok(found);
  };
  const side = (compared: Compared): Result<ComparedSide> => {
    const variant = "variant" in compared ? compared.variant : undefined;
    const found = variant === undefined ? undefined : runs[variant];
    if (variant === undefined || found === undefined) return fail("A handout compares its own variants only.");
    return ok({ compared, name: flow.title, flow, variant, run: found });
  };
  return {
    library: not,
    create: not,
    openBundled: not,
    openPath: not,
    openText: not,
    openFile: not,
    openDialog: not,
    recoverable: not,
    recover: not,
    discardRecoverable: not,
    save: not,
    saveAs: not,
    exportTo: not,
    stopExport: not,
    close: not,
    run,
    edit: not,
    elsewhere: not,
    reload: not,
    keep: not,
    rewrite: not,
    gesture: not,
    undo: not,
    redo: not,
    replica: not,
    explain: not,
    rules: async () => ok(data.rules),
    check: not,
    whatIf: not,
    variants: not,
    async compare({ a, b }) {
      const [first, second] = [side(a), side(b)];
      if (!first.ok) return first;
      return second.ok ? ok({ a: first.value, b: second.value }) : second;
    },
    missing: not,
    combine: not,
    takeApart: not,
    enter: not,
    reference: not,
    repairs: not,
    explore: not,
    stopExploring: not,
    draw(document, of, view, theme) {
      const diagram = project(document, of, view, rules);
      return { diagram, scene: layout(diagram, theme) };
    },
    painted: async () => {},
    remember: () => {},
  };
}
