import { z } from "zod";
import { choiceSchema, hopName } from "../run/choice.ts";
import { arrowSchema, boxSchema, markSchema, only, shape, untold } from "./drawn.ts";
import { colour, id, line, text } from "./scalars.ts";

/**
 * The flow document, format `callflow` version 1: a scenario, scripts of choices, and what people wrote about them.
 * It says what happens and in which order, never where on the page: it holds no coordinates and no computed message.
 */

export const FORMAT = "callflow";
export const VERSION = 1;

const media = z.array(z.string().min(1).max(80)).max(20).describe("Media Stream Types, e.g. messages, audio, video.");

const common = {
  id,
  name: line.describe("The name as the change request writes it."),
  domain: id.optional().describe("The network the participant belongs to, usually its letter."),
  shape: shape.optional(),
  colour: colour.optional(),
};

export const roles = ["client", "core", "participatingFunction", "controllingFunction", "other"] as const;

export const participantSchema = z.discriminatedUnion("role", [
  z.strictObject({
    ...common,
    role: z.literal("client"),
    user: id.describe("The user whose device this is."),
    media: media.optional().describe("Media Stream Types the client supports; all when absent."),
    registered: z.boolean().optional().describe("Default true."),
    reachable: z.boolean().optional().describe("Default true; false: registered, but nothing arrives."),
    busy: z.boolean().optional().describe("Default false; true: answers an invitation with the busy code."),
    answer: z
      .enum(["user", "auto"])
      .optional()
      .describe("user (default): rings until its user acts; auto: accepts without ringing."),
  }),
  z.strictObject({ ...common, role: z.literal("core") }),
  z.strictObject({ ...common, role: z.literal("participatingFunction") }),
  z.strictObject({ ...common, role: z.literal("controllingFunction") }),
  z.strictObject({
    ...common,
    role: z.literal("other"),
    drawnAs: z
      .enum(["client", "core", "participatingFunction", "controllingFunction"])
      .optional()
      .describe("The role it has in the figure: it is coloured and judged by it, but no rule acts for it."),
  }),
]);

const preferenceSchema = z.strictObject({
  media: z
    .string()
    .min(1)
    .max(80)
    .optional()
    .describe("The preference holds for invitations that offer this; for all when absent."),
  clients: z.array(id).max(100).describe("Deliver to these clients only."),
});

export const userSchema = z.strictObject({
  id,
  name: line.optional(),
  address: line.optional().describe("The CPM Address; made from id and domain when absent."),
  domain: id,
  preferences: z.array(preferenceSchema).max(100).optional(),
});

const policySchema = z.strictObject({
  domain: id.describe("The network whose provider sets the policy."),
  media: z
    .string()
    .min(1)
    .max(80)
    .optional()
    .describe("The policy holds for invitations that offer this; for all when absent."),
  clients: z.array(id).max(1000).describe("Do not deliver to these clients."),
  reason: line.optional(),
});

const sessionSchema = z.strictObject({
  id,
  from: id.describe("The client that invited."),
  to: id.describe("The client that accepted."),
  media: media.optional(),
});

const invitationSchema = z.strictObject({
  id,
  from: id.describe("The client or controlling function that invites."),
  focus: id.optional().describe("The controlling function asked to invite; absent for a 1-1 session."),
  to: z
    .array(
      z.strictObject({
        user: id,
        replaces: id.optional().describe("The session that this one replaces: a given one, or that of an invitation."),
      }),
    )
    .min(1)
    .max(10_000),
  media: media.optional(),
  group: line.optional().describe("Name of the CPM Pre-defined Group."),
});

const transferSchema = z.strictObject({
  id,
  session: id.describe("A given session, or that of an invitation."),
  from: id.describe("The transferor client."),
  to: id.describe("The transfer target client."),
  requestedBy: z
    .enum(["transferor", "target"])
    .optional()
    .describe("Who asks for it. Default transferor; target: the device fetches the session."),
  allowed: z.boolean().optional().describe("Default true; false: the provider does not let this transferor transfer."),
});

const chatSchema = z.strictObject({ id, session: id, from: id, text: line });

