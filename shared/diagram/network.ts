import type { Scenario } from "../flow/flow.ts";
import type { ParticipantId } from "../run/choice.ts";
import type { Hop, Message, Run } from "../run/run.ts";
import type { Diagram, End, Lifeline, Step } from "./diagram.ts";
import { stepsOf } from "./steps-of.ts";

/**
 * A diagram seen as a network: who is there, grouped by network, who exchanges messages with whom, the way of each step,
 * and between whom media flows and when. No geometry.
 */
export interface Network {
  readonly groups: readonly NetworkGroup[];
  readonly links: readonly Link[];
  /** By step index: the participants passed, from sender to receiver. One for a state, none where no lifeline is touched. */
  readonly routes: readonly (readonly ParticipantId[])[];
  readonly media: readonly MediaPath[];
}

/** The participants of one network in order of appearance; those that belong to none stand together. */
export interface NetworkGroup {
  readonly domain?: string;
  readonly members: readonly Lifeline[];
}

/** Two participants that exchange messages. */
export interface Link {
  readonly id: string;
  readonly a: ParticipantId;
  readonly b: ParticipantId;
}

/** Media between two ends of a session. */
export interface MediaPath {
  readonly id: string;
  readonly a: ParticipantId;
  readonly b: ParticipantId;
  readonly session?: string;
  /** The player's position from which it is up: so many steps are done. 0 for a session that is given. */
  readonly from: number;
  /** The position at which it has ended; absent while it stays up. */
  readonly until?: number;
}

/**
 * The network of a diagram. Hidden participants are left out. Media is up between the two ends of a dialog (RFC 3261
 * §12) from the arrival of the ACK of its 2xx until a BYE arrives at the other end; a given session from the start.
 */
export function networkOf(scenario: Scenario, run: Run, diagram: Diagram): Network {
  const shown = new Set(diagram.lifelines.map(({ id }) => id));
  const steps = stepsOf(diagram);
  const routes = steps.map((step) => routeOf(step, shown));
  return {
    groups: groupsOf(diagram.lifelines),
    links: linksOf(routes),
    routes,
    media: mediaOf(scenario, run, steps).filter(({ a, b }) => shown.has(a) && shown.has(b)),
  };
}

/** Whether a media path is up at a position of the player. */
export function isUp({ from, until }: MediaPath, position: number): boolean {
  return position >= from && (until === undefined || position < until);
}

/** The media paths by the pair of participants they connect, whichever of the two invited. */
export function mediaByPair(media: readonly MediaPath[]): ReadonlyMap<string, readonly MediaPath[]> {
  const pairs = new Map<string, MediaPath[]>();
  for (const path of media) {
    const id = linkId(path.a, path.b);
    const paths = pairs.get(id);
    if (paths === undefined) pairs.set(id, [path]);
    else paths.push(path);
  }
  return pairs;
}

/** The id of the link between two participants, whichever way a message goes. */
export function linkId(a: ParticipantId, b: ParticipantId): string {
  return a < b ? `${a}|${b}` : `${b}|${a}`;
}

function groupsOf(lifelines: readonly Lifeline[]): readonly NetworkGroup[] {
  const groups = new Map<string | undefined, Lifeline[]>();
  for (const lifeline of lifelines) {
    const members = groups.get(lifeline.domain);
    if (members === undefined) groups.set(lifeline.domain, [lifeline]);
    else members.push(lifeline);
  }
  return [...groups].map(([domain, members]) => (domain === undefined ? { members } : { domain, members }));
}

function routeOf({ from, to, through, state }: Step, shown: ReadonlySet<ParticipantId>): readonly ParticipantId[] {
  const on = (end: End) => (end.kind === "lifeline" ? [end.id] : []);
  return state === true ? on(from) : [...on(from), ...through.filter((id) => shown.has(id)), ...on(to)];
}

function linksOf(routes: Network["routes"]): readonly Link[] {
  const links = new Map<string, Link>();
  for (const route of routes)
    for (let i = 1; i < route.length; i++) {
      const a = route[i - 1] ?? "";
      const b = route[i] ?? "";
      const id = linkId(a, b);
      if (a !== b && !links.has(id)) links.set(id, { id, a, b });
    }
  return [...links.values()];
}

/** A dialog by its Call-ID and the tags of its ends; the same whichever end a request comes from. */
function dialogKey({ call, from, to }: Message): string | undefined {
  if (call === undefined || from?.tag === undefined || to?.tag === undefined) return undefined;
  return JSON.stringify([call, ...[from.tag, to.tag].sort()]);
}

interface Dialog {
  readonly a: ParticipantId;
  readonly b: ParticipantId;
  readonly session?: string;
  readonly given: boolean;
  from?: number;
  until?: number;
}

const isInDialog = ({ method, status }: Message): boolean =>
  status === undefined && (method === "BYE" || method === "SEND" || method === "ACK");

function mediaOf(scenario: Scenario, run: Run, steps: readonly Step[]): readonly MediaPath[] {
  const ids = new Set(scenario.participants.map(({ id }) => id));
  const dialogs = new Map<string, Dialog>();
  for (const hop of run.hops) noteDialog(dialogs, hop, ids, scenario);
  // A given session of which no message tells more goes from device to device.
  for (const { id, from, to } of scenario.sessions ?? [])
    if (![...dialogs.values()].some((dialog) => dialog.given && dialog.session === id))
      dialogs.set(`given ${id}`, { a: from, b: to, session: id, given: true });
  const positionAt = positionsByTurn(steps);
  const paths: MediaPath[] = [];
  for (const [id, { a, b, session, given, from, until }] of dialogs) {
    if (!given && from === undefined) continue;
    paths.push({
      id,
      a,
      b,
      session,
      from: given || from === undefined ? 0 : positionAt(from),
      ...(until === undefined ? undefined : { until: positionAt(until) }),
    });
  }
  return paths;
}

function noteDialog(
  dialogs: Map<string, Dialog>,
  { message, to, received }: Hop,
  ids: ReadonlySet<string>,
  scenario: Scenario,
): void {
  const key = dialogKey(message);
  if (key === undefined || received === undefined) return;
  const [near, far] = [message.from?.tag ?? "", message.to?.tag ?? ""];
  let dialog = dialogs.get(key);
  if (dialog === undefined && ids.has(near) && ids.has(far)) {
    const accepted = message.method === "INVITE" && message.status !== undefined && message.status < 300;
    const given = isInDialog(message) && scenario.sessions?.some(({ id }) => id === message.session) === true;
    if ((accepted && message.status >= 200) || given) {
      dialog = { a: near, b: far, session: message.session, given };
      dialogs.set(key, dialog);
    }
  }
  if (dialog === undefined || message.status !== undefined || to !== far) return;
  if (message.method === "ACK" && message.acknowledges === undefined) dialog.from ??= received;
  if (message.method === "BYE") dialog.until ??= received;
}

/** How many steps are done once all that arrived up to a turn is drawn. Looked up for every turn once. */
function positionsByTurn(steps: readonly Step[]): (turn: number) => number {
  const positions: number[] = [];
  let last = 0;
  for (const { received } of steps) last = Math.max(last, received);
  for (let turn = 0; turn <= last; turn++) positions.push(0);
  for (const { index, received } of steps) positions[received] = Math.max(positions[received] ?? 0, index + 1);
  for (let turn = 1; turn <= last; turn++) positions[turn] = Math.max(positions[turn] ?? 0, positions[turn - 1] ?? 0);
  return (turn) => positions[Math.min(turn, last)] ?? 0;
}
