import { BookOpen, FilePlus2, FolderOpen, Pencil, TriangleAlert, UsersRound } from "lucide-react";
import { useEffect, useState } from "react";
import type { Failure } from "../../shared/flow/result.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";

/** A small sequence as an ornament: three lifelines and the arrows between them. */
function Ornament() {
  return (
    <svg className="ornament" width="220" height="132" viewBox="0 0 220 132" aria-hidden="true">
      {[30, 110, 190].map((x) => (
        <g key={x}>
          <rect x={x - 26} y={1} width={52} height={20} rx={4} />
          <path className="ornament-lifeline" d={`M${x} 21V131`} />
        </g>
      ))}
      <path className="ornament-arrow" d="M30 46H102M110 68H182" />
      <path className="ornament-arrow ornament-answer" d="M190 92H118M110 114H38" />
      <path className="ornament-tip" d="M110 46l-9-4v8zM190 68l-9-4v8zM110 92l9-4v8zM30 114l9-4v8z" />
    </svg>
  );
}

/** Nothing is open: how to open something. */
export function Empty() {
  const { openDialog, setPanels, showDialog } = useActions();
  const library = useApp((state) => state.panels.library);
  return (
    <div className="placeholder">
      <Ornament />
      <h2>Open a call flow</h2>
      <p>Choose one from the library, open a file, drop a file here, or begin a new flow.</p>
      <div className="placeholder-actions">
        {!library && (
          <Button look="primary" onClick={() => setPanels({ library: true })}>
            <BookOpen size={16} />
            Show library
          </Button>
        )}
        <Button look={library ? "primary" : "outlined"} onClick={() => void openDialog()}>
          <FolderOpen size={16} />
          Open file…
        </Button>
        <Button look="outlined" onClick={() => showDialog("newFlow")}>
          <FilePlus2 size={16} />
          New flow…
        </Button>
      </div>
    </div>
  );
}

/** A flow is open and no step of it is drawn: how to come to one. It leaves the picture free to be worked on. */
export function NothingDrawn() {
  const { setEditing, showSidePanel } = useActions();
  const drawn = useApp((state) => state.scene?.stepRows.length ?? 0);
  const sent = useApp((state) => state.run?.hops.length ?? 0);
  const participants = useApp((state) => state.open?.flow.scenario.participants.length);
  const editing = useApp((state) => state.editing);
  if (drawn > 0 || participants === undefined || (editing && participants > 0)) return null;
  if (sent > 0)
    return (
      <div className="nothing-drawn">
        <h2>Nothing of this flow is shown</h2>
        <p>Choose the other level, or show more participants.</p>
      </div>
    );
  if (participants === 0)
    return (
      <div className="nothing-drawn">
        <h2>Nobody takes part yet</h2>
        <p>Add the participants; messages can then be drawn between them.</p>
        <Button look="primary" onClick={() => showSidePanel("scenario", "participants")}>
          <UsersRound size={16} />
          Add participants
        </Button>
      </div>
    );
  return (
    <div className="nothing-drawn">
      <h2>Nothing is sent yet</h2>
      <p>Drag from lifeline to lifeline in the picture, or say in the scenario who does what.</p>
      <div className="placeholder-actions">
        <Button look="primary" onClick={() => setEditing(true)}>
          <Pencil size={16} />
          Edit the picture
        </Button>
        <Button look="outlined" onClick={() => showSidePanel("scenario", "turns")}>
          <UsersRound size={16} />
          Open scenario
        </Button>
      </div>
    </div>
  );
}

/** A file could not be opened and nothing else is there to show. */
export function Failed({ failure }: { readonly failure: Failure }) {
  const { openDialog, setPanels } = useActions();
  const library = useApp((state) => state.panels.library);
  return (
    <div className="placeholder" role="alert">
      <div className="placeholder-sign">
        <TriangleAlert size={26} aria-hidden="true" />
      </div>
      <h2>This flow could not be opened</h2>
      <p className="placeholder-message">{failure.message}</p>
      {failure.detail !== undefined && <p className="placeholder-detail">{failure.detail}</p>}
      <p>The file itself was not changed.</p>
      <div className="placeholder-actions">
        <Button look="primary" onClick={() => void openDialog()}>
          <FolderOpen size={16} />
          Open another file…
        </Button>
        {!library && (
          <Button look="outlined" onClick={() => setPanels({ library: true })}>
            <BookOpen size={16} />
            Show library
          </Button>
        )}
      </div>
    </div>
  );
}

/** What opens faster than this shows no loading state, which would only flash. */
const FLASH_MS = 150;

/** While a flow opens: the outline of one, after a moment. */
export function Loading() {
  const what = useApp((state) => (state.status.kind === "loading" ? state.status.what : undefined));
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (what === undefined) return;
    const timer = setTimeout(() => setLate(true), FLASH_MS);
    return () => clearTimeout(timer);
  }, [what]);
  if (what === undefined || !late) return null;
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">Opening {what}…</span>
      <div className="skeleton-heads">
        {[0, 1, 2, 3].map((column) => (
          <span key={column} />
        ))}
      </div>
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <span key={row} className={`skeleton-row skeleton-row-${row % 3}`} />
      ))}
    </div>
  );
}
