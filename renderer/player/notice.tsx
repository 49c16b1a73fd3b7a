import { useEffect } from "react";
import { useActions, useApp } from "../store/use-app.ts";

/** Time to read a short sentence, in ms. */
const SHOWN = 5000;

/** What was done where nothing else shows it, for a moment; always there, so that screen readers say what comes. */
export function Notice() {
  const notice = useApp((state) => state.notice);
  const { say } = useActions();
  useEffect(() => {
    if (notice === undefined) return;
    const timer = setTimeout(() => say(undefined), SHOWN);
    return () => clearTimeout(timer);
  }, [notice, say]);
  return (
    <output className="notice" aria-label="Done">
      {notice !== undefined && <span>{notice.text}</span>}
    </output>
  );
}
