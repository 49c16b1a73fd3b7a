import type { Scenario } from "../../shared/flow/flow.ts";
import type { Choice } from "../../shared/run/choice.ts";
import { act, deliver, expire, late, lose, never, type Row, read, withClient } from "./row.ts";

/** §4.1 and §4.2. B is the invited client, A the inviting one; between them two cores and two servers. */

const call = read("cpm/one-to-one");
const direct = read("sip/session-establishment");
const extend = withClient(withClient(read("cpm/extend-one-to-one"), "clientB", { answer: "user" }), "clientC", {
  answer: "user",
});
const invite = act("clientA", "invite");
const accept = act("clientB", "accept");
const arrives = "deliver coreB>clientB INVITE#1";

const b = (
  title: string,
  rest: Omit<Row, "title" | "at" | "scenario"> & { scenario?: Scenario; at?: string },
): Row => ({
  scenario: call,
  at: "clientB",
  title: `invited: ${title}`,
  ...rest,
});
const a = (
  title: string,
  rest: Omit<Row, "title" | "at" | "scenario"> & { scenario?: Scenario; at?: string },
): Row => ({
  scenario: call,
  at: "clientA",
  title: `inviting: ${title}`,
  ...rest,
});

const refusal = (guard: string, code: string, change: Parameters<typeof withClient>[2]): Row =>
  b(`Idle, an invitation arrives, ${guard} → Ended`, {
    scenario: withClient(call, "clientB", change),
    script: [invite],
    turn: arrives,
    before: [],
    sends: [`${code} to coreB`],
    after: ["call ended"],
  });

const endsEarly: Choice[] = [invite, accept, act("clientB", "end"), deliver("coreB>clientB ACK#1")];
const both: Choice[] = [
  act("alice", "invite"),
  act("bob", "accept"),
  act("alice", "end"),
  act("bob", "end"),
  deliver("alice>bob BYE#1"),
];

