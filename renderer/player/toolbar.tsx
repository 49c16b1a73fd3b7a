import { BookOpen, CornerUpLeft, Pencil } from "lucide-react";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { LevelChoice, NetworkMenu, ThemeMenu, Title, Variants, Visibility } from "./toolbar-parts.tsx";

/** From a flow that was gone into back to the one that refers to it. */
function Back() {
  const cameFrom = useApp((state) => state.open?.cameFrom);
  const { leave } = useActions();
  if (cameFrom === undefined) return null;
  return (
    <Button look="outlined" label={`Back to “${cameFrom.title}”`} keys="Backspace" onClick={() => void leave()}>
      <CornerUpLeft size={15} />
      Back
    </Button>
  );
}

/** Whether the picture is worked on or only played. */
function EditButton() {
  const editing = useApp((state) => state.editing);
  const { setEditing } = useActions();
  return (
    <Button look="outlined" title="Edit the picture (E)" aria-pressed={editing} onClick={() => setEditing(!editing)}>
      <Pencil size={15} />
      <span className="toolbar-wide">Edit</span>
    </Button>
  );
}

/** On top of the window: what is open, what of it is shown, and which panels. */
export function Toolbar() {
  const panels = useApp((state) => state.panels);
  const ready = useApp((state) => state.diagram !== undefined);
  const { setPanels } = useActions();
  return (
    <header className="toolbar">
      <Button
        icon
        label={panels.library ? "Hide library" : "Show library"}
        aria-pressed={panels.library}
        onClick={() => setPanels({ library: !panels.library })}
      >
        <BookOpen size={16} />
      </Button>
      <Title />
      {ready && (
        <div className="toolbar-group">
          <Back />
          <Variants />
          <LevelChoice />
          <Visibility />
        </div>
      )}
      {ready && <div className="toolbar-rule" />}
      <div className="toolbar-group">
        {ready && <EditButton />}
        {ready && <NetworkMenu />}
        <ThemeMenu />
      </div>
    </header>
  );
}
