import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { Scene } from "../../shared/diagram/scene.ts";
import type { Theme } from "../../shared/diagram/theme.ts";
import type { Flow, View } from "../../shared/flow/flow.ts";
import type { Result } from "../../shared/flow/result.ts";
import type { Explanation, Run } from "../../shared/run/run.ts";
import type { LibraryEntry, OpenFlow, RecentFile } from "./state.ts";

/** What the store needs from outside: main's calls, and the way from a run to a picture. Tests give their own. */
export interface Ports {
  readonly library: () => Promise<
    Result<{ readonly flows: readonly LibraryEntry[]; readonly recent: readonly RecentFile[] }>
  >;
  readonly openBundled: (id: string) => Promise<Result<OpenFlow>>;
  readonly openPath: (path: string) => Promise<Result<OpenFlow>>;
  readonly openText: (name: string, text: string) => Promise<Result<OpenFlow>>;
  /** `undefined` when the person cancelled. */
  readonly openDialog: () => Promise<Result<OpenFlow | undefined>>;
  readonly saveAs: (handle: string) => Promise<Result<{ readonly name: string } | undefined>>;
  readonly close: (handle: string) => Promise<void>;
  readonly run: (handle: string, variant: string) => Promise<Result<Run>>;
  readonly explain: (handle: string, variant: string, turn: number) => Promise<Result<Explanation>>;
  readonly draw: (
    flow: Flow,
    run: Run,
    view: View,
    theme: Theme,
  ) => { readonly diagram: Diagram; readonly scene: Scene };
  /** Keeps a setting for the next start; failures are main's to log. */
  readonly remember: (patch: Readonly<Record<string, unknown>>) => void;
}
