import { z } from "zod";
import { besideSchema } from "../flow/beside.ts";
import { authoredMessageSchema, type HopName, hopName as hop } from "./choice.ts";

/**
 * What a person does to the picture of a variant. A gesture names hops, never turns or positions of the script: main,
 * which has the engine, finds the interventions that stand for it (`electron/engine/intervene.ts`).
 */

const participant = z.string().min(1).max(80);
/** Where something is put: after the arrow of this hop; before everything when null. */
const after = hop.nullable();
/** The flow's marks, by their places in its list, that stand below it from then on, as the end of the fragment in which it is. */
const carries = z.array(z.int().min(0)).max(10_000).optional();

const drawn = z.strictObject({
  from: participant,
  to: participant,
  message: authoredMessageSchema,
  /** It comes from outside the picture, or goes there; the participant is named at both ends. */
  ends: z.enum(["found", "lost"]).optional(),
});

export const gestureSchema = z.discriminatedUnion("kind", [
  /** New messages, one after the other. */
  z.strictObject({
    kind: z.literal("draw"),
    messages: z.array(drawn).min(1).max(10_000),
    after,
    /** Participants that come with them, as those of a flow from which they were copied. */
    participants: z
      .array(z.strictObject({ id: participant, name: z.string().min(1).max(500) }))
      .max(1000)
      .optional(),
    /** What stands beside them. */
    beside: besideSchema.optional(),
    carries,
  }),
  /** Messages that are not to happen. */
  z.strictObject({ kind: z.literal("erase"), hops: z.array(hop).min(1).max(10_000) }),
  z.strictObject({ kind: z.literal("relabel"), hop, message: authoredMessageSchema }),
  /** Other names for messages that the author drew or changed, all at once. */
  z.strictObject({
    kind: z.literal("rename"),
    changes: z
      .array(z.strictObject({ hop, message: authoredMessageSchema }))
      .min(1)
      .max(10_000),
  }),
  /** Another sender or receiver. */
  z.strictObject({ kind: z.literal("reroute"), hop, from: participant, to: participant }),
  /** Another place in the order; a computed message arrives there, an authored one is sent there. */
  z.strictObject({ kind: z.literal("move"), hop, after, carries }),
  /** Sent where it is, arriving only after another: drawn slanted. */
  z.strictObject({ kind: z.literal("delay"), hop, after: hop }),
  z.strictObject({ kind: z.literal("lose"), hop }),
  /** The author says that this departure from the rules is meant. */
  z.strictObject({ kind: z.literal("accept"), hop }),
  /** What the author did to this message is taken back: the rules decide again. */
  z.strictObject({ kind: z.literal("revert"), hop }),
]);

export type Gesture = z.infer<typeof gestureSchema>;

/** What hops are called now by what they were called before; those whose names stayed are not in it. */
export type Renamed = ReadonlyMap<HopName, HopName>;

/** The same gesture where the hops that it names are called otherwise by now. */
export function gestureNow(gesture: Gesture, renamed: Renamed): Gesture {
  const now = (name: HopName): HopName => renamed.get(name) ?? name;
  switch (gesture.kind) {
    case "draw":
      return { ...gesture, after: gesture.after === null ? null : now(gesture.after) };
    case "erase":
      return { ...gesture, hops: gesture.hops.map(now) };
    case "rename":
      return { ...gesture, changes: gesture.changes.map((one) => ({ ...one, hop: now(one.hop) })) };
    case "move":
      return { ...gesture, hop: now(gesture.hop), after: gesture.after === null ? null : now(gesture.after) };
    case "delay":
      return { ...gesture, hop: now(gesture.hop), after: now(gesture.after) };
    default:
      return { ...gesture, hop: now(gesture.hop) };
  }
}
