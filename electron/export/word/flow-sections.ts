import type { Room } from "../../../shared/diagram/pages.ts";
import type { View } from "../../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../../shared/flow/result.ts";
import type { ExportInput } from "../formats.ts";
import type { Block } from "./blocks.ts";
import type { WrittenSection } from "./document.ts";
import { type DrawnFlow, flowSection, keysOfBase, markOf, type SectionOptions } from "./flow-section.ts";
import { type HostDocument, lyingRoomIn, roomIn } from "./host-document.ts";
import { liesBetter, picturesOf } from "./pictures.ts";
import { dateOf } from "./settings.ts";

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

/**
 * A section for each flow of an export, with what it was where there is a base.
 * Fails with a sentence for settings that do not fit, and as the drawing of figures does.
 */
export async function flowSections(
  input: ExportInput,
  host: HostDocument,
  options: SectionsOptions = {},
): Promise<Result<FlowSections>> {
  const wrong = wrongSetting(input);
  if (wrong !== undefined) return fail(wrong);
  const base = await baseOf(input);
  if (!base.ok) return base;
  const [standing, lyingRoom] = [underCaption(roomIn(host)), underCaption(lyingRoomIn(host))];
  const sections: FlowSection[] = [];
  const remarks = new Set<string>();
  const marks = new Set<string>();
  const { others = [], scene: _, ...first } = input;
  for (const [i, one] of [{ ...first, ...input }, ...others].entries()) {
    const { mark, figureNumber } = options.known?.[i] ?? { mark: freeMark(markOf(one), marks), figureNumber: i + 1 };
    const blocksOf = async (drawn: DrawnFlow, keyOf?: SectionOptions["keyOf"]): Promise<Result<readonly Block[]>> => {
      const lies = base.value === undefined && lyingRoom && liesBetter({ ...first, ...drawn }, standing, lyingRoom);
      const pictures = await picturesOf({ ...first, ...drawn }, lies ? lyingRoom : standing);
      if (!pictures.ok) return pictures;
      for (const remark of pictures.value.remarks) remarks.add(remark);
      const own = {
        mark,
        figureNumber,
        pictures: pictures.value.pictures,
        ...(lies && { lying: i === 0 && options.startsDocument ? ("start" as const) : ("within" as const) }),
        ...(keyOf !== undefined && { keyOf }),
      };
      return ok(flowSection(drawn, { ...options, ...own }));
    };
    const drawn: DrawnFlow = { flow: one.flow, variant: one.variant, run: one.run, diagram: one.diagram };
    const blocks = await blocksOf(drawn);
    if (!blocks.ok) return blocks;
    const old = i > 0 || base.value === undefined ? undefined : base.value;
    const before = old === undefined ? undefined : await blocksOf(old, keysOfBase(old, drawn));
    if (before !== undefined && !before.ok) return before;
    sections.push({
      of: { ...drawn, ...(one.view !== undefined && { view: one.view }) },
      bookmark: `Callflow_${mark}`,
      mark,
      blocks: blocks.value,
      ...(before !== undefined && { base: before.value }),
      ...(old !== undefined && { baseOf: old }),
    });
  }
  return ok({ sections, remarks: [...remarks] });
}

function freeMark(wanted: string, taken: Set<string>): string {
  let mark = wanted;
  for (let count = 2; taken.has(mark); count++) mark = `${wanted}${count}`;
  taken.add(mark);
  return mark;
}

function wrongSetting({ settings = {}, others = [], base }: ExportInput): string | undefined {
  const date = String(settings.date ?? "").trim();
  if (date !== "" && dateOf(date) === undefined) return `“${date}” is no date; write it as 2026-11-21.`;
  const hasBase = base !== undefined || String(settings.base ?? "") !== "";
  if (hasBase && others.length > 0)
    return "A base is compared with one flow; write the other flows into a document of their own.";
  return undefined;
}

/** What the flow was: another flow, or another variant of it. */
async function baseOf({ base, settings = {}, flow, draw }: ExportInput): Promise<Result<DrawnFlow | undefined>> {
  const id = String(settings.base ?? "").trim();
  if (base !== undefined || id === "") return ok(base);
  if (draw === undefined) return fail("The base cannot be drawn here.");
  const drawn = await draw(id);
  return drawn.ok ? ok({ ...drawn.value, flow }) : drawn;
}
