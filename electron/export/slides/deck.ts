import { fail, ok, type Result } from "../../../shared/flow/result.ts";
import { OFFICE } from "../ooxml/package.ts";
import { contentTypesIn, type Entries, readPackage, relationsIn, textOf } from "../ooxml/read-package.ts";
import { tagsOf } from "../ooxml/xml-tags.ts";
import type { Box } from "./drawing.ts";

/** A deck to which slides are added: the user's, or our own empty one. */
export interface Deck {
  readonly entries: Entries;
  /** Name of the part that lists the slides. */
  readonly presentation: string;
  readonly width: number;
  readonly height: number;
  readonly layouts: Readonly<Record<LayoutUse, Layout>>;
  readonly notesMaster: string | undefined;
}

export type LayoutUse = "title" | "section" | "list" | "picture";

/** A layout of the deck's master, and what of it slides fill. */
export interface Layout {
  readonly part: string;
  readonly title: Placeholder | undefined;
  readonly body: Placeholder | undefined;
  /** Room for what is drawn, between the title and the footers. */
  readonly free: Box;
}

export interface Placeholder {
  readonly type: string;
  readonly index: string | undefined;
  readonly box: Box | undefined;
}

const MAIN = "http://schemas.openxmlformats.org/presentationml/2006/main";
const DECK_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";
const EMU = 12700;

/** Reads what slides need to know of a deck. Fails with a sentence for what is none, or has no layout. */
export function readDeck(bytes: Uint8Array): Result<Deck> {
  const read = readPackage(bytes);
  if (!read.ok) return read;
  const entries = read.value;
  const presentation = relationsIn(entries, "").find(({ type }) => type.endsWith("/officeDocument"))?.target ?? "";
  const xml = textOf(entries, presentation);
  const root = xml === undefined ? undefined : tagsOf(xml).find(({ name }) => name === "presentation");
  if (xml === undefined || root === undefined) return fail("The deck is not a PowerPoint presentation.");
  if (![...root.attributes.values()].includes(MAIN) || contentTypesIn(entries).get(presentation) !== DECK_TYPE)
    return fail("The deck is a template, has macros or is of the strict kind; save it as an ordinary .pptx first.");
  const size = tagsOf(xml).find(({ name }) => name === "sldSz")?.attributes;
  const [width, height] = [Number(size?.get("cx")) / EMU, Number(size?.get("cy")) / EMU];
  if (!(width > 0 && height > 0)) return fail("The deck does not say how large its slides are.");
  const relations = relationsIn(entries, presentation);
  const layouts = readLayouts(entries, relations.find(isOf("slideMaster"))?.target ?? "", width, height);
  if (layouts === undefined) return fail("The deck has no slide layout that new slides could follow.");
  const notesMaster = relations.find(isOf("notesMaster"))?.target;
  return ok({ entries, presentation, width, height, layouts, notesMaster });
}

const isOf =
  (kind: string) =>
  ({ type }: { readonly type: string }): boolean =>
    type === `${OFFICE}/${kind}`;

function readLayouts(entries: Entries, master: string, width: number, height: number): Deck["layouts"] | undefined {
  const inherited = placeholdersIn(textOf(entries, master) ?? "");
  const known = relationsIn(entries, master)
    .filter(isOf("slideLayout"))
    .map(({ target }) => readLayout(entries, target, inherited, width, height));
  const [first] = known;
  if (first === undefined) return undefined;
  const withTitle = known.find(({ title }) => title !== undefined) ?? first;
  const of = (...kinds: string[]) =>
    kinds.map((kind) => known.find((layout) => layout.kind === kind)).find((layout) => layout !== undefined);
  const list =
    of("obj", "tx") ?? known.find(({ title, body }) => title !== undefined && body !== undefined) ?? withTitle;
  return {
    title: of("title") ?? withTitle,
    section: of("secHead", "title") ?? withTitle,
    list,
    picture: of("titleOnly") ?? withTitle,
  };
}

const MARGIN = 24;

function readLayout(
  entries: Entries,
  part: string,
  inherited: readonly Placeholder[],
  width: number,
  height: number,
): Layout & { readonly kind: string | undefined } {
  const xml = textOf(entries, part) ?? "";
  const kind = tagsOf(xml)
    .find(({ name }) => name === "sldLayout")
    ?.attributes.get("type");
  const own = placeholdersIn(xml).map((placeholder) => ({
    ...placeholder,
    box: placeholder.box ?? inherited.find(({ type }) => sameType(type, placeholder.type))?.box,
  }));
  const title = own.find(({ type }) => sameType(type, "title"));
  const body = own.find(({ type }) => ["subTitle", "body", "obj"].includes(type));
  const under = title?.box === undefined ? MARGIN : title.box.y + title.box.height;
  // A title in the middle of the slide leaves no room below it; then the picture goes where most decks have it.
  const top = under < height * 0.4 ? under + 4 : height * 0.16;
  const feet = own.filter(({ type }) => ["ftr", "sldNum", "dt"].includes(type)).map(({ box }) => box?.y ?? height);
  const bottom = Math.min(height - 26, ...feet.filter((y) => y > height * 0.8));
  return { part, kind, title, body, free: { x: MARGIN, y: top, width: width - 2 * MARGIN, height: bottom - top } };
}

const sameType = (a: string, b: string): boolean =>
  a === b || (a === "ctrTitle" && b === "title") || (a === "title" && b === "ctrTitle");

/** The placeholders of a layout or master, with their places where they have their own. */
function placeholdersIn(xml: string): readonly Placeholder[] {
  const found: { type: string; index: string | undefined; box: Box | undefined }[] = [];
  let open: { type: string; index: string | undefined; box: Box | undefined } | undefined;
  let [x, y] = [0, 0];
  for (const { name, kind, attributes } of tagsOf(xml)) {
    if (name === "sp") open = undefined;
    if (kind === "end") continue;
    if (name === "ph") {
      open = { type: attributes.get("type") ?? "obj", index: attributes.get("idx"), box: undefined };
      found.push(open);
    } else if (name === "off") [x, y] = [Number(attributes.get("x")) / EMU, Number(attributes.get("y")) / EMU];
    else if (name === "ext" && attributes.has("cx") && open !== undefined && open.box === undefined) {
      open.box = { x, y, width: Number(attributes.get("cx")) / EMU, height: Number(attributes.get("cy")) / EMU };
    }
  }
  return found;
}
