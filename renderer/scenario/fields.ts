import type { Flow } from "../../shared/flow/flow.ts";

/** Forms as data: of what a thing of the scenario consists, each field with the sentence that explains it. */

export interface Pick {
  readonly value: string;
  readonly text: string;
}

/** How a field is filled in. `absent` says what holds where the document says nothing. */
export type Input =
  | { readonly kind: "line"; readonly absent?: string; readonly needed?: true }
  | { readonly kind: "text" }
  /** A word, with those proposed that the flow has already. */
  | { readonly kind: "word"; readonly words: (flow: Flow) => readonly string[]; readonly absent?: string }
  | { readonly kind: "code"; readonly absent: number }
  | { readonly kind: "switch"; readonly absent: boolean }
  | { readonly kind: "one"; readonly picks: (flow: Flow) => readonly Pick[]; readonly absent?: string }
  | { readonly kind: "several"; readonly picks: (flow: Flow) => readonly Pick[]; readonly absent: string }
  | {
      readonly kind: "list";
      readonly one: string;
      readonly fields: readonly Field[];
      readonly make: (flow: Flow) => Thing | undefined;
      /** At least one has to stay. */
      readonly needed?: true;
    };

export interface Field {
  readonly key: string;
  readonly label: string;
  /** One sentence: what it is for. */
  readonly says: string;
  readonly input: Input;
}

/** A thing of the document, as a form sees it. */
export type Thing = Readonly<Record<string, unknown>>;

/** A thing with a field changed; undefined takes the field away, and so does what holds anyway. */
export function withField(thing: Thing, { key, input }: Field, value: unknown): Thing {
  const { [key]: before, ...others } = thing;
  const idle = value === undefined || ("absent" in input && value === input.absent && typeof value !== "string");
  const empty = value === "" || (Array.isArray(value) && value.length === 0);
  if (idle || (empty && input.kind !== "text")) return key in thing ? others : thing;
  return before === value ? thing : { ...thing, [key]: value };
}

export const byRole =
  (...roles: readonly string[]) =>
  ({ scenario }: Flow): readonly Pick[] =>
    scenario.participants.filter(({ role }) => roles.includes(role)).map(({ id, name }) => ({ value: id, text: name }));

export const everyone = ({ scenario }: Flow): readonly Pick[] =>
  scenario.participants.map(({ id, name }) => ({ value: id, text: name }));
export const clients = byRole("client");
export const controllingFunctions = byRole("controllingFunction");
export const inviters = byRole("client", "controllingFunction");
export const users = ({ scenario }: Flow): readonly Pick[] =>
  (scenario.users ?? []).map(({ id, name }) => ({ value: id, text: name ?? id }));

const nameOf = ({ scenario }: Flow, id: string) => scenario.participants.find((one) => one.id === id)?.name ?? id;

export const givenSessions = (flow: Flow): readonly Pick[] =>
  (flow.scenario.sessions ?? []).map(({ id, from, to }) => ({
    value: id,
    text: `${id} (${nameOf(flow, from)} and ${nameOf(flow, to)})`,
  }));
export const invitations = (flow: Flow): readonly Pick[] =>
  (flow.scenario.invitations ?? []).map(({ id, from }) => ({ value: id, text: `${id} (by ${nameOf(flow, from)})` }));
export const sessions = (flow: Flow): readonly Pick[] => [...givenSessions(flow), ...invitations(flow)];
export const subjects = (flow: Flow): readonly Pick[] => [
  ...sessions(flow),
  ...(flow.scenario.transfers ?? []).map(({ id, to }) => ({ value: id, text: `${id} (to ${nameOf(flow, to)})` })),
  ...(flow.scenario.chats ?? []).map(({ id, text }) => ({ value: id, text: `${id} (“${text}”)` })),
];

/** Media Stream Types: the usual ones and those that the flow has. */
export function mediaWords({ scenario }: Flow): readonly string[] {
  const { invitations: invited = [], sessions: given = [], participants } = scenario;
  const used = [...invited, ...given].flatMap(({ media }) => media ?? []);
  const supported = participants.flatMap((one) => (one.role === "client" ? (one.media ?? []) : []));
  return [...new Set(["messages", "audio", "video", "files", ...used, ...supported])];
}
