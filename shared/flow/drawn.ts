import { z } from "zod";
import { hopName as hop } from "../run/choice.ts";
import { refersSchema } from "./refers.ts";
import { colour, id, line, text } from "./scalars.ts";

/**
 * What is drawn beside the messages, and how a message is drawn. It is addressed by hops and participants and holds no
 * coordinates.
 */

export const shapes = ["actor", "boundary", "control", "entity", "database", "collections", "queue"] as const;
export const shape = z.enum(shapes).describe("How the head of the lifeline is drawn; a box when absent.");

/** Ends of an arrow. The half heads lie above (`Top`) or below (`Bottom`) the line and are filled or a single stroke. */
export const arrowEnds = [
  "none",
  "filled",
  "open",
  "cross",
  "halfTop",
  "halfBottom",
  "stickTop",
  "stickBottom",
] as const;

export const only = z.array(id).min(1).max(10_000).optional().describe("Only in these variants; in all when absent.");

export const arrowSchema = z.strictObject({
  at: hop.describe("The arrow that carries this hop."),
  only,
  line: z.enum(["solid", "dashed"]).optional().describe("As the message's kind says when absent."),
  head: z.enum(arrowEnds).optional().describe("Default filled."),
  tail: z.enum(arrowEnds).optional().describe("Default none."),
  dots: z.enum(["from", "to", "both"]).optional().describe("Ends with a dot on the lifeline."),
  ends: z
    .enum(["found", "lost"])
    .optional()
    .describe("found: it comes from outside the figure; lost: it goes out of the figure."),
  state: z
    .boolean()
    .optional()
    .describe("Default false; true: a participant's message to itself is drawn as a state that it is in."),
  slanted: z.boolean().optional().describe("Default false; true: it takes time and is drawn falling."),
  colour: colour.optional(),
  number: z.string().max(80).optional().describe("The printed number, instead of the one that is its turn."),
  numbered: z
    .enum(["same", "sub", "none"])
    .optional()
    .describe(
      "same: under the number of the step before; sub: the next of 5.1, 5.2 (or 5a, 5b) under that number; none: no number.",
    ),
});

export const operators = ["alt", "opt", "loop", "par", "critical", "break", "rect", "ref"] as const;

const place = {
  at: hop.optional().describe("It follows the step that carries this hop; absent: it comes before the first step."),
  only,
};
const common = { id: id.optional(), ...place };
const on = id.describe("The participant on whose lifeline it is.");
const label = z.string().max(2000);

export const untold = z
  .array(z.string().min(1).max(80))
  .max(200)
  .optional()
  .describe("Requirements of which the drawn steps do not tell enough: where they seem broken, they cannot be judged.");

const variant = z
  .strictObject({ id, title: line, description: text.optional(), untold })
  .optional()
  .describe(
    "The variant that goes this way when the fragment is taken apart; of the end of an opt, the one that goes past it.",
  );

export const markSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("fragment"),
    id,
    ...place,
    operator: z.enum(operators),
    guard: label.optional().describe("What stands beside the operator: a condition, of a ref what it refers to."),
    over: z.array(id).min(1).max(100).optional().describe("Lifelines that the frame spans at least."),
    overlap: z.boolean().optional().describe("Of a par: its parts are drawn over each other."),
    refers: refersSchema.optional().describe("Of a ref: the flow for which it stands."),
    restart: z.boolean().optional().describe("Steps inside count from 1; after it counting goes on from where it was."),
    colour: colour.optional(),
    variant,
  }),
  z.strictObject({
    kind: z.literal("else"),
    ...common,
    of: id.describe("The fragment whose next part starts here."),
    guard: label.optional(),
    variant,
  }),
  z.strictObject({ kind: z.literal("end"), ...common, of: id.describe("The fragment that ends here."), variant }),
  z.strictObject({ kind: z.literal("divider"), ...common, text: label }),
  z.strictObject({ kind: z.literal("state"), ...common, on, text: line, colour: colour.optional() }),
  z.strictObject({
    kind: z.literal("timer"),
    ...common,
    on,
    name: line,
    event: z.enum(["start", "stop", "expire"]),
  }),
  z.strictObject({ kind: z.literal("activation"), ...common, on, event: z.enum(["start", "end"]) }),
  z.strictObject({ kind: z.literal("create"), ...common, on: on.describe("Its head stands at the next step to it.") }),
  z.strictObject({
    kind: z.literal("destroy"),
    ...common,
    on: on.describe("Its lifeline ends with the next step from or to it."),
  }),
  z.strictObject({
    kind: z.literal("numbering"),
    ...common,
    start: z.number().min(0).max(1_000_000).optional().describe("The number of the next step."),
    step: z.number().min(0).max(1_000_000).optional().describe("By how much numbers grow from here. Default 1."),
    shown: z.boolean().optional().describe("Whether numbers are drawn in the figure from here."),
  }),
]);

export const boxSchema = z.strictObject({
  id,
  name: label.optional(),
  colour: colour.optional(),
  participants: z.array(id).max(20_000).describe("Those around whom the box is drawn; they stand beside each other."),
});

export type Mark = z.infer<typeof markSchema>;
export type ArrowLook = z.infer<typeof arrowSchema>;
export type Box = z.infer<typeof boxSchema>;
export type ArrowEnd = (typeof arrowEnds)[number];
export type Operator = (typeof operators)[number];
export type ParticipantShape = (typeof shapes)[number];
