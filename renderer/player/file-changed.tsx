import { FileWarning } from "lucide-react";
import { useState } from "react";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";

/** Another program changed the file of the flow that is shown: what differs, and what a person can do about it. */
export function FileChanged() {
  const elsewhere = useApp((state) => state.elsewhere);
  const open = useApp((state) => state.open);
  const { reload, keepMine, lookElsewhere, compare } = useActions();
  const variant = useApp((state) => state.variant);
  const [shown, setShown] = useState(false);
  if (elsewhere === undefined || elsewhere.handle !== open?.handle) return null;
  const changed = elsewhere.kind === "changed";
  const { handle } = open;
  const compareWithFile = () => compare({ from: "open", handle, variant }, { from: "saved", handle, variant });
  return (
    <div className="banner banner-warning" role="alert">
      <FileWarning size={16} aria-hidden="true" />
      <div className="banner-text">
        <p>
          {changed
            ? `“${open.name}” was changed by another program.`
            : `“${open.name}” is not in its folder any more. Save to write it there again.`}
        </p>
        {changed && shown && (
          <ul className="banner-list" aria-label="Differences">
            {elsewhere.says.map((says) => (
              <li key={says}>{says}</li>
            ))}
          </ul>
        )}
      </div>
      {changed && (
        <>
          <Button look="outlined" onClick={() => void compareWithFile()}>
            Compare
          </Button>
          <Button aria-expanded={shown} onClick={() => setShown(!shown)}>
            {shown ? "Hide Differences" : "Show Differences"}
          </Button>
          <Button look="outlined" onClick={() => void reload().then(lookElsewhere)}>
            Reload
          </Button>
          <Button look="outlined" onClick={() => void keepMine()}>
            Keep Mine
          </Button>
        </>
      )}
    </div>
  );
}
