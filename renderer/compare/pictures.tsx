import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { reveal } from "../canvas/camera.ts";
import { type CanvasStore, createCanvasStore, useCanvasStore } from "../canvas/canvas-store.ts";
import { useApp } from "../store/use-app.ts";
import { useLooking, visitChange } from "./compare-store.ts";
import { Pane } from "./pane.tsx";
import { boxOf, mergedOf, type Picture, pairOf, type Shown } from "./shown.ts";

/** Both sides beside one another: what stands for one another at one height, scrolled and zoomed together. */
export function SideBySide({ shown, labels }: { readonly shown: Shown; readonly labels: readonly [string, string] }) {
  const theme = useApp((state) => state.theme);
  const pair = useMemo(() => pairOf(shown, theme), [shown, theme]);
  const left = useCanvasStore();
  const right = useMemo(() => createCanvasStore(), []);
  useScene(left, pair.a, true);
  useScene(right, pair.b, false);
  useEffect(() => together(left, right), [left, right]);
  useVisits(left, shown, [pair.a, pair.b]);
  return (
    <div className="compare-beside">
      <Side canvas={left} picture={pair.a} shown={shown} label={labels[0]} />
      <Side canvas={right} picture={pair.b} shown={shown} label={labels[1]} />
    </div>
  );
}

/** Both sides in one ladder. */
export function MergedLadder({ shown, label }: { readonly shown: Shown; readonly label: string }) {
  const theme = useApp((state) => state.theme);
  const picture = useMemo(() => mergedOf(shown, theme), [shown, theme]);
  const canvas = useCanvasStore();
  useScene(canvas, picture, true);
  useVisits(canvas, shown, [picture]);
  return (
    <div className="compare-merged">
      <Side canvas={canvas} picture={picture} shown={shown} label={label} />
    </div>
  );
}

interface SideProps {
  readonly canvas: CanvasStore;
  readonly picture: Picture;
  readonly shown: Shown;
  readonly label: string;
}

function Side({ canvas, picture, shown, label }: SideProps) {
  const at = useLooking((state) => state.at);
  const { current, changeOf } = useMemo(() => {
    const rows = shown.changes[at]?.rows ?? [];
    const known = new Map<number, number>();
    for (const [change, { rows }] of shown.changes.entries())
      for (const step of rows.flatMap(picture.stepsOf)) known.set(step, change);
    return { current: new Set(rows.flatMap(picture.stepsOf)), changeOf: known };
  }, [shown, picture, at]);
  const choose = (step: number) => {
    const change = changeOf.get(step);
    if (change !== undefined) visitChange(change);
  };
  return <Pane canvas={canvas} picture={picture} current={current} label={label} onStep={choose} />;
}

/** Shows a picture; the place stays when only its level, its theme or its size has changed. */
function useScene(canvas: CanvasStore, { scene }: Picture, leads: boolean): void {
  useEffect(() => {
    if (!leads) canvas.actions.fitTo("none");
    const first = leads && canvas.getState().scene === undefined;
    canvas.actions.setScene(scene, first);
  }, [canvas, scene, leads]);
  useEffect(() => {
    if (leads) canvas.actions.fitTo("first");
    // What the flow was looked at from means nothing here.
    canvas.actions.look({ ...canvas.getState().camera, x: 0, y: 0 });
  }, [canvas, leads]);
}

/** Makes two cameras one; where a picture or its place has another size, the first leads. Gives back what undoes it. */
function together(one: CanvasStore, other: CanvasStore): () => void {
  let follows = false;
  const follow = (from: CanvasStore, to: CanvasStore) =>
    from.subscribe((state, before) => {
      if (follows || state.camera === before.camera) return;
      const resized = state.viewport !== before.viewport || state.content !== before.content;
      follows = true;
      if (resized) other.actions.look(one.getState().camera);
      else to.actions.look(state.camera);
      follows = false;
    });
  other.actions.look(one.getState().camera);
  const undo = [follow(one, other), follow(other, one)];
  return () => {
    for (const step of undo) step();
  };
}

/** Brings the change that a person goes to into sight. */
function useVisits(canvas: CanvasStore, shown: Shown, pictures: readonly Picture[]): void {
  const visits = useLooking((state) => state.visits);
  const viewport = useStore(canvas, (state) => state.viewport);
  useEffect(() => {
    if (visits > 0) canvas.actions.follow(true);
  }, [canvas, visits]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a visit moves the picture, and the window's size.
  useEffect(() => {
    // A person who has scrolled elsewhere stays there.
    if (!canvas.getState().following) return;
    const change = shown.changes[useLooking.getState().at];
    if (change === undefined) return;
    const boxes = pictures.flatMap((picture) => boxOf(picture, change.rows) ?? []);
    const [first] = boxes;
    if (first === undefined) return;
    const top = Math.min(...boxes.map((box) => box.top));
    // Of what is longer than the window, its beginning.
    const bottom = Math.min(Math.max(...boxes.map((box) => box.bottom)), top + 200);
    const { camera, content } = canvas.getState();
    canvas.actions.look(reveal(camera, { ...first, top, bottom }, content, viewport));
  }, [visits, canvas, shown, viewport]);
}
