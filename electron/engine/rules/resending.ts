import type { Role } from "../../../shared/flow/flow.ts";
import type { ParticipantId } from "../../../shared/run/choice.ts";
import type { Message } from "../../../shared/run/run.ts";
import { arrived, type Context, type Rule, type Trigger } from "../rule.ts";
import type { InFlight } from "../world.ts";
import { durationOf } from "./timers.ts";

/**
 * What becomes of a lost message (RFC 3261 §17: timers A, E and G; §13.3.1.4 for the 2xx). The
 * hop that lost it sends it again, at doubling intervals, until it gets through or the transaction is given up. A timer
 * that would fire for nothing where nothing is lost is not run at all, so that flows without losses stay free of it.
 */
interface Resending {
  readonly to: ParticipantId;
  readonly message: Message;
  /** How often it has been sent again. */
  readonly times: number;
}

/** 0.5, 1, 2, 4, 8 and 16 s: the seventh would be later than 64*T1. */
const attempts = 6;

/** The message as it is told from all others on its hop, however often it is sent. */
function keyOf(c: Context): string {
  const { transaction, method, status, call } = arrived(c);
  return `${c.hop?.to} ${transaction ?? call} ${method}${status ?? ""}`;
}

interface Concerned {
  readonly at: ParticipantId;
  readonly trigger: Trigger;
}

/** Who has to do with it that a message gets lost: who sends it again, or, of the last final response, who waits for it. */
export function concernedByLoss({ from, to, message }: InFlight): Concerned {
  const isLast = message.kind === "final" && (message.again ?? 0) >= attempts;
  return isLast ? { at: to, trigger: "unheard" } : { at: from, trigger: "lost" };
}

/** Whether the message that was lost has been sent as often as it may be. */
export const hasBeenSentAgain = (c: Context): boolean => (arrived(c).again ?? 0) >= attempts;

const timesSent = (c: Context): number => c.get<Resending>("resending", keyOf(c))?.times ?? 0;

export function resendingRules(role: Role, prefix: string): readonly Rule[] {
  return [
    {
      id: `${prefix}-LOST`,
      role,
      title: "A message has been lost",
      clause: "RFC 3261 §17.1.1.2, §17.1.2.2, §17.2.1, §13.3.1.4",
      on: ["lost"],
      when: [
        {
          text: "it is sent reliably: a request or a final response",
          test: (c) => arrived(c).kind !== "provisional" && arrived(c).kind !== "media",
        },
        {
          text: "it has not been sent too often",
          test: (c) => timesSent(c) < attempts,
          value: (c) => `${timesSent(c)} times again`,
        },
      ],
      act: (c) => {
        const key = keyOf(c);
        const times = timesSent(c);
        c.put<Resending>("resending", key, { to: c.hop?.to ?? "", message: arrived(c), times: times + 1 });
        c.arm("Timer_A", key, durationOf(c.topology, "Timer_A") * 2 ** times);
      },
      says: () => "",
      summary: "A request or final response that gets lost is sent again, at doubling intervals.",
    },
    {
      id: `${prefix}-RESEND`,
      role,
      title: "Send it again",
      clause: "RFC 3261 §17.1.1.2, Timer A; §17.1.2.2, Timer E; §17.2.1, Timer G",
      on: ["timer Timer_A"],
      when: [],
      act: (c) => {
        const resending = c.get<Resending>("resending", c.timer?.key);
        if (resending === undefined) return;
        const { name: _name, kind: _kind, class: _class, ...draft } = resending.message;
        c.send(resending.to, { ...draft, again: resending.times });
      },
      says: (c) => `Nothing has come back to ${c.the(c.me.id)}; it sends the message again.`,
      summary: "What has not got through is sent again on the same hop, in the same transaction.",
    },
  ];
}