export const optionsSchema = z.strictObject({
  forking: z
    .enum(["coreForksServerCancels", "coreForksCoreCancels", "serverForks"])
    .optional()
    .describe(
      "Who forks an invitation to several clients and who cancels the losing ones. Default coreForksServerCancels.",
    ),
  participatingFunction: z.enum(["b2bua", "proxy"]).optional().describe("Default b2bua."),
  release: z.enum(["endToEnd", "hopByHop"]).optional().describe("Who answers a release. Default endToEnd."),
  declineCode: z.int().min(400).max(699).optional().describe("Default 486: this device only. 603: all devices."),
  busyCode: z.int().min(400).max(699).optional().describe("Default 486."),
  ringTimeoutCode: z.int().min(400).max(699).optional().describe("Default 480."),
  noAnswerCode: z.int().min(400).max(699).optional().describe("Default 408."),
  unreachableCode: z
    .int()
    .min(400)
    .max(699)
    .optional()
    .describe("Default 408 (RFC 3261); RFC 3665 §3.10 has 480. What is answered when no device sends anything at all."),
  focusKeeps: z.enum(["oneDevice", "manyDevices"]).optional().describe("Default oneDevice."),
  transferMediaPath: z.enum(["serverInPath", "serverNotInPath"]).optional().describe("Default serverInPath."),
  trying: z.boolean().optional().describe("Elements answer an invitation they pass on with 100. Default false."),
  challenge: z
    .array(id)
    .max(100)
    .optional()
    .describe("Cores that challenge a first invitation of their own clients with 407."),
});

export const scenarioSchema = z.strictObject({
  participants: z.array(participantSchema).max(20_000),
  users: z.array(userSchema).max(20_000).optional(),
  policies: z.array(policySchema).max(1000).optional(),
  sessions: z.array(sessionSchema).max(1000).optional().describe("Sessions that are up before step 1."),
  invitations: z.array(invitationSchema).max(1000).optional(),
  transfers: z.array(transferSchema).max(1000).optional(),
  chats: z.array(chatSchema).max(10_000).optional(),
  options: optionsSchema.optional(),
  timers: z
    .record(z.string().max(80), z.number().min(0).max(1_000_000))
    .optional()
    .describe("Nominal durations in seconds."),
  rules: z
    .strictObject({ off: z.array(z.string().max(80)).max(1000).optional() })
    .optional()
    .describe("Rules switched off in this scenario."),
});

export const variantSchema = z.strictObject({
  id,
  title: line,
  description: text.optional(),
  branch: z
    .strictObject({
      from: id,
      keep: z.int().min(0).describe("How many choices of the parent's whole script are kept."),
    })
    .optional()
    .describe("Where the variant leaves its parent; absent for the main variant."),
  untold,
  script: z.array(choiceSchema).max(200_000),
});

const hop = hopName.describe("A hop: edge, message and count, e.g. clientB1>coreB ALERTING#1.");

const proseSchema = z.strictObject({
  at: hop.describe("The paragraph starts with the step that carries this hop."),
  to: hop.optional().describe("It ends with the step that carries this hop; the same step when absent."),
  only,
  text,
});

export const noteSchema = z.strictObject({
  at: hop.optional().describe("The note follows the step that carries this hop; absent: before the figure."),
  under: id.optional().describe("The note follows this mark instead of a step."),
  only,
  over: z.array(id).min(1).max(100).optional().describe("Lifelines the note is drawn over; absent: in the text only."),
  side: z.enum(["left", "right"]).optional().describe("Beside its lifeline instead of over it."),
  colour: colour.optional(),
  numbered: z.boolean().optional().describe("Default true: NOTE 1, NOTE 2. false: NOTE."),
  text,
});

const requirementSchema = z.strictObject({
  id: line,
  level: z.enum(["SHALL", "SHALL NOT", "MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY"]),
  text,
  release: line.optional(),
  steps: z.array(hop).max(1000).optional().describe("The hops that carry the requirement."),
});

export const levels = ["cpm", "sip"] as const;
/** What a message is for; a view chooses which of these it shows. */
export const messageClasses = [
  "cpm",
  "acknowledgement",
  "confirmation",
  "answer",
  "terminated",
  "trying",
  "inner",
  "media",
] as const;

