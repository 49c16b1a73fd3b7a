import { ToggleLeft } from "lucide-react";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";

/** So many rules are named. */
const NAMED = 3;

/** Says over the canvas that the run was made without some rules. */
export function SwitchedOff() {
  const { showSidePanel } = useActions();
  const off = useApp((state) => state.open?.flow.scenario.rules?.off);
  if (off === undefined || off.length === 0) return null;
  const named = off.slice(0, NAMED).join(", ");
  return (
    <div className="banner banner-note" role="status">
      <ToggleLeft size={16} aria-hidden="true" />
      <div className="banner-text">
        <p>
          {off.length === 1 ? "1 rule is" : `${off.length} rules are`} switched off: {named}
          {off.length > NAMED && ` and ${off.length - NAMED} more`}
        </p>
      </div>
      <Button onClick={() => showSidePanel("rules", "off")}>Show rules</Button>
    </div>
  );
}
