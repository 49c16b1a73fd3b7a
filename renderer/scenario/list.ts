import type { ListName } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { networksOf } from "../../shared/flow/scenario/participants.ts";
import { clients, everyone, type Field, mediaWords, type Thing, users } from "./fields.ts";

/** Of what a list of the document consists, as a form sees it, and the fields that several lists have. */

export interface List {
  readonly list: Exclude<ListName, "script">;
  readonly title: string;
  /** One of it, as in "Add a policy". */
  readonly one: string;
  readonly says: string;
  readonly fields: readonly Field[];
  /** A new one; undefined while the flow lacks what it needs: `lacks` says what. */
  readonly make: (flow: Flow) => Thing | undefined;
  readonly lacks?: string;
  /** How it is called in the list. */
  readonly name: (thing: Thing, flow: Flow) => string;
  readonly detail?: (thing: Thing, flow: Flow) => string;
}

export const word = (value: unknown) => (typeof value === "string" ? value : "");
export const named = (flow: Flow, id: unknown) =>
  [...everyone(flow), ...users(flow)].find(({ value }) => value === id)?.text ?? word(id);
export const joined = (value: unknown) => (Array.isArray(value) ? value.join(", ") : "");

/** An id that none of the list has: `session`, `session2`. */
export function freshId(stem: string, taken: readonly { readonly id: string }[] = []): string {
  const ids = new Set(taken.map(({ id }) => id));
  for (let number = 1; ; number++) {
    const id = `${stem}${number === 1 ? "" : number}`;
    if (!ids.has(id)) return id;
  }
}

/** What a stimulus may be about has an id that none of the others has. */
export function freshSubject(stem: string, { scenario }: Flow): string {
  const { sessions: given = [], invitations: invited = [], transfers = [], chats = [] } = scenario;
  return freshId(stem, [...given, ...invited, ...transfers, ...chats]);
}

export const media = (says: string, absent: string): Field => ({
  key: "media",
  label: "Media Stream Types",
  says,
  input: { kind: "several", picks: (flow) => mediaWords(flow).map((value) => ({ value, text: value })), absent },
});
export const offered: Field = {
  key: "media",
  label: "For invitations that offer",
  says: "The Media Stream Type it is about.",
  input: { kind: "word", words: mediaWords, absent: "anything" },
};
export const devices = (label: string, says: string): Field => ({
  key: "clients",
  label,
  says,
  input: { kind: "several", picks: clients, absent: "none" },
});
export const network = (says: string): Field => ({
  key: "domain",
  label: "Network",
  says,
  input: { kind: "word", words: networksOf },
});
