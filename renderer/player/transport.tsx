import {
  ChevronFirst,
  ChevronLast,
  ChevronLeft,
  ChevronRight,
  ChevronsLeft,
  ChevronsRight,
  Pause,
  Play,
} from "lucide-react";
import { SPEEDS } from "../store/playback.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { Menu, MenuChoice, MenuRadio } from "../ui/menu.tsx";
import { captionOf, positionText, spokenCaption } from "./caption.ts";
import { Scrubber } from "./scrubber.tsx";
import { ZoomControls } from "./zoom-controls.tsx";
import "./transport.css";

/** What can be done before the first step. */
function Hint() {
  const isEmpty = useApp((state) => state.scene?.stepRows.length === 0);
  const editing = useApp((state) => state.editing);
  if (isEmpty)
    return (
      <span className="caption-hint">
        {editing ? (
          <>
            Drag from one lifeline to another, or press <kbd>N</kbd>, to draw a message.
          </>
        ) : (
          "Nothing happens here yet."
        )}
      </span>
    );
  return (
    <span className="caption-hint">
      Press <kbd>Space</kbd> to play
      <span className="caption-hint-more">
        {" "}
        or <kbd>→</kbd> for the first step
      </span>
      .
    </span>
  );
}

/** The current step in words: seen, and read out by a screen reader once a step. */
function CaptionLine() {
  const diagram = useApp((state) => state.diagram);
  const step = useApp((state) => state.step);
  const caption = diagram === undefined ? undefined : captionOf(diagram, step);
  return (
    <div className="caption">
      <p id="step-caption" className="visually-hidden" aria-live="polite">
        {diagram === undefined ? "" : spokenCaption(diagram, step)}
      </p>
      <div className="caption-seen" aria-hidden="true">
        {caption === undefined ? (
          <Hint />
        ) : (
          <>
            {caption.number !== "" && <span className="caption-number">{caption.number}</span>}
            <span className="caption-label">{caption.label}</span>
            <span className="caption-ends" title={`${caption.from} → ${caption.to}`}>
              {caption.from}
              {caption.from !== "" && caption.to !== "" && <span className="caption-arrow"> → </span>}
              {caption.to}
            </span>
            {caption.remark !== "" && (
              <span className={caption.lost ? "caption-remark caption-lost" : "caption-remark"}>{caption.remark}</span>
            )}
          </>
        )}
      </div>
    </div>
  );
}

function Speed() {
  const speed = useApp((state) => state.playback.speed);
  const { setSpeed } = useActions();
  const button = (
    <Button className="transport-speed" title="Speed (< and >)" aria-label={`Speed ${speed} times`}>
      {speed}×
    </Button>
  );
  return (
    <Menu narrow side="top" button={button}>
      <MenuChoice value={String(speed)} onChange={(value) => setSpeed(Number(value))}>
        {SPEEDS.map((option) => (
          <MenuRadio key={option} value={String(option)}>
            {option}×
          </MenuRadio>
        ))}
      </MenuChoice>
    </Menu>
  );
}

function Steps() {
  const actions = useActions();
  const count = useApp((state) => state.scene?.stepRows.length ?? 0);
  const playing = useApp((state) => state.playback.playing);
  // Not the position itself: it changes with every frame.
  const atStart = useApp((state) => state.playback.position === 0);
  const atEnd = useApp((state) => state.step === (state.scene?.stepRows.length ?? 0) - 1 && !state.playback.running);
  const markBefore = useApp((state) => (state.marks[0] ?? Number.POSITIVE_INFINITY) < state.step);
  const markAfter = useApp((state) => (state.marks.at(-1) ?? -1) > state.step);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form.
    <div className="transport-group" role="group" aria-label="Playback">
      <Button icon label="First step" keys="Home" disabled={atStart} onClick={actions.first}>
        <ChevronFirst size={18} />
      </Button>
      <Button
        icon
        className="transport-mark"
        label="Previous note or fork"
        keys="["
        disabled={!markBefore}
        onClick={actions.previousMark}
      >
        <ChevronsLeft size={18} />
      </Button>
      <Button icon label="Previous step" keys="←" disabled={atStart} onClick={actions.previous}>
        <ChevronLeft size={18} />
      </Button>
      <Button
        icon
        look="primary"
        className="transport-play"
        label={playing ? "Pause" : "Play"}
        keys="Space"
        disabled={count === 0}
        onClick={actions.toggle}
      >
        {playing ? <Pause size={18} fill="currentColor" /> : <Play size={18} fill="currentColor" />}
      </Button>
      <Button icon label="Next step" keys="→" disabled={count === 0 || atEnd} onClick={actions.next}>
        <ChevronRight size={18} />
      </Button>
      <Button
        icon
        className="transport-mark"
        label="Next note or fork"
        keys="]"
        disabled={!markAfter}
        onClick={actions.nextMark}
      >
        <ChevronsRight size={18} />
      </Button>
      <Button icon label="Last step" keys="End" disabled={count === 0 || atEnd} onClick={actions.last}>
        <ChevronLast size={18} />
      </Button>
    </div>
  );
}

/** Under the canvas: what happens now, where one is, and the buttons to move. */
export function Transport() {
  const count = useApp((state) => state.scene?.stepRows.length ?? 0);
  const step = useApp((state) => state.step);
  const sequence = useApp((state) => state.panels.network !== "instead");
  return (
    <section className="transport" aria-label="Player">
      <div className="transport-head">
        <CaptionLine />
        <span className="transport-position">{positionText(step, count)}</span>
      </div>
      <Scrubber />
      <div className="transport-row">
        <Steps />
        <span className="transport-gap" />
        <Speed />
        {sequence && <ZoomControls />}
      </div>
    </section>
  );
}
