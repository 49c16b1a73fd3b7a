import { z } from "zod";
import type { HopName } from "../run/choice.ts";
import { arrowSchema, type Mark, markSchema } from "./drawn.ts";
import type { SingleEdit } from "./edit.ts";
import { type Flow, noteSchema } from "./flow.ts";

/**
 * What stands beside messages that come into a flow together, as by pasting: notes, marks and how the arrows are drawn.
 * Their places are told by these messages, by their positions, which have no names before they are there.
 */

const below = z.int().min(-1).max(10_000).describe("The message after which it stands; -1: before the first of them.");

export const besideSchema = z.strictObject({
  notes: z
    .array(z.strictObject({ below, note: noteSchema.omit({ at: true, only: true }) }))
    .max(10_000)
    .optional(),
  /** In their order. Ids are of these marks alone; where they are put they get others. */
  marks: z
    .array(z.strictObject({ below, mark: markSchema }))
    .max(10_000)
    .optional(),
  arrows: z
    .array(z.strictObject({ of: z.int().min(0).max(10_000), look: arrowSchema.omit({ at: true, only: true }) }))
    .max(10_000)
    .optional(),
});

export type Beside = z.infer<typeof besideSchema>;

/**
 * The edits that put it into a flow, after all that the flow has of its kind.
 * @param hops the messages, in their order
 * @param before the message above the first of them; null for none
 */
export function putBeside(
  flow: Flow,
  { notes = [], marks = [], arrows = [] }: Beside,
  hops: readonly HopName[],
  before: HopName | null,
): readonly SingleEdit[] {
  const place = (index: number): { readonly at?: HopName } => {
    const at = index < 0 ? before : hops[index];
    return at === null || at === undefined ? {} : { at };
  };
  const ids = freshIds(flow, marks);
  const idOf = (id: string) => ids.get(id) ?? id;
  const whole = marks.filter(({ mark }) => !("of" in mark) || ids.has(mark.of));
  const putMarks = whole.map(({ below, mark: { at: _, only: __, ...rest } }, i): SingleEdit => {
    const element = {
      ...rest,
      ...(rest.id !== undefined && { id: idOf(rest.id) }),
      ...("of" in rest && { of: idOf(rest.of) }),
      ...place(below),
    } as Mark;
    return { kind: "insert", list: "marks", index: (flow.marks?.length ?? 0) + i, element };
  });
  const putNotes = notes.map(({ below, note: { under, ...note } }, i): SingleEdit => {
    const where = under !== undefined && ids.has(under) ? { under: idOf(under) } : place(below);
    return { kind: "insert", list: "notes", index: (flow.notes?.length ?? 0) + i, element: { ...note, ...where } };
  });
  const putArrows = arrows.flatMap(({ of, look }) => {
    const at = hops[of];
    return at === undefined ? [] : [{ at, ...look }];
  });
  return [
    ...putMarks,
    ...putNotes,
    ...putArrows.map(
      (element, i): SingleEdit => ({
        kind: "insert",
        list: "arrows",
        index: (flow.arrows?.length ?? 0) + i,
        element,
      }),
    ),
  ];
}

/** New ids for marks, by those that they have. */
function freshIds(flow: Flow, marks: NonNullable<Beside["marks"]>): ReadonlyMap<string, string> {
  const taken = new Set((flow.marks ?? []).flatMap(({ id }) => id ?? []));
  const ids = new Map<string, string>();
  for (const {
    mark: { id, kind },
  } of marks) {
    if (id === undefined) continue;
    let n = 1;
    while (taken.has(`${kind}${n}`)) n++;
    taken.add(`${kind}${n}`);
    ids.set(id, `${kind}${n}`);
  }
  return ids;
}

/** The participants on whose lifelines something of it stands. */
export function standingOn({ notes = [], marks = [] }: Beside): readonly string[] {
  const ofMarks = marks.flatMap(({ mark }) =>
    "on" in mark ? [mark.on] : mark.kind === "fragment" ? (mark.over ?? []) : [],
  );
  return [...new Set([...notes.flatMap(({ note }) => note.over ?? []), ...ofMarks])];
}

/** The same on other lifelines. */
export function standingElsewhere(beside: Beside, to: (participant: string) => string): Beside {
  const { notes, marks, arrows } = beside;
  return {
    ...(notes && {
      notes: notes.map(({ below, note }) => ({
        below,
        note: note.over === undefined ? note : { ...note, over: note.over.map(to) },
      })),
    }),
    ...(marks && { marks: marks.map(({ below, mark }) => ({ below, mark: markElsewhere(mark, to) })) }),
    ...(arrows && { arrows }),
  };
}

function markElsewhere(mark: Mark, to: (participant: string) => string): Mark {
  if ("on" in mark) return { ...mark, on: to(mark.on) };
  if (mark.kind !== "fragment") return mark;
  const { over, refers } = mark;
  const participants = refers?.participants?.map((one) => ({ ...one, here: to(one.here) }));
  return {
    ...mark,
    ...(over && { over: over.map(to) }),
    ...(refers && participants && { refers: { ...refers, participants } }),
  };
}
