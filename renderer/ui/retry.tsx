import { RotateCw } from "lucide-react";
import type { Failure } from "../../shared/flow/result.ts";
import { Button } from "./button.tsx";

/** What a panel shows where an answer could not be had: why, and a way to ask again. */
export function Retry({ failure, again }: { readonly failure: Failure; readonly again: () => void }) {
  return (
    <div className="retry" role="alert">
      <p>{failure.message}</p>
      {failure.detail !== undefined && <p className="retry-detail">{failure.detail}</p>}
      <Button look="outlined" onClick={again}>
        <RotateCw size={14} aria-hidden="true" />
        Try again
      </Button>
    </div>
  );
}
