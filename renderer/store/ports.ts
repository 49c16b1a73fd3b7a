import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { Scene } from "../../shared/diagram/scene.ts";
import type { Theme } from "../../shared/diagram/theme.ts";
import type { Flow, View } from "../../shared/flow/flow.ts";
import type { Result } from "../../shared/flow/result.ts";
import type { Request, Response } from "../../shared/ipc/contract.ts";
import type { Settings } from "../../shared/ipc/settings.ts";
import type { NewFlow, OpenFlow } from "../../shared/ipc/shapes.ts";
import type { Explored } from "../../shared/run/exploration.ts";
import type { MissingBranches } from "../../shared/run/missing-branch.ts";
import type { Repair } from "../../shared/run/repair.ts";
import type { Explanation, RuleInfo, Run } from "../../shared/run/run.ts";
import type { VariantInfo } from "../../shared/run/variant-info.ts";
import type { Checked } from "../../shared/run/verdict.ts";
import type { WhatIf } from "../../shared/run/what-if.ts";

/** What the store needs from outside: main's calls, and the way from a run to a picture. Tests give their own. */
export interface Ports {
  readonly library: () => Promise<Result<Response<"library.list">>>;
  readonly create: (asked: NewFlow) => Promise<Result<OpenFlow>>;
  readonly combine: (asked: Request<"flow.combine">) => Promise<Result<Response<"flow.combine">>>;
  readonly enter: (handle: string, mark: number) => Promise<Result<OpenFlow>>;
  readonly reference: (handle: string, flow: string) => Promise<Result<Response<"flow.reference">>>;
  readonly openBundled: (id: string) => Promise<Result<OpenFlow>>;
  readonly openPath: (path: string) => Promise<Result<OpenFlow>>;
  readonly openText: (name: string, text: string) => Promise<Result<OpenFlow>>;
  readonly openFile: (file: File) => Promise<Result<OpenFlow>>;
  /** `null` when the person cancelled; so also below. */
  readonly openDialog: () => Promise<Result<OpenFlow | null>>;
  readonly recoverable: () => Promise<Result<Response<"recovery.list">>>;
  readonly recover: (id: string) => Promise<Result<OpenFlow>>;
  readonly discardRecoverable: (id: string) => Promise<Result<null>>;
  readonly save: (handle: string) => Promise<Result<Response<"flow.save">>>;
  readonly saveAs: (handle: string) => Promise<Result<Response<"flow.saveAs">>>;
  readonly exportTo: (request: Request<"export.write">) => Promise<Result<Response<"export.write">>>;
  readonly stopExport: () => Promise<Result<null>>;
  readonly close: (handle: string) => Promise<Result<Response<"flow.close">>>;
  readonly run: (handle: string, variant: string) => Promise<Result<Run>>;
  readonly edit: (request: Request<"flow.edit">) => Promise<Result<Response<"flow.edit">>>;
  readonly elsewhere: (handle: string, variant: string) => Promise<Result<Response<"flow.elsewhere">>>;
  readonly reload: (request: Request<"flow.reload">) => Promise<Result<Response<"flow.reload">>>;
  readonly keep: (handle: string) => Promise<Result<OpenFlow>>;
  readonly rewrite: (request: Request<"flow.rewrite">) => Promise<Result<Response<"flow.rewrite">>>;
  readonly gesture: (request: Request<"flow.gesture">) => Promise<Result<Response<"flow.gesture">>>;
  readonly takeApart: (request: Request<"flow.takeApart">) => Promise<Result<Response<"flow.takeApart">>>;
  readonly undo: (request: Request<"flow.undo">) => Promise<Result<Response<"flow.undo">>>;
  readonly redo: (request: Request<"flow.redo">) => Promise<Result<Response<"flow.redo">>>;
  readonly replica: (handle: string) => Promise<Result<OpenFlow>>;
  readonly explain: (handle: string, variant: string, turn: number) => Promise<Result<Explanation>>;
  readonly rules: () => Promise<Result<readonly RuleInfo[]>>;
  readonly check: (handle: string, variant: string) => Promise<Result<Checked>>;
  readonly whatIf: (handle: string, variant: string, turn: number) => Promise<Result<readonly WhatIf[]>>;
  readonly variants: (handle: string, ids: readonly string[]) => Promise<Result<readonly VariantInfo[]>>;
  readonly compare: (request: Request<"flow.compare">) => Promise<Result<Response<"flow.compare">>>;
  /** The branches that no variant of the flow takes. */
  readonly missing: (handle: string) => Promise<Result<MissingBranches>>;
  readonly repairs: (handle: string, variant: string) => Promise<Result<readonly Repair[]>>;
  readonly explore: (request: Request<"explore.start">) => Promise<Result<Explored>>;
  readonly stopExploring: () => Promise<Result<null>>;
  readonly draw: (
    flow: Flow,
    run: Run,
    view: View,
    theme: Theme,
    variant: string,
  ) => { readonly diagram: Diagram; readonly scene: Scene };
  /** Settles once the page is painted as it is now. */
  readonly painted: () => Promise<void>;
  /** Keeps a setting for the next start; failures are main's to log. */
  readonly remember: (patch: Settings) => void;
}
