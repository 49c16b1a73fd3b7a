import type { ParticipantId } from "../../../shared/run/choice.ts";
import type { Topology } from "../topology.ts";

/**
 * Nominal durations in seconds (RFC 3261 table 4). They order timers that fire when nothing else
 * is left to happen; a scenario may set its own.
 */
export const nominalDurations: Readonly<Record<string, number>> = {
  /** A device presents an invitation to its user. */
  t_alert: 0.2,
  /** A device takes a session over that it has been directed to. */
  t_takeover: 0.2,
  /** T1: a lost message is sent again; the interval doubles with each attempt. */
  Timer_A: 0.5,
  /** 64*T1: no response at all to an invitation. */
  Timer_B: 32,
  /** 64*T1: no answer to any other request. */
  Timer_F: 32,
  /** 64*T1: an acceptance is not acknowledged. */
  T_ack: 32,
  /** The operator's no-answer time, shorter than Timer C. */
  T_noanswer: 45,
  /** A device stops ringing. */
  T_ring: 60,
  /** A device that rings on says so once a minute, so that no proxy takes it for gone. */
  T_refresh: 60,
  /** A controlling function waits for its invitees: longer than any of them may ring. */
  T_group: 90,
  /** More than 180 s: an invitation rings at a proxy without a final response. */
  Timer_C: 180,
  T_join: 32,
  T_replaced: 32,
  T_release: 32,
  T_transfer: 32,
};

/** How long a timer runs in a scenario, in seconds. */
export function durationOf({ scenario }: Topology, name: string): number {
  return scenario.timers?.[name] ?? nominalDurations[name] ?? 32;
}

/**
 * How long Timer B runs for an invitation sent to `to`. Elements that pass an invitation on, and a focus, answer 100 Trying
 * at once; where the scenario does not show that, their silence is found out after that of the devices behind them.
 */
export function silenceOf(topology: Topology, to: ParticipantId): number {
  const role = topology.participants.get(to)?.role;
  const answersAtOnce = role === "core" || role === "participatingFunction" || role === "controllingFunction";
  return durationOf(topology, "Timer_B") + (answersAtOnce && !topology.options.trying ? 1 : 0);
}

/** How long a person takes, in seconds: timers that are shorter run before the next scripted turn of a person. */
export const personTakes = 1;

/** What each timer waits for, in a person's words. */
export const timerPurposes: Readonly<Record<string, string>> = {
  t_alert: "until the device alerts its user",
  t_takeover: "until the device takes the session over",
  Timer_A: "until a lost message is sent again",
  Timer_B: "for any response at all",
  Timer_F: "for an answer to a request",
  T_ack: "for the acknowledgement",
  T_noanswer: "for anybody to answer",
  T_ring: "for the user to answer",
  T_refresh: "until the device says again that it rings",
  T_group: "for every invitee to answer",
  Timer_C: "for a final response",
  T_join: "for the transfer target",
  T_replaced: "for the Replaced Notification",
  T_release: "for the transferor's release",
  T_transfer: "for the transfer to come about",
};
