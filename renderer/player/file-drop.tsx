import { FolderOpen } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { useActions } from "../store/use-app.ts";
import "./stage.css";

/** Whether a drag carries a file. */
function carriesFile(event: DragEvent): boolean {
  return event.dataTransfer.types.includes("Files");
}

/** Opens the files that are dropped anywhere in the window, where nothing takes it for something else. */
export function useFileDrop() {
  const { openFile } = useActions();
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const end = () => {
    depth.current = 0;
    setOver(false);
  };
  const drop = async (event: DragEvent) => {
    end();
    if (!carriesFile(event) || event.defaultPrevented) return;
    event.preventDefault();
    // The list is the event's own and gone after it.
    for (const file of [...event.dataTransfer.files]) await openFile(file);
  };
  return {
    over,
    handlers: {
      onDragEnter: (event: DragEvent) => {
        if (!carriesFile(event)) return;
        event.preventDefault();
        depth.current += 1;
        setOver(true);
      },
      onDragOver: (event: DragEvent) => {
        if (!carriesFile(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
      },
      onDragLeave: () => {
        depth.current -= 1;
        if (depth.current <= 0) end();
      },
      onDrop: (event: DragEvent) => void drop(event),
    },
  };
}

/** Over the window while a file is dragged. */
export function DropSign() {
  return (
    <div className="drop">
      <FolderOpen size={28} aria-hidden="true" />
      <p>Drop the flow to open it</p>
    </div>
  );
}
