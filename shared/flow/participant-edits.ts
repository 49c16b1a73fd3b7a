import type { HopName, ParticipantId } from "../run/choice.ts";
import type { Edit } from "./edit.ts";
import type { Flow } from "./flow.ts";
import { isTold, passagesOf, rewrite } from "./passages.ts";

/** Another name for a participant, wherever the old one is written: in the figure and in all that is told. */
export function renameParticipant(flow: Flow, id: ParticipantId, name: string): Edit | undefined {
  const index = flow.scenario.participants.findIndex((one) => one.id === id);
  const before = flow.scenario.participants[index];
  if (before === undefined || before.name === name) return undefined;
  const told = passagesOf(flow)
    .filter(isTold)
    .map(({ path, text }) => ({ path, before: text, text: text.replaceAll(wholeName(before.name), () => name) }))
    .filter((passage) => passage.text !== passage.before);
  const renamed = { path: ["scenario", "participants", index, "name"], text: name };
  return { kind: "group", edits: rewrite(flow, [renamed, ...told]) };
}

/** A name where it stands for itself: "CPM Client B1" is not in "CPM Client B12". */
function wholeName(name: string): RegExp {
  const plain = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}_])${plain}(?![\\p{L}\\p{N}_])`, "gu");
}

/** A lifeline in another place: after the participant `after`, or before all when null. */
export function moveParticipant(flow: Flow, id: ParticipantId, after: ParticipantId | null): Edit | undefined {
  const { participants } = flow.scenario;
  const from = participants.findIndex((one) => one.id === id);
  const element = participants[from];
  if (element === undefined || after === id) return undefined;
  const others = participants.toSpliced(from, 1);
  const to = after === null ? 0 : others.findIndex((one) => one.id === after) + 1;
  if (to === from) return undefined;
  return {
    kind: "group",
    edits: [
      { kind: "remove", list: "participants", index: from },
      { kind: "insert", list: "participants", index: to, element },
    ],
  };
}

/** A note after the arrow of a hop, or before the figure; without lifelines it stands in the text alone. */
export function addNote(flow: Flow, at: HopName | null, over: readonly ParticipantId[], text: string): Edit {
  const element = { ...(at !== null && { at }), ...(over.length > 0 && { over: [...over] }), text };
  const index = flow.notes?.length ?? 0;
  const insert = { kind: "insert", list: "notes", index, element } as const;
  return insert;
}
