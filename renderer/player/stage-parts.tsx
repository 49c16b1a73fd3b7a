import { LocateFixed } from "lucide-react";
import { useContext } from "react";
import { useStore } from "zustand";
import { useCanvas, useCanvasStore } from "../canvas/canvas-store.ts";
import { useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { positionText } from "./caption.ts";
import { type Digits, DigitsContext } from "./digits.ts";

/** Leads back to the current step after scrolling away while the flow plays on. */
export function BackToStep() {
  const canvas = useCanvasStore();
  const following = useCanvas((state) => state.following);
  const playing = useApp((state) => state.playback.playing);
  const step = useApp((state) => state.step);
  const count = useApp((state) => state.scene?.stepRows.length ?? 0);
  if (following || !playing || step < 0) return null;
  const back = () => {
    canvas.actions.follow(true);
    const camera = canvas.actions.cameraFor(step);
    if (camera !== undefined) canvas.actions.look(camera);
  };
  return (
    <Button look="outlined" className="back-to-step" onClick={back}>
      <LocateFixed size={15} />
      {positionText(step, count)}
    </Button>
  );
}

/** The number that is being typed. */
export function Typed() {
  const digits = useContext(DigitsContext);
  return digits === undefined ? null : <TypedDigits digits={digits} />;
}

function TypedDigits({ digits }: { readonly digits: Digits }) {
  const typed = useStore(digits, (state) => state.typed);
  return typed === "" ? null : <div className="typed">Go to step {typed}</div>;
}
