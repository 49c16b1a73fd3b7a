import { TriangleAlert, X } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { useCanvasStore } from "../canvas/canvas-store.ts";
import { SequenceCanvas } from "../canvas/sequence-canvas.tsx";
import { Editor, NetworkPanel, Slot, StepMenu } from "../panels.tsx";
import { ReferenceLinks } from "../reference/reference-links.tsx";
import { SwitchedOff } from "../rules/switched-off.tsx";
import { useActions, useApp, useAppStore } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { Repairs, useDivergence } from "../what-if/diverged.tsx";
import { FileChanged } from "./file-changed.tsx";
import { Notice } from "./notice.tsx";
import { Empty, Failed, Loading, NothingDrawn } from "./placeholders.tsx";
import { BackToStep, Typed } from "./stage-parts.tsx";
import { Transport } from "./transport.tsx";
import "./stage.css";

/** A sentence over the canvas that a person should read: a problem, a partly understood file, a run that diverged. */
function Banner(props: {
  readonly tone: "danger" | "warning";
  readonly text: string;
  readonly detail?: string | undefined;
  readonly onDismiss?: () => void;
  /** What can be done about it. */
  readonly children?: ReactNode;
}) {
  return (
    <div className={`banner banner-${props.tone}`} role={props.tone === "danger" ? "alert" : "status"}>
      <TriangleAlert size={16} aria-hidden="true" />
      <div className="banner-text">
        <p>{props.text}</p>
        {props.detail !== undefined && <p className="banner-detail">{props.detail}</p>}
        {props.children}
      </div>
      {props.onDismiss !== undefined && (
        <Button icon label="Dismiss" onClick={props.onDismiss}>
          <X size={15} />
        </Button>
      )}
    </div>
  );
}

/** What the document's reader found: one line each, folded when they are many. */
function Diagnostics() {
  const diagnostics = useApp((state) => state.open?.diagnostics);
  const handle = useApp((state) => state.open?.handle);
  const edited = useApp((state) => (state.open?.revision ?? 0) > 0 || state.open?.path === undefined);
  const [dismissed, setDismissed] = useState<string>();
  const found = diagnostics?.filter((each) => each.severity !== "info") ?? [];
  if (found.length === 0 || dismissed === handle) return null;
  const [first, ...rest] = found;
  const more = rest.length === 0 ? "" : ` And ${rest.length} more ${rest.length === 1 ? "place" : "places"}.`;
  return (
    <Banner
      tone="warning"
      text={
        edited
          ? "Something in this flow is not right. It is shown as far as it goes."
          : "Not everything in this file was understood. It is shown as far as it was; nothing in the file was changed."
      }
      detail={`${first?.message ?? ""}${more}`}
      onDismiss={() => setDismissed(handle)}
    />
  );
}

/** A script whose next choice was not possible: where, which, and that the rest is not shown. */
function Diverged() {
  const diverged = useDivergence();
  if (diverged === undefined) return null;
  return (
    <Banner
      tone="warning"
      text={`The script cannot go on at its ${diverged.where}: ${diverged.says}. The run is shown up to there.`}
    >
      <Repairs />
    </Banner>
  );
}

function Banners() {
  const problem = useApp((state) => state.problem);
  const end = useApp((state) => state.run?.end);
  const { dismissProblem } = useActions();
  return (
    <div className="banners">
      {problem !== undefined && (
        <Banner tone="danger" text={problem.message} detail={problem.detail} onDismiss={dismissProblem} />
      )}
      <SwitchedOff />
      <FileChanged />
      <Diagnostics />
      <Diverged />
      {end === "limit" && (
        <Banner tone="warning" text="The run was stopped at its limit of turns; what comes after is not shown." />
      )}
    </div>
  );
}

/** The canvas of the flow that is open, with its scene taken over from the store. */
function Sequence() {
  const canvas = useCanvasStore();
  const store = useAppStore();
  useEffect(() => {
    let handle = store.getState().open?.handle;
    canvas.actions.setScene(store.getState().scene, true);
    return store.subscribe((state, before) => {
      if (state.scene === before.scene) return;
      canvas.actions.setScene(state.scene, state.open?.handle !== handle);
      handle = state.open?.handle;
    });
  }, [canvas, store]);
  const editing = useApp((state) => state.editing);
  return (
    <>
      <SequenceCanvas
        over={
          <>
            <ReferenceLinks />
            {editing && <Slot of={Editor} />}
          </>
        }
      />
      <Slot of={StepMenu} />
    </>
  );
}

/** The sequence and the network: one of them, or side by side. */
function Views() {
  const network = useApp((state) => state.panels.network);
  return (
    <Group className="views" orientation="horizontal">
      {network !== "instead" && (
        <Panel id="sequence" minSize={220}>
          <div className="view">
            <Sequence />
            <NothingDrawn />
            <BackToStep />
          </div>
        </Panel>
      )}
      {network === "beside" && <Separator className="splitter" />}
      {network !== "off" && (
        <Panel id="network" minSize={220}>
          <div className="view">
            <Slot of={NetworkPanel} />
          </div>
        </Panel>
      )}
    </Group>
  );
}

function Body() {
  const status = useApp((state) => state.status);
  const drawn = useApp((state) => state.scene !== undefined);
  if (drawn) return <Views />;
  if (status.kind === "failed") return <Failed failure={status.failure} />;
  return status.kind === "loading" ? null : <Empty />;
}

/** The middle of the window: the sequence with its transport, or what stands there when there is none. */
export function Stage() {
  const drawn = useApp((state) => state.scene !== undefined);
  return (
    <main className="stage">
      <Banners />
      <div className="stage-body">
        <Body />
        <Loading />
        <Typed />
        <Notice />
      </div>
      {drawn && <Transport />}
    </main>
  );
}
