import type { ParticipantId } from "../../../shared/run/choice.ts";
import type { Message } from "../../../shared/run/run.ts";
import type { Topology } from "../topology.ts";
import type { InFlight } from "../world.ts";

/**
 * What has become of the requests of one participant: which final response it gave to each invitation and which it got.
 * The rules forget this when it no longer matters to them; people ask for it.
 */
export type Annals = Readonly<Record<string, number>>;

export const noAnnals: Annals = {};

/** The annals after a turn in which `arrived` came and `sent` went. The first final response counts. */
export function chronicle(
  annals: Annals,
  topology: Topology,
  me: ParticipantId,
  arrived: InFlight | undefined,
  sent: readonly InFlight[],
): Annals {
  const role = topology.participants.get(me)?.role;
  if (role !== "client" && role !== "controllingFunction") return annals;
  const found: [string, number][] = [];
  const note = (key: string, status: number | undefined) => {
    if (status !== undefined && status >= 200 && annals[key] === undefined) found.push([key, status]);
  };
  if (role === "client")
    for (const { message } of sent) if (message.method === "INVITE") note(`gave ${message.call}`, message.status);
  const heard = arrived?.message;
  if (heard !== undefined && isMine(heard, me)) note(heardKey(heard), heard.status);
  if (found.length === 0) return annals;
  return Object.fromEntries([...Object.entries(annals), ...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isMine(response: Message, me: ParticipantId): boolean {
  return response.via?.length === 1 && response.via[0]?.by === me;
}

function heardKey({ method, event, call, to, status }: Message): string {
  // A challenge is no answer: the invitation is sent again with credentials.
  if (status === 401 || status === 407) return "challenged";
  if (method === "INVITE") return `got ${call} ${to?.id}`;
  return method === "REFER" ? `asked ${event}` : "other";
}