export const clientRows: readonly Row[] = [
  refusal("no capacity", "486", { busy: true }),
  {
    ...refusal("media not supported", "488", {}),
    // A participating function would not have selected it.
    scenario: withClient(read("sip/two-proxies"), "bob", { media: ["messages"] }),
    script: [act("alice", "invite")],
    turn: "deliver proxy2>bob INVITE#1",
    at: "bob",
    sends: ["488 to proxy2"],
  },
  b("Idle, an invitation arrives, Replaces matches nothing → Ended", {
    scenario: {
      ...extend,
      sessions: undefined,
    },
    script: [invite],
    turn: arrives,
    before: [],
    sends: ["481 to coreB"],
    after: ["call ended"],
  }),
  b("Idle, an invitation arrives, Replaces matches an ended session → Ended", {
    scenario: extend,
    script: [invite, act("clientA", "end", { what: "oneToOne" }), late("coreB>clientB INVITE#1")],
    turn: arrives,
    before: ["call ended"],
    sends: ["603 to coreB"],
    after: ["call ended"],
  }),
  b("Idle, an invitation arrives, auto-accept → Moratorium", {
    scenario: withClient(call, "clientB", { answer: "auto" }),
    script: [invite],
    turn: arrives,
    before: [],
    sends: ["OK to coreB"],
    after: ["call moratorium", "timer T_ack"],
  }),
  b("Idle, an invitation arrives, else → Pre", {
    script: [invite],
    turn: arrives,
    before: [],
    sends: [],
    after: ["call pre", "timer t_alert"],
  }),
  b("Pre, t_alert → Early, ALERTING", {
    script: [invite],
    turn: "expire clientB t_alert",
    before: ["call pre"],
    sends: ["ALERTING to coreB"],
    after: ["call early", "timer T_ring", "no timer t_alert"],
  }),
  b("Pre, the cancellation arrives → Ended", {
    // No rule cancels a device that has sent nothing (RFC 3261 §9.1); an author may.
    script: [
      invite,
      deliver("coreB>clientB INVITE#1"),
      { kind: "inject", from: "coreB", to: "clientB", message: { label: "CANCEL" }, now: true },
    ],
    turn: "deliver coreB>clientB CANCEL#1",
    before: ["call pre"],
    sends: ["CANCEL-200 to coreB", "487 to coreB"],
    after: ["call ended", "no timer t_alert"],
  }),
  b("Early, the user accepts → Moratorium", {
    script: [invite, accept],
    turn: "stimulate clientB accept",
    before: ["call early", "timer T_ring"],
    sends: ["OK to coreB"],
    after: ["call moratorium", "timer T_ack", "no timer T_ring"],
  }),
  b("Early, the user rejects everywhere → Ended", {
    script: [invite, act("clientB", "decline", { code: 603 })],
    turn: "stimulate clientB decline",
    before: ["call early"],
    sends: ["603 to coreB"],
    after: ["call ended", "no timer T_ring"],
  }),
  b("Early, the user rejects here only → Ended", {
    script: [invite, act("clientB", "decline")],
    turn: "stimulate clientB decline",
    before: ["call early"],
    sends: ["486 to coreB"],
    after: ["call ended"],
  }),
  b("Early, T_ring → Ended", {
    script: [invite, expire("clientB", "T_ring")],
    turn: "expire clientB T_ring",
    before: ["call early"],
    sends: ["480 to coreB"],
    after: ["call ended"],
  }),
  b("Early, the cancellation arrives → Ended", {
    script: [invite, act("clientA", "cancel")],
    turn: "deliver coreB>clientB CANCEL#1",
    before: ["call early"],
    sends: ["CANCEL-200 to coreB", "487 to coreB"],
    after: ["call ended", "no timer T_ring"],
  }),
  b("Moratorium, the cancellation arrives → no change", {
    script: [
      invite,
      act("clientA", "cancel"),
      accept,
      deliver("coreB>clientB CANCEL#1"),
      deliver("clientB>coreB OK#1"),
    ],
    turn: "deliver coreB>clientB CANCEL#1",
    before: ["call moratorium"],
    sends: ["CANCEL-200 to coreB"],
    after: ["call moratorium"],
  }),
  b("Moratorium, the acknowledgement arrives → Established", {
    script: [invite, accept],
    turn: "deliver coreB>clientB ACK#1",
    before: ["call moratorium", "timer T_ack"],
    sends: [],
    after: ["call established", "no timer T_ack"],
  }),
  b("Moratorium, T_ack → Mortal", {
    script: [invite, accept, ...never("coreB>clientB ACK")],
    turn: "expire clientB T_ack",
    before: ["call moratorium"],
    sends: ["BYE to coreB"],
    after: ["call mortal"],
  }),
  b("Moratorium, the user ends → the release waits", {
    script: endsEarly,
    turn: "stimulate clientB end",
    before: ["call moratorium"],
    sends: [],
    after: ["call moratorium", "timer T_ack"],
  }),
  b("Moratorium with the end pending, the acknowledgement arrives → Mortal", {
    script: endsEarly,
    turn: "deliver coreB>clientB ACK#1",
    before: ["call moratorium"],
    sends: ["BYE to coreB"],
    after: ["call mortal", "no timer T_ack"],
  }),
  b("Moratorium with the end pending, T_ack → Mortal", {
    script: [...endsEarly.slice(0, 3), ...never("coreB>clientB ACK")],
    turn: "expire clientB T_ack",
    before: ["call moratorium"],
    sends: ["BYE to coreB"],
    after: ["call mortal"],
  }),
  b("Moratorium, the release arrives → Ended", {
    scenario: withClient(direct, "bob", {}),
    at: "bob",
    script: [act("alice", "invite"), act("bob", "accept"), act("alice", "end"), late("alice>bob ACK#1")],
    turn: "deliver alice>bob BYE#1",
    before: ["call moratorium"],
    sends: ["BYE-200 to alice"],
    after: ["call ended", "no timer T_ack"],
  }),
  b("Established, the user ends → Mortal", {
    script: [invite, accept, act("clientB", "end")],
    turn: "stimulate clientB end",
    before: ["call established"],
    sends: ["BYE to coreB"],
    after: ["call mortal"],
  }),
  b("Established, the release arrives → Ended", {
    script: [invite, accept, act("clientA", "end")],
    turn: "deliver coreB>clientB BYE#1",
    before: ["call established"],
    sends: ["BYE-200 to coreB"],
    after: ["call ended"],
  }),
  b("Established, an invitation replaces it, accepted → new leg Moratorium, old leg Mortal", {
    scenario: extend,
    script: [invite, accept],
    turn: "stimulate clientB accept",
    before: ["call established", "call early"],
    sends: ["OK to coreB", "BYE to coreB"],
    after: ["call mortal", "call moratorium"],
  }),
  b("Established, an invitation replaces it, not acceptable → the old session is unchanged", {
    scenario: withClient(extend, "clientB", { busy: true }),
    script: [invite],
    turn: arrives,
    before: ["call established"],
    sends: ["486 to coreB"],
    after: ["call established", "call ended"],
  }),
  b("Mortal, the release arrives, crossing → confirmed", {
    scenario: direct,
    at: "bob",
    script: both,
    turn: "deliver alice>bob BYE#1",
    before: ["call mortal"],
    sends: ["BYE-200 to alice"],
    after: ["call ended"],
  }),
  b("Mortal, the release is confirmed → Ended", {
    script: [invite, accept, act("clientB", "end")],
    turn: "deliver coreB>clientB BYE-200#1",
    before: ["call mortal"],
    sends: [],
    after: ["call ended"],
  }),

  a("Idle, start → Calling", {
    script: [invite],
    turn: "stimulate clientA invite",
    before: [],
    sends: ["INVITE to coreA"],
    after: ["call calling", "timer Timer_B"],
  }),
  a("Calling, 100 → Proceeding", {
    scenario: read("sip/two-proxies"),
    at: "alice",
    script: [act("alice", "invite")],
    turn: "deliver proxy1>alice TRYING#1",
    before: ["call calling", "timer Timer_B"],
    sends: [],
    after: ["call proceeding", "no timer Timer_B"],
  }),
  a("Calling, ALERTING → Proceeding", {
    script: [invite],
    turn: "deliver coreA>clientA ALERTING#1",
    before: ["call calling", "timer Timer_B"],
    sends: [],
    after: ["call proceeding", "no timer Timer_B"],
  }),
  a("Calling, the user gives up → CancelPending, nothing is sent", {
    script: [invite, act("clientA", "cancel", { now: true })],
    turn: "stimulate clientA cancel",
    before: ["call calling"],
    sends: [],
    after: ["call cancelPending"],
  }),
  a("CancelPending, 1xx → Cancelling", {
    script: [invite, act("clientA", "cancel", { now: true })],
    turn: "deliver coreA>clientA ALERTING#1",
    before: ["call cancelPending"],
    sends: ["CANCEL to coreA"],
    after: ["call cancelling", "no timer Timer_B"],
  }),
  a("CancelPending, OK without a 1xx → Mortal", {
    scenario: withClient(call, "clientB", { answer: "auto" }),
    script: [invite, act("clientA", "cancel", { now: true })],
    turn: "deliver coreA>clientA OK#1",
    before: ["call cancelPending"],
    sends: ["ACK to coreA", "BYE to coreA"],
    after: ["call mortal", "no timer Timer_B"],
  }),
  a("CancelPending, Timer B → Ended", {
    script: [invite, act("clientA", "cancel", { now: true }), ...never("clientA>coreA INVITE")],
    turn: "expire clientA Timer_B",
    before: ["call cancelPending"],
    sends: [],
    after: ["call ended"],
  }),
  a("Proceeding, the user gives up → Cancelling", {
    script: [invite, act("clientA", "cancel")],
    turn: "stimulate clientA cancel",
    before: ["call proceeding"],
    sends: ["CANCEL to coreA"],
    after: ["call cancelling"],
  }),
  a("Cancelling, 200 (CANCEL) → no change", {
    script: [invite, act("clientA", "cancel")],
    turn: "deliver coreA>clientA CANCEL-200#1",
    before: ["call cancelling"],
    sends: [],
    after: ["call cancelling"],
  }),
  a("Cancelling, 487 → Ended", {
    script: [invite, act("clientA", "cancel")],
    turn: "deliver coreA>clientA 487#1",
    before: ["call cancelling"],
    sends: ["ACK to coreA"],
    after: ["call ended"],
  }),
  a("Cancelling, another failure → Ended", {
    scenario: direct,
    at: "alice",
    script: [
      act("alice", "invite"),
      act("alice", "cancel"),
      act("bob", "decline", { now: true }),
      deliver("alice>bob CANCEL#1"),
    ],
    turn: "deliver bob>alice 486#1",
    before: ["call cancelling"],
    sends: ["ACK to bob"],
    after: ["call ended"],
  }),
  a("Calling, OK → Established", {
    scenario: withClient(call, "clientB", { answer: "auto" }),
    script: [invite],
    turn: "deliver coreA>clientA OK#1",
    before: ["call calling"],
    sends: ["ACK to coreA"],
    after: ["call established", "no timer Timer_B"],
  }),
  a("Proceeding, OK → Established", {
    script: [invite, accept],
    turn: "deliver coreA>clientA OK#1",
    before: ["call proceeding"],
    sends: ["ACK to coreA"],
    after: ["call established"],
  }),
  a("Cancelling, OK crosses → Mortal", {
    script: [invite, accept, act("clientA", "cancel"), deliver("clientB>coreB OK#1"), deliver("coreA>clientA OK#1")],
    turn: "deliver coreA>clientA OK#1",
    before: ["call cancelling"],
    sends: ["ACK to coreA", "BYE to coreA"],
    after: ["call mortal"],
  }),
  a("Established, OK of another device → acknowledged and released", {
    scenario: twoDevices(),
    script: [invite, accept, act("clientB2", "accept"), deliver("coreB>clientB2 CANCEL#1")],
    turn: "deliver coreA>clientA OK#2",
    before: ["call established"],
    sends: ["ACK to coreA", "BYE to coreA"],
    after: ["call established"],
  }),
  a("Calling, Timer B → Ended", {
    script: [invite, ...never("clientA>coreA INVITE")],
    turn: "expire clientA Timer_B",
    before: ["call calling"],
    sends: [],
    after: ["call ended"],
  }),
  a("Proceeding, a failure → Ended", {
    script: [invite, act("clientB", "decline")],
    turn: "deliver coreA>clientA 486#1",
    before: ["call proceeding"],
    sends: ["ACK to coreA"],
    after: ["call ended"],
  }),
  a("Calling, its invitation is lost → sent again, T1 later", {
    script: [invite, lose("clientA>coreA INVITE#1")],
    turn: "expire clientA Timer_A",
    before: ["call calling", "timer Timer_A"],
    sends: ["INVITE to coreA"],
    after: ["call calling"],
  }),
];

/** The 1-1 flow with two devices of B, and servers that are proxies: every acceptance reaches A. */
function twoDevices(): Scenario {
  return {
    ...call,
    participants: [...call.participants, { id: "clientB2", name: "CPM Client B2", role: "client", user: "B" }],
    options: { participatingFunction: "proxy", forking: "coreForksCoreCancels" },
  };
}
