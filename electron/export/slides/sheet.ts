import { rowAt } from "../../../shared/diagram/frame.ts";
import type { Scene } from "../../../shared/diagram/scene.ts";
import type { Colors } from "../../../shared/diagram/theme.ts";
import {
  type Box,
  type Colour,
  type ConnectorLook,
  connectorXml,
  type Point,
  type ShapeLook,
  type Site,
  shapeXml,
} from "./drawing.ts";
import { SIDE_SITES } from "./outline.ts";
import type { SlideView, Window } from "./slide-view.ts";

/** What of the steps a slide shows. */
export interface Emphasis {
  /** The step that the slide is about. */
  readonly current?: number;
  /** The steps after this one are later ones; none when it is not given. */
  readonly until?: number;
  readonly later: "drawn" | "pale" | "absent";
}

/** What of the picture lies behind what. */
export type Layer = "ground" | "lifelines" | "bars" | "frames" | "slanted" | "rows";

/** A shape on the slide: what an animation needs to know of it. */
export interface Placed {
  readonly id: number;
  /** The step with which it appears. */
  readonly step?: number;
  /** Where the line of a message comes from: it is drawn from there. */
  readonly wipe?: "left" | "right" | "up";
  /** Has a text body, which PowerPoint lists among what it builds. */
  readonly builds: boolean;
}

/** A slide while its picture is painted: shapes by layer, and the way from the scene to the slide. */
export interface Sheet {
  readonly view: SlideView;
  readonly window: Window;
  readonly emphasis: Emphasis;
  readonly colors: Colors;
  readonly scene: Scene;
  readonly layers: Readonly<Record<Layer, string[]>>;
  readonly placed: Placed[];
  /** Takes the next free id. */
  readonly nextId: () => number;
  /** Sites that arrows ask for on lifelines, by the lifeline's place among the heads. */
  readonly lifelines: readonly LifelineSites[];
}

export interface LifelineSites {
  readonly shape: number;
  /** The head's own shape, for messages that go to it. */
  readonly head: number;
  readonly sites: Point[];
}

const OPAQUE = 1;
/** How pale a later step is: still to be seen as a shape, not to be read first. */
const PALE = 0.32;

export function newSheet(view: SlideView, window: Window, emphasis: Emphasis, colors: Colors, firstId: number): Sheet {
  let last = firstId - 1;
  const nextId = () => ++last;
  return {
    view,
    window,
    emphasis,
    colors,
    scene: view.scene,
    layers: { ground: [], lifelines: [], bars: [], frames: [], slanted: [], rows: [] },
    placed: [],
    nextId,
    lifelines: view.scene.heads.map(() => ({ shape: nextId(), head: nextId(), sites: [] })),
  };
}

/** A point of the scene on the slide. */
export function onSlide({ view, window }: Sheet, x: number, y: number): Point {
  return { x: slideX(view, x), y: view.area.y + (view.scene.headHeight + y - window.top) * view.scale };
}

/** The same for heads, which stand at the top of every slide. */
export function headOnSlide({ view }: Sheet, x: number, y: number): Point {
  return { x: slideX(view, x), y: view.area.y + y * view.scale };
}

const slideX = ({ area, indent, scale }: SlideView, x: number): number => area.x + indent + x * scale;

/** A box of the scene on the slide. */
export function boxOnSlide(sheet: Sheet, x: number, y: number, width: number, height: number): Box {
  const { scale } = sheet.view;
  return { ...onSlide(sheet, x, y), width: width * scale, height: height * scale };
}

/** Whether what is seen with a step is on the slide. */
export function isShown({ emphasis }: Sheet, step: number | undefined): boolean {
  return step === undefined || emphasis.until === undefined || step <= emphasis.until || emphasis.later !== "absent";
}

export function opacityOf({ emphasis }: Sheet, step: number | undefined): number {
  const isLater = step !== undefined && emphasis.until !== undefined && step > emphasis.until;
  return isLater && emphasis.later === "pale" ? PALE : OPAQUE;
}

export interface Placing {
  readonly layer: Layer;
  readonly step?: number | undefined;
}

/** Puts a shape on the slide, pale where its step is yet to come; one that covers what is behind it is never pale. */
export function place(
  sheet: Sheet,
  { layer, step }: Placing,
  { covers = false, ...look }: ShapeLook & { readonly covers?: boolean },
): number {
  const id = sheet.nextId();
  sheet.layers[layer].push(shapeXml(id, { ...look, opacity: covers ? OPAQUE : opacityOf(sheet, step) }));
  sheet.placed.push({ id, builds: true, ...(step !== undefined && { step }) });
  return id;
}

/** Puts a connector on the slide. */
export function connect(sheet: Sheet, { layer, step }: Placing, look: ConnectorLook): number {
  const id = sheet.nextId();
  sheet.layers[layer].push(connectorXml(id, { ...look, opacity: opacityOf(sheet, step) }));
  const wipe = look.from.x < look.to.x ? "left" : look.from.x > look.to.x ? "right" : "up";
  sheet.placed.push({ id, builds: false, wipe, ...(step !== undefined && { step }) });
  return id;
}

/** A site on the lifeline at a point of the slide; the same for all that ask for the same. */
export function siteOn({ lifelines }: Sheet, column: number, point: Point): Site | undefined {
  const lifeline = lifelines[column];
  if (lifeline === undefined) return undefined;
  const { shape, sites } = lifeline;
  const known = sites.findIndex(({ x, y }) => Math.abs(x - point.x) < 0.01 && Math.abs(y - point.y) < 0.01);
  return { shape, site: SIDE_SITES + (known >= 0 ? known : sites.push(point) - 1) };
}

/** A colour of the theme as slides have it: text and ground are the deck's own. */
export function toned({ colors }: Sheet, colour: string): Colour {
  if (colour === colors.canvas) return "bg1";
  if (colour === colors.ink || colour === colors.label || colour === colors.arrow) return "tx1";
  return colour as Colour;
}

/** What lies behind the current step: so thin that it suits any ground. */
export function bandFill(sheet: Sheet): Pick<ShapeLook, "fill" | "fillOpacity"> {
  return { fill: toned(sheet, sheet.colors.current), fillOpacity: 0.1 };
}

/** The step with which what begins at a height is seen. */
export function stepAt({ scene, view }: Sheet, y: number): number | undefined {
  return view.stepOf[rowAt(scene, y + 0.5)];
}
