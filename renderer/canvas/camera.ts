/**
 * Where the canvas looks. Pure: numbers in, numbers out. Heights are counted from the lower edge of the heads, which stay
 * in sight; `x` and `y` are what stands at the upper left corner below them, in scene px.
 */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** The visible part of the window, in screen px. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** What is looked at, in scene px; `height` without the heads. */
export interface Content {
  readonly width: number;
  readonly height: number;
  readonly headHeight: number;
}

export const MIN_ZOOM = 0.1;
export const MAX_ZOOM = 4;
/** Heads grow with the picture up to here; beyond, they would take the room the picture was enlarged for. */
const MAX_HEAD_SCALE = 1.5;
/** An opened flow is shown at least at this size, however wide it is, and at most at 100 %, or larger in a huge window. */
const SMALLEST_FIRST_ZOOM = 0.6;
const HUGE_WINDOW = 1900;
const LARGEST_FIRST_ZOOM = 1.5;
/** Browsers lay out boxes up to about 33 million px; beyond this the scrollbar counts in a coarser unit. */
const MAX_SCROLL = 16_000_000;

export function clampZoom(zoom: number): number {
  return Number.isFinite(zoom) ? Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom)) : 1;
}

export function headScale(zoom: number): number {
  return Math.min(zoom, MAX_HEAD_SCALE);
}

/** Height that the heads take on the screen. */
export function headBand(content: Content, zoom: number): number {
  return Math.round(content.headHeight * headScale(zoom));
}

/** Room for the picture below the heads, in screen px. */
export function bodyHeight(content: Content, viewport: Viewport, zoom: number): number {
  return Math.max(1, viewport.height - headBand(content, zoom));
}

/** The nearest camera that shows the picture and not the nothing around it. Narrower pictures stand in the middle. */
export function clampCamera(camera: Camera, content: Content, viewport: Viewport): Camera {
  const zoom = clampZoom(camera.zoom);
  const free = content.width - viewport.width / zoom;
  const x = free <= 0 ? free / 2 : Math.min(free, Math.max(0, camera.x));
  const lowest = Math.max(0, content.height - bodyHeight(content, viewport, zoom) / zoom);
  return { x, y: Math.min(lowest, Math.max(0, camera.y)), zoom };
}

/** Zooms so that what is under the screen point (from the upper left corner of the canvas) stays under it. */
export function zoomAt(
  camera: Camera,
  zoom: number,
  at: { x: number; y: number },
  content: Content,
  viewport: Viewport,
): Camera {
  const to = clampZoom(zoom);
  const before = Math.max(0, at.y - headBand(content, camera.zoom));
  const after = Math.max(0, at.y - headBand(content, to));
  const x = camera.x + at.x / camera.zoom - at.x / to;
  const y = camera.y + before / camera.zoom - after / to;
  return clampCamera({ x, y, zoom: to }, content, viewport);
}

/** Moves by a distance on the screen. */
export function panBy(camera: Camera, dx: number, dy: number, content: Content, viewport: Viewport): Camera {
  return clampCamera({ ...camera, x: camera.x + dx / camera.zoom, y: camera.y + dy / camera.zoom }, content, viewport);
}

export type Fit = "first" | "width" | "page" | "none";

/** The camera for a way to fit; the place stays, as far as it can. */
export function fitted(fit: Fit, camera: Camera, content: Content, viewport: Viewport): Camera {
  const width = viewport.width / content.width;
  const page = Math.min(width, viewport.height / (content.height + content.headHeight));
  const zoom = {
    first: Math.max(SMALLEST_FIRST_ZOOM, Math.min(viewport.width > HUGE_WINDOW ? LARGEST_FIRST_ZOOM : 1, width)),
    width,
    page,
    none: camera.zoom,
  }[fit];
  return clampCamera({ ...camera, zoom }, content, viewport);
}

/** Size of the box that gives the native scrollbars their length, and how many camera px one of its px stands for. */
export function scrollSize(content: Content, viewport: Viewport, zoom: number) {
  const real = content.height * zoom;
  const body = bodyHeight(content, viewport, zoom);
  const height = Math.min(real, MAX_SCROLL);
  const ratio = height < real ? (real - body) / (height - body) : 1;
  return { width: Math.floor(content.width * zoom), height: Math.floor(height) + viewport.height - body, ratio };
}

/**
 * Moves as little as shows [top, bottom] × [left, right] (scene px, heights below the heads) in the quiet part of the
 * window: not at its very edges, so that what comes next is in sight too. Far away targets come to the middle.
 */
export function reveal(
  camera: Camera,
  target: { top: number; bottom: number; left: number; right: number },
  content: Content,
  viewport: Viewport,
): Camera {
  const body = bodyHeight(content, viewport, camera.zoom) / camera.zoom;
  const width = viewport.width / camera.zoom;
  const upper = camera.y + body * 0.15;
  const lower = camera.y + body * 0.65;
  let { x, y } = camera;
  const far = target.bottom < camera.y - body || target.top > camera.y + 2 * body;
  if (far) y = target.top - body * 0.4;
  else if (target.bottom > lower) y = target.bottom - body * 0.65;
  else if (target.top < upper) y = target.top - body * 0.15;
  const gap = Math.min(24, width * 0.05);
  if (target.right - target.left > width - 2 * gap)
    x = Math.min(target.left - gap, Math.max(x, target.right + gap - width));
  else if (target.left - gap < x) x = target.left - gap;
  else if (target.right + gap > x + width) x = target.right + gap - width;
  return clampCamera({ ...camera, x, y }, content, viewport);
}