export const viewSchema = z.strictObject({
  level: z.enum(levels).optional().describe("Default cpm."),
  hide: z.array(z.string().max(80)).max(1000).optional().describe("Roles or participant ids that are not drawn."),
  relays: z
    .enum(["each", "local", "all"])
    .optional()
    .describe(
      "each: every hop is an arrow; local (default): a message that stays within one network is one arrow; all: every relayed message is one arrow.",
    ),
  show: z.array(z.enum(messageClasses)).optional().describe("Message classes shown at CPM level."),
  milestones: z.array(z.string().max(80)).max(100).optional().describe("States that are numbered steps of their own."),
  numbering: z
    .strictObject({
      start: z.int().min(0).max(1_000_000).optional(),
      range: z.enum(["n – m.", "n-m."]).optional().describe("How a range is written. Default n – m."),
      sub: z.enum(["7.1", "7a"]).optional().describe("How sub-numbers are written. Default 7.1."),
    })
    .optional(),
});

const changeSchema = z.strictObject({
  title: line.describe("What is to be done, without the “Change 1:” before it."),
  shows: z
    .enum(["flow", "definitions", "nothing"])
    .optional()
    .describe("What follows the title: the flow’s section (default), its definitions, or the text alone."),
  text: text.optional().describe("What stands between the title and what follows."),
});

/** The sections of a change request for the flow; what is absent is not said, or “None”. */
export const changeRequestSchema = z.strictObject({
  reason: z
    .enum(["points", "requirements"])
    .optional()
    .describe("points (default): the reason in five points; requirements: the flow’s requirements as rows of a table."),
  justification: text.optional(),
  clauses: text.optional().describe("Clauses affected; the flow’s clause when absent."),
  summary: text.optional(),
  consequence: text.optional().describe("Consequence if not approved."),
  revision: text.optional().describe("Reason for revision."),
  compatibility: text.optional().describe("Impact on backward compatibility; “None” when absent."),
  otherSpecifications: text.optional().describe("Impact on other specifications; “None” when absent."),
  recommendation: text.optional(),
  changes: z
    .array(changeSchema)
    .max(200)
    .optional()
    .describe("The items of the detailed proposal; made of definitions and flow when absent."),
});

export const flowSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  title: line,
  clause: line.optional(),
  figure: line.optional().describe("The caption of the figure."),
  introduction: text.optional(),
  source: line.optional().describe("Where the flow is published."),
  scenario: scenarioSchema,
  variants: z.array(variantSchema).min(1).max(10_000).describe("The first is the main variant."),
  prose: z.array(proseSchema).max(100_000).optional(),
  notes: z.array(noteSchema).max(100_000).optional(),
  arrows: z.array(arrowSchema).max(100_000).optional().describe("How single arrows are drawn."),
  marks: z.array(markSchema).max(100_000).optional().describe("What stands between the arrows, in its order."),
  boxes: z.array(boxSchema).max(1000).optional().describe("Frames around participants."),
  definitions: z
    .array(z.strictObject({ term: line, text }))
    .max(1000)
    .optional(),
  requirements: z.array(requirementSchema).max(10_000).optional(),
  changeRequest: changeRequestSchema.optional(),
  view: viewSchema.optional(),
});

export type Flow = z.infer<typeof flowSchema>;
export type Scenario = z.infer<typeof scenarioSchema>;
export type Participant = z.infer<typeof participantSchema>;
export type Client = Extract<Participant, { role: "client" }>;
export type Role = (typeof roles)[number];

/** The role in which a participant is shown and judged: that of one for which nothing is computed is what it is drawn as. */
export const shownRole = (participant: Participant): Role =>
  participant.role === "other" ? (participant.drawnAs ?? "other") : participant.role;

export type User = z.infer<typeof userSchema>;
export type Variant = z.infer<typeof variantSchema>;
export type View = z.infer<typeof viewSchema>;
export type Options = Required<z.infer<typeof optionsSchema>>;
export type Level = (typeof levels)[number];
export type MessageClass = (typeof messageClasses)[number];
