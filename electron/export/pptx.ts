import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { type Theme, themeNamed } from "../../shared/diagram/theme.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import { officePart, SOURCE_RELATION } from "./carrier/office-carrier.ts";
import type { Drawn, Exporter, ExportInput } from "./formats.ts";
import { heading } from "./heading.ts";
import type { Part } from "./ooxml/package.ts";
import { timingXml } from "./slides/animation.ts";
import { blankDeck } from "./slides/blank-deck.ts";
import { type Contents, contentsOf, type Kinds, type Picture, type Planned, type Shown } from "./slides/contents.ts";
import { type Deck, readDeck } from "./slides/deck.ts";
import { shapeXml } from "./slides/drawing.ts";
import { paintWindow, picture } from "./slides/paint-window.ts";
import { type Emphasis, newSheet, type Placed, type Sheet, toned } from "./slides/sheet.ts";
import { FIRST_FREE_ID, type Names, type Slide, slideParts } from "./slides/slide-parts.ts";
import { slideView } from "./slides/slide-view.ts";
import { type Companion, extendDeck, freeNames, notesCompanions } from "./slides/write-deck.ts";

/** Points of a slide, by the setting. */
const SIZES: Readonly<Record<string, readonly [number, number]>> = { "16:9": [960, 540], "4:3": [720, 540] };

/** Under the picture, for its caption and the way back to the overview. */
const CAPTION = 18;

/** A deck of slides in shapes that can be edited: a slide for each step, a slide on which clicks show them, or both. */
export const exportPptx: Exporter = async (input) => {
  const { flow, settings = {}, files = {} } = input;
  const theme = themeNamed(settings.theme);
  const [width, height] = SIZES[String(settings["slide-size"])] ?? [960, 540];
  const own = files.deck;
  const deck = readDeck(own ?? blankDeck(heading(flow, ""), width, height, theme.colors));
  if (!deck.ok) return own === undefined ? deck : fail(`The deck cannot be extended. ${deck.failure.message}`);
  const drawn = await drawVariants(input);
  if (!drawn.ok) return drawn;
  const variants = drawn.value.map((one) => shownOf(input, one, deck.value, theme));
  const contents = contentsOf(flow, variants, (settings.slides ?? "steps") as Kinds);
  const names = freeNames(deck.value, contents.slides.length);
  const later = settings.later === "absent" || settings.later === "drawn" ? settings.later : "pale";
  const making: Making = { contents, names, deck: deck.value, theme, later };
  const companions = [...notesCompanions(deck.value, theme.colors), sourceOf(input, making)];
  const content = await extendDeck(deck.value, names, contents.sections, allParts(input, making), companions);
  return ok({ content, remarks: [...new Set(variants.flatMap(({ view }) => view.remarks))] });
};

async function drawVariants({
  flow,
  variant,
  run,
  diagram,
  draw,
  settings,
}: ExportInput): Promise<Result<readonly Drawn[]>> {
  const drawn: Drawn[] = [];
  const wanted = settings?.variants === "all" && draw !== undefined ? flow.variants.map(({ id }) => id) : [variant];
  for (const id of wanted) {
    const one = id === variant || draw === undefined ? ok({ variant, run, diagram }) : await draw(id);
    if (!one.ok) return one;
    drawn.push(one.value);
  }
  return ok(drawn);
}

function shownOf({ flow }: ExportInput, { variant, diagram }: Drawn, deck: Deck, theme: Theme): Shown {
  const { free } = deck.layouts.picture;
  const known = flow.variants.find(({ id }) => id === variant);
  return {
    title: known?.title ?? flow.title,
    description: known?.description,
    diagram,
    view: slideView(diagram, theme, { ...free, height: free.height - CAPTION }),
  };
}

interface Making {
  readonly contents: Contents;
  readonly names: readonly Names[];
  readonly deck: Deck;
  readonly theme: Theme;
  readonly later: Emphasis["later"];
}

/** The flow itself, so that opening the deck opens it; the first picture tells whether the slides were changed since. */
function sourceOf(input: ExportInput, making: Making): Companion {
  const { slides } = making.contents;
  const at = Math.max(
    0,
    slides.findIndex(({ picture: shows }) => shows !== undefined),
  );
  const [slide] = slideParts(slideOf(slides[at] as Planned, making), making.names[at] as Names);
  return { relation: SOURCE_RELATION, part: officePart(input, slide?.content ?? "") };
}

/** Slides are made one after the other, and the rest of the program has its turn between some of them. */
const TURN = 16;

async function* allParts({ progress, signal }: ExportInput, making: Making): AsyncIterable<Part> {
  const { slides } = making.contents;
  for (const [i, planned] of slides.entries()) {
    if (i % TURN === TURN - 1) await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    progress?.(i / slides.length);
    yield* slideParts(slideOf(planned, making), making.names[i] as Names);
  }
}

function slideOf({ layout, title, body, notes, picture: shows }: Planned, making: Making): Slide {
  const { names, deck } = making;
  const plain: Slide = {
    layout: deck.layouts[layout],
    title,
    body: body.map(({ slide, ...line }) => ({
      ...line,
      ...(slide !== undefined && { target: names[slide]?.slide ?? "" }),
    })),
    notes,
    shapes: "",
    timing: "",
    links: new Map(),
  };
  return shows === undefined ? plain : { ...plain, ...drawnSlide(shows, making) };
}

const OVERVIEW_LINK = "rIdOverview";

function drawnSlide(
  shows: Picture,
  { contents, names, theme, later }: Making,
): Pick<Slide, "shapes" | "timing" | "links"> {
  const { shown, window, step, animated } = shows;
  const emphasis: Emphasis = { later, ...(step !== undefined && { current: step, until: step }) };
  const sheet = newSheet(shown.view, window, emphasis, theme.colors, FIRST_FREE_ID);
  paintWindow(sheet, stepsOf(shown.diagram));
  return {
    shapes: picture(sheet) + foot(sheet, shows.caption),
    timing: animated ? timingXml(clicksOf(sheet)) : "",
    links: new Map([[OVERVIEW_LINK, names[contents.overview]?.slide ?? ""]]),
  };
}

/** The shapes of each step that is new in the window; what belongs to steps before it is there from the start. */
function clicksOf({ placed, view, window }: Sheet): readonly (readonly Placed[])[] {
  const { stepRows } = view.scene;
  const fresh = stepRows.flatMap((row, step) => (row >= window.fresh && row < window.to ? [step] : []));
  const last = fresh.at(-1);
  return fresh.map((step) =>
    placed.filter((shape) => shape.step === step || (step === last && (shape.step ?? -1) > step)),
  );
}

/** Which steps the slide shows, and a link back to the overview. */
function foot(sheet: Sheet, caption: string): string {
  const { x, y, width, height } = sheet.view.area;
  const words = (text: string, align: "l" | "r", link?: string) =>
    shapeXml(sheet.nextId(), {
      name: link === undefined ? "Caption" : "Link to the overview",
      box: {
        x: align === "l" ? x : x + width - 120,
        y: y + height + 2,
        width: align === "l" ? width - 130 : 120,
        height: CAPTION - 4,
      },
      outline: "rect",
      text: {
        align,
        blocks: [{ lines: [text], size: 12, lineHeight: 14, colour: toned(sheet, sheet.colors.muted) }],
        ...(link !== undefined && { link }),
      },
    });
  return (caption === "" ? "" : words(caption, "l")) + words("Overview", "r", OVERVIEW_LINK);
}
