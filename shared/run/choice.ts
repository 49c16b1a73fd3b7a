import { z } from "zod";

/**
 * A choice: what may happen next in a run (one turn). A script is a list of choices.
 *
 * The first four kinds are turns the network, a person or a clock may take; the last three are
 * *interventions* of an author, by which an edited picture stays part of the run.
 */

const participantId = z.string().min(1).max(80);
/** A hop is named by edge, message and count on that edge, e.g. `clientB1>coreB ALERTING#1`; as long as its label may be. */
export const hopName = z.string().min(3).max(2200);

/**
 * What a participant's user or operator may do. `what` names an invitation, transfer, chat or session of the scenario.
 * `refuse` is an operator's: the function does not let an invitation or transfer through that is still to reach it.
 */
export const stimuli = ["invite", "accept", "decline", "cancel", "end", "send", "transfer", "refuse"] as const;

/** An authored message: its label as drawn, and the SIP start it stands for when the author says so. */
export const authoredMessageSchema = z.strictObject({
  label: z.string().max(2000),
  /** `response` is drawn with a dashed line. */
  kind: z.enum(["request", "response", "media"]).optional(),
});

/** Taken at once; without it a person, a timer or an author waits until nothing is about to happen by itself. */
const now = z.boolean().optional();
/** The author has said that this departure from the rules is meant. */
const accepted = z.boolean().optional();

export const choiceSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("deliver"),
    hop: hopName,
    /** The hop arrives when everything else has come to rest; otherwise as soon as its turn in the script comes. */
    late: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal("stimulate"),
    participant: participantId,
    stimulus: z.enum(stimuli),
    what: z.string().min(1).max(80).optional(),
    /** Status code of a `decline`, by default the scenario's `declineCode`; of a `refuse`, by default 403. */
    code: z.int().min(400).max(699).optional(),
    now,
  }),
  z.strictObject({ kind: z.literal("expire"), participant: participantId, timer: z.string().min(1).max(240), now }),
  z.strictObject({ kind: z.literal("lose"), hop: hopName }),
  z.strictObject({
    kind: z.literal("inject"),
    from: participantId,
    to: participantId,
    message: authoredMessageSchema,
    now,
    accepted,
  }),
  z.strictObject({ kind: z.literal("withhold"), hop: hopName, accepted }),
  z.strictObject({ kind: z.literal("alter"), hop: hopName, message: authoredMessageSchema, accepted }),
]);

export type Choice = z.infer<typeof choiceSchema>;
export type Stimulus = (typeof stimuli)[number];
export type HopName = string;
export type ParticipantId = string;

/** The choice as one stable line, equal for equal choices whenever they are taken: `stimulate clientB1 accept`. Used as key and in messages to people. */
export function choiceKey(choice: Choice): string {
  switch (choice.kind) {
    case "deliver":
    case "lose":
    case "withhold":
      return `${choice.kind} ${choice.hop}`;
    case "alter":
      return `alter ${choice.hop} to ${choice.message.label}`;
    case "expire":
      return `expire ${choice.participant} ${choice.timer}`;
    case "inject":
      return `inject ${choice.from}>${choice.to} ${choice.message.label}`;
    case "stimulate": {
      const what = choice.what === undefined ? "" : ` ${choice.what}`;
      const code = choice.code === undefined ? "" : ` ${choice.code}`;
      return `stimulate ${choice.participant} ${choice.stimulus}${what}${code}`;
    }
  }
}
