import type { Participant, Scenario } from "../../shared/flow/flow.ts";
import type { Freedom, FreedomKind } from "../../shared/run/exploration.ts";

/** The freedoms of an exploration as a person chooses them. Pure. */

/** A kind of freedom in a person's words, and the participants it may be confined to. */
export interface KindOffer {
  readonly kind: FreedomKind;
  readonly title: string;
  readonly says: string;
  readonly places: readonly Pick<Participant, "id" | "name">[];
  /** What its numbers mean, where it takes some. */
  readonly numbers?: { readonly title: string; readonly says: string; readonly several: boolean };
}

export interface OfferGroup {
  readonly title: string;
  readonly offers: readonly KindOffer[];
}

/** What is chosen of one kind. Empty `where`: everybody. */
export interface Chosen {
  readonly where: readonly string[];
  /** As written: status codes, or how many messages. */
  readonly numbers: string;
}

export type Choices = Readonly<Partial<Record<FreedomKind, Chosen>>>;

export const usualChoices: Choices = {
  accept: { where: [], numbers: "" },
  decline: { where: [], numbers: "" },
  silent: { where: [], numbers: "" },
  order: { where: [], numbers: "" },
};

const codes = { title: "Codes", says: "e.g. 486, 603; empty: the flow's own", several: true };

/** What may be left free in a scenario, grouped; kinds that concern nobody in it are left out. */
export function offersOf(scenario: Scenario): readonly OfferGroup[] {
  const { participants, invitations = [], transfers = [], sessions = [], chats = [] } = scenario;
  const clients = participants.filter(({ role }) => role === "client");
  const functions = participants.filter(({ role }) => /Function$/.test(role));
  const having = (ids: readonly string[]) => participants.filter(({ id }) => ids.includes(id));
  const inviting = having(invitations.map(({ from }) => from));
  const transferring = having(transfers.map(({ from }) => from));
  const talking = sessions.length + invitations.length + chats.length > 0 ? [...clients, ...inviting] : [];
  const offer = (
    kind: FreedomKind,
    title: string,
    says: string,
    places: KindOffer["places"],
    numbers?: KindOffer["numbers"],
  ): KindOffer => ({
    kind,
    title,
    says,
    places: [...new Set(places)],
    ...(numbers === undefined ? undefined : { numbers }),
  });
  const groups: readonly OfferGroup[] = [
    {
      title: "People",
      offers: [
        offer("accept", "Accept", "A device that rings may be answered.", clients),
        offer("decline", "Decline", "A device that rings may be turned down.", clients, codes),
        offer("silent", "Stay silent", "Nobody answers, and the time to answer runs out.", clients),
        offer("invite", "Invite", "The invitation is sent, or never.", inviting),
        offer("cancel", "Give up", "Who invites takes the invitation back before it is answered.", inviting),
        offer("end", "End the session", "Who is in a session leaves it.", talking),
        offer(
          "send",
          "Send a message",
          "A message of a chat is sent, or never.",
          having(chats.map(({ from }) => from)),
        ),
        offer("transfer", "Transfer", "The transfer is asked for, or never.", transferring),
        offer("refuse", "Operator refuses", "A function does not let an invitation or transfer through.", functions),
      ],
    },
    {
      title: "Network and clocks",
      offers: [
        offer("order", "Any order", "Messages, devices and people go in any order, so that they cross.", participants),
        offer("overtake", "Overtaking", "With any order: messages on one way may overtake each other.", participants),
        offer("loss", "Loss", "Messages get lost on their way.", participants, {
          title: "At most",
          says: "messages of a run; 1 when empty",
          several: false,
        }),
        offer("timers", "Timers", "Timers run out at any moment, not only when nothing else is left.", participants),
      ],
    },
  ];
  return groups
    .map(({ title, offers }) => ({ title, offers: offers.filter(({ places }) => places.length > 0) }))
    .filter(({ offers }) => offers.length > 0);
}

/** The freedoms that are chosen, of those offered. A kind with several codes is several freedoms. */
export function freedomsOf(choices: Choices, groups: readonly OfferGroup[]): readonly Freedom[] {
  return groups.flatMap(({ offers }) =>
    offers.flatMap(({ kind, numbers, places }): readonly Freedom[] => {
      const chosen = choices[kind];
      if (chosen === undefined) return [];
      const where = chosen.where.filter((id) => places.some((place) => place.id === id));
      const given = numbers === undefined ? [] : (chosen.numbers.match(/\d{1,9}/g) ?? []);
      if (given.length === 0) return [{ kind, where }];
      return given
        .slice(0, numbers?.several === true ? 20 : 1)
        .map((digits) => ({ kind, where, number: Number(digits) }));
    }),
  );
}

/** The choices that give these freedoms: what was asked before, to be asked again. */
export function choicesOf(freedoms: readonly Freedom[]): Choices {
  const choices: Partial<Record<FreedomKind, Chosen>> = {};
  for (const { kind, where, number } of freedoms) {
    const known = choices[kind]?.numbers ?? "";
    const numbers = number === undefined ? known : known === "" ? String(number) : `${known}, ${number}`;
    choices[kind] = { where, numbers };
  }
  return choices;
}

/** What is free in a few words: "Accept, Decline with 486, Any order". */
export function choicesText(choices: Choices, groups: readonly OfferGroup[]): string {
  const words = groups.flatMap(({ offers }) =>
    offers.flatMap(({ kind, title, places }) => {
      const chosen = choices[kind];
      if (chosen === undefined) return [];
      const names = places.filter(({ id }) => chosen.where.includes(id)).map(({ name }) => name);
      const where =
        names.length === 0
          ? ""
          : names.length <= 2
            ? ` (${names.join(", ")})`
            : ` (${names.length} of ${places.length})`;
      return [`${title}${chosen.numbers.trim() === "" ? "" : ` ${chosen.numbers.trim()}`}${where}`];
    }),
  );
  return words.length === 0 ? "nothing" : words.join(", ");
}
