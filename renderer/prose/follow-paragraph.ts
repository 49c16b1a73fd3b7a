import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef } from "react";
import type { Paragraph } from "../../shared/diagram/diagram.ts";
import type { AppStore } from "../store/app-store.ts";
import { paragraphAt } from "./paragraphs.ts";

/** Keys by which a person scrolls a text. */
const SCROLL_KEYS = new Set(["PageUp", "PageDown"]);

interface Following {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly virtualizer: Virtualizer<HTMLElement, Element>;
  readonly store: AppStore;
  readonly paragraphs: readonly Paragraph[];
  /** Rows of the list before the first paragraph. */
  readonly before: number;
}

/** Rows are measured when they come near: a far jump lands by estimates first and is mended in the next frames. */
const CORRECTIONS = 12;

/** Brings a row into sight with some of its surroundings, if it is not there already. */
function show(following: Following, row: number, corrections = CORRECTIONS): void {
  const { scroller, virtualizer, store } = following;
  const box = scroller.current;
  if (box === null) return;
  const view = box.getBoundingClientRect();
  const at = box.querySelector(`[data-index="${row}"]`)?.getBoundingClientRect();
  const margin = Math.min(72, view.height / 5);
  const above = at === undefined ? 0 : at.top - (view.top + margin);
  const below = at === undefined ? 0 : at.bottom - (view.bottom - margin);
  const by = at !== undefined && (above < 0 || at.height > view.height - 2 * margin) ? above : Math.max(0, below);
  if (at === undefined || Math.abs(by) > view.height) {
    virtualizer.scrollToIndex(row, { align: "center" });
    if (corrections > 0) requestAnimationFrame(() => show(following, row, corrections - 1));
    return;
  }
  if (Math.abs(by) < 1) return;
  // What was reached by a jump is not worth a smooth rest of the way, which further measuring would lead astray.
  const jumped = corrections < CORRECTIONS;
  box.scrollBy({ top: by, behavior: jumped || store.getState().reducedMotion ? "auto" : "smooth" });
  if (jumped && corrections > 0) requestAnimationFrame(() => show(following, row, corrections - 1));
}

/**
 * Keeps the paragraph of the current step in sight: after a person went to a step, and while playing, until they scroll
 * by hand.
 */
export function useFollowing(following: Following): void {
  const { scroller, store, paragraphs } = following;
  const latest = useRef(following);
  latest.current = following;
  const again = useRef(() => {});
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    let follow = true;
    let shown = -2;
    const go = () => {
      const { step } = store.getState();
      const at = paragraphAt(latest.current.paragraphs, step);
      if (at === shown) return;
      shown = at;
      if (step < 0) box.scrollTo({ top: 0 });
      else if (at >= 0) show(latest.current, at + latest.current.before);
    };
    const byHand = () => {
      follow = false;
    };
    const byKey = (event: KeyboardEvent) => {
      if (SCROLL_KEYS.has(event.key)) byHand();
    };
    // The scroll bar is not part of any paragraph: pressing it hits the box itself.
    const byBar = (event: PointerEvent) => {
      if (event.target === box) byHand();
    };
    box.addEventListener("wheel", byHand, { passive: true });
    box.addEventListener("touchmove", byHand, { passive: true });
    box.addEventListener("keydown", byKey);
    box.addEventListener("pointerdown", byBar);
    let frame = 0;
    // Once a frame, when the page has drawn what changed: asking before that would have it laid out twice.
    const goSoon = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(go);
    };
    again.current = () => {
      follow = true;
      shown = -2;
      goSoon();
    };
    const stop = store.subscribe((state, old) => {
      if (state.navigations !== old.navigations) again.current();
      else if (state.step !== old.step && follow) goSoon();
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
      box.removeEventListener("wheel", byHand);
      box.removeEventListener("touchmove", byHand);
      box.removeEventListener("keydown", byKey);
      box.removeEventListener("pointerdown", byBar);
    };
  }, [scroller, store]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other paragraphs may stand elsewhere.
  useEffect(() => again.current(), [paragraphs]);
}
