import { afterPaint } from "./ui/after-paint.ts";

let painted = () => {};

/** Comes true when the window's first picture, with the flow in it, is on the screen. What is not in it waits for this. */
export const firstPicture = new Promise<void>((resolve) => {
  painted = resolve;
});

/** Says that the first picture is rendered: it is painted with the next frame. */
export function firstPictureRendered(): void {
  afterPaint(painted);
}
