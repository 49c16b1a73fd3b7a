import type { Room } from "../../../shared/diagram/pages.ts";
import type { View } from "../../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../../shared/flow/result.ts";
import type { ExportInput } from "../formats.ts";
import type { Block } from "./blocks.ts";
import type { WrittenSection } from "./document.ts";
import { blocksBefore, type DrawnFlow, flowSection, keysOfBase, markOf, type SectionOptions } from "./flow-section.ts";
import { type HostDocument, lyingRoomIn, roomIn } from "./host-document.ts";
import { fitsIn, liesBetter, picturesOf } from "./pictures.ts";
import { dateOf } from "./settings.ts";
import { heightOf } from "./text-height.ts";

export interface FlowSections {
  readonly sections: readonly FlowSection[];
  readonly remarks: readonly string[];
}

export interface FlowSection extends WrittenSection {
  readonly of: DrawnFlow & { readonly view?: View };
  readonly bookmark: string;
  /** Ends the names of its bookmarks. */
  readonly mark: string;
  /** The flow as it was, where revisions are to be marked. */
  readonly baseOf?: DrawnFlow;
}

interface SectionsOptions extends Pick<SectionOptions, "withoutDefinitions"> {
  /** Nothing stands before the first flow. */
  readonly startsDocument?: boolean;
  /** For each flow the mark and the number of its figure that it has in a document already. */
  readonly known?: readonly Pick<SectionOptions, "mark" | "figureNumber">[];
}

/** Under a figure, for its caption. */
const CAPTION = 48;

function underCaption(room: Room): Room;
function underCaption(room: Room | undefined): Room | undefined;
function underCaption(room: Room | undefined): Room | undefined {
  return room && { width: room.width, height: room.height - CAPTION };
}

/** One of the flows that are written. */
interface One {
  readonly of: FlowSection["of"];
  /** What it was; empty where it was not there. */
  readonly old: Compared;
  /** Whether there is a base at all. */
  readonly isCompared: boolean;
}

type Compared = DrawnFlow | undefined;

/**
 * A section for each flow of an export, with what it was where there is a base.
 * Fails with a sentence for settings that do not fit, and as the drawing of figures does.
 */
export async function flowSections(
  input: ExportInput,
  host: HostDocument,
  options: SectionsOptions = {},
): Promise<Result<FlowSections>> {
  const flows = await flowsOf(input);
  if (!flows.ok) return flows;
  const { others: _, scene: __, ...common } = input;
  const sections: FlowSection[] = [];
  const remarks = new Set<string>();
  const marks = new Set<string>();
  for (const [i, one] of flows.value.entries()) {
    const place = options.known?.[i] ?? { mark: freeMark(markOf(one.of), marks), figureNumber: i + 1 };
    const rooms = roomsFor(one, common, host, { ...options, ...place }, i === 0 && options.startsDocument === true);
    const blocksOf = async (drawn: DrawnFlow, keyOf?: SectionOptions["keyOf"]): Promise<Result<readonly Block[]>> => {
      const pictures = await picturesOf({ ...common, ...drawn }, rooms.room(drawn));
      if (!pictures.ok) return pictures;
      for (const remark of pictures.value.remarks) remarks.add(remark);
      const lying = rooms.lying === undefined ? {} : { lying: rooms.lying };
      const own = { ...place, ...lying, pictures: pictures.value.pictures, ...(keyOf && { keyOf }) };
      return ok(flowSection(drawn, { ...options, ...own }));
    };
    const blocks = await blocksOf(one.of);
    if (!blocks.ok) return blocks;
    const before = one.old === undefined ? ok([]) : await blocksOf(one.old, keysOfBase(one.old, one.of));
    if (!before.ok) return before;
    sections.push({
      of: one.of,
      bookmark: `Callflow_${place.mark}`,
      mark: place.mark,
      blocks: blocks.value,
      ...(one.isCompared && { base: before.value }),
      ...(one.old !== undefined && { baseOf: one.old }),
    });
  }
  return ok({ sections, remarks: [...remarks] });
}

/** A figure of several pages begins under the heading where it has so much of a page there. */
const WORTH_BEGINNING = 0.5;

interface Rooms {
  readonly lying?: NonNullable<SectionOptions["lying"]>;
  /** The room for the figure. */
  readonly room: (drawn: DrawnFlow) => Room;
}

/**
 * On which pages the figures of a flow and of what it was stand. The first one of a document is made a little smaller where
 * it then stands under its heading.
 */
function roomsFor(
  { of, old }: One,
  common: Omit<ExportInput, "others" | "scene">,
  host: HostDocument,
  options: Pick<SectionOptions, "mark" | "withoutDefinitions">,
  isStart: boolean,
): Rooms {
  const [standing, lyingRoom] = [underCaption(roomIn(host)), underCaption(lyingRoomIn(host))];
  const sides: readonly DrawnFlow[] = old === undefined ? [of] : [of, old];
  const lies = lyingRoom && sides.some((drawn) => liesBetter({ ...common, ...drawn }, standing, lyingRoom));
  if (lies) {
    const isAlone = sides.every((drawn) => blocksBefore(drawn, options).length === 1);
    return { lying: !isAlone ? "after" : isStart ? "start" : "heading", room: () => lyingRoom };
  }
  const room = (drawn: DrawnFlow) => {
    const rest = { ...standing, height: standing.height - heightOf(blocksBefore(drawn, options), standing.width) };
    if (!isStart || rest.height <= 0) return standing;
    if (fitsIn({ ...common, ...drawn }, rest)) return rest;
    return rest.height < standing.height * WORTH_BEGINNING ? standing : { ...standing, first: rest.height };
  };
  return { room };
}

function freeMark(wanted: string, taken: Set<string>): string {
  let mark = wanted;
  for (let count = 2; taken.has(mark); count++) mark = `${wanted}${count}`;
  taken.add(mark);
  return mark;
}

/** The flows that are written, each with what it was. Fails with a sentence where that cannot be drawn, and for no date. */
async function flowsOf(input: ExportInput): Promise<Result<readonly One[]>> {
  const { settings = {}, others = [] } = input;
  const date = String(settings.date ?? "").trim();
  if (date !== "" && dateOf(date) === undefined) return fail(`“${date}” is no date; write it as 2026-11-21.`);
  const base = await baseOf(input);
  if (!base.ok) return base;
  const all = [{ ...input, base: base.value }, ...others];
  const isCompared = all.some((one) => one.base !== undefined) || input.isNew === true;
  return ok(
    all.map(({ flow, variant, run, diagram, view, base: old }) => ({
      of: { flow, variant, run, diagram, ...(view !== undefined && { view }) },
      old,
      isCompared,
    })),
  );
}

/** What the first flow was: another flow, or another variant of it. */
async function baseOf({ base, isNew, settings = {}, flow, draw }: ExportInput): Promise<Result<Compared>> {
  const id = String(settings.base ?? "").trim();
  if (base !== undefined || isNew === true || id === "") return ok(base);
  if (draw === undefined) return fail("The base cannot be drawn here.");
  const drawn = await draw(id);
  return drawn.ok ? ok({ ...drawn.value, flow }) : drawn;
}
