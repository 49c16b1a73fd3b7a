import type { Scenario } from "../../shared/flow/flow.ts";
import { act, deliver, expire, never, type Row, read, withClient, withOptions } from "./row.ts";

/** §4.5 and §4.6: A asks the controlling function for a group of A, B and C; B's invitation replaces the 1-1 session. */

const extend = withClient(withClient(read("cpm/extend-one-to-one"), "clientB", { answer: "user" }), "clientC", {
  answer: "user",
});
const start = act("clientA", "invite");
const of = (participant: string, stimulus: "accept" | "decline", code?: number) =>
  act(participant, stimulus, { what: "group", ...(code === undefined ? undefined : { code }) });
const bothIn = [start, of("clientB", "accept"), of("clientC", "accept")];
/** B2 and B are two devices of B, and every acceptance reaches the controlling function. */
const twoDevices: Scenario = {
  ...extend,
  participants: [...extend.participants, { id: "clientB2", name: "CPM Client B2", role: "client", user: "B" }],
  invitations: [{ id: "group", from: "clientA", focus: "cfX", to: [{ user: "B" }, { user: "C" }] }],
};
const bothDevices = [
  start,
  of("clientB", "accept"),
  of("clientB2", "accept"),
  deliver("coreB>clientB2 CANCEL#1"),
  of("clientC", "accept"),
];

const cf = (
  title: string,
  rest: Omit<Row, "title" | "scenario" | "at"> & { scenario?: Scenario; at?: string },
): Row => ({
  title,
  scenario: extend,
  at: "cfX",
  ...rest,
});

export const groupRows: readonly Row[] = [
  cf("Idle, a list, not allowed → Ended", {
    script: [act("cfX", "refuse"), start],
    turn: "deliver coreX>cfX INVITE#1",
    before: [],
    sends: ["403 to coreX"],
    after: [],
  }),
  cf("Idle, a list, allowed → Inviting", {
    script: [start],
    turn: "deliver coreX>cfX INVITE#1",
    before: [],
    sends: ["INVITE to coreX", "INVITE to coreX"],
    after: ["group inviting", "leg B sent", "leg C sent", "timer T_group", "timer Timer_B"],
  }),
  cf("Idle, a pre-defined group → Inviting", {
    scenario: read("cpm/group-invitation"),
    script: [act("cfX", "invite")],
    turn: "stimulate cfX invite",
    before: [],
    sends: ["INVITE to coreX"],
    after: ["group inviting", "leg B sent", "timer T_group"],
  }),
  cf("Inviting, the first ALERTING → the originator hears it", {
    script: [start],
    turn: "deliver coreX>cfX ALERTING#1",
    before: ["group inviting", "leg B sent"],
    sends: ["ALERTING to coreX"],
    after: ["leg B proceeding"],
  }),
  cf("Inviting, another ALERTING → absorbed", {
    script: [start],
    turn: "deliver coreX>cfX ALERTING#2",
    before: ["group inviting", "leg C sent"],
    sends: [],
    after: ["leg C proceeding"],
  }),
  cf("Inviting, the first OK → Active, OK to the originator", {
    script: bothIn,
    turn: "deliver coreX>cfX OK#1",
    before: ["group inviting"],
    sends: ["ACK to coreX", "OK to coreX"],
    after: ["group active", "leg B accepted", "timer T_ack"],
  }),
  cf("Inviting, a rejection, others pending → acknowledged", {
    script: [start, of("clientB", "decline"), of("clientC", "accept")],
    turn: "deliver coreX>cfX 486#1",
    before: ["group inviting"],
    sends: ["ACK to coreX"],
    after: ["group inviting", "leg B failed"],
  }),
  cf("Inviting, the last invitee fails, none accepted → Ended with the best failure", {
    script: [start, of("clientB", "decline", 480), of("clientC", "decline", 603)],
    turn: "deliver coreX>cfX 603#1",
    before: ["group inviting"],
    sends: ["ACK to coreX", "603 to coreX"],
    after: ["group ended", "leg C failed", "no timer T_group"],
  }),
  cf("Inviting, the last invitee cannot be reached, none accepted → Ended", {
    script: [start, ...never("cfX>coreX INVITE").slice(0, 1), of("clientC", "decline")],
    turn: "deliver coreX>cfX 486#",
    before: ["group inviting"],
    sends: ["ACK to coreX"],
    after: ["leg C failed"],
  }),
  cf("Inviting, the originator cancels → everybody is cancelled, 487", {
    script: [start, act("clientA", "cancel")],
    turn: "deliver coreX>cfX CANCEL#1",
    before: ["group inviting"],
    sends: ["CANCEL-200 to coreX", "487 to coreX", "CANCEL to coreX", "CANCEL to coreX"],
    after: ["group cancelled", "leg B cancelling", "leg C cancelling", "no timer T_group"],
  }),
  cf("Cancelled, OK of an invitee → acknowledged and released", {
    script: [start, act("clientA", "cancel"), of("clientB", "accept"), deliver("coreB>clientB CANCEL#1")],
    turn: "deliver coreX>cfX OK#1",
    before: ["group cancelled"],
    sends: ["ACK to coreX", "BYE to coreX"],
    after: ["leg B released"],
  }),
  cf("Active, OK of another invitee → added", {
    script: bothIn,
    turn: "deliver coreX>cfX OK#2",
    before: ["group active"],
    sends: ["ACK to coreX"],
    after: ["group active", "leg C accepted", "no timer T_group"],
  }),
  cf("Active, OK of a second device, one is kept → acknowledged and released", {
    scenario: twoDevices,
    script: bothDevices,
    turn: "deliver coreX>cfX OK#2",
    before: ["group active", "leg B accepted"],
    sends: ["ACK to coreX", "BYE to coreX"],
    after: ["group active"],
  }),
  cf("Active, OK of a second device, all are kept → acknowledged", {
    scenario: withOptions(twoDevices, { focusKeeps: "manyDevices" }),
    script: bothDevices,
    turn: "deliver coreX>cfX OK#2",
    before: ["group active", "leg B accepted"],
    sends: ["ACK to coreX"],
    after: ["group active"],
  }),
  cf("Active, a rejection → acknowledged", {
    script: [start, of("clientB", "accept"), of("clientC", "decline")],
    turn: "deliver coreX>cfX 486#1",
    before: ["group active"],
    sends: ["ACK to coreX"],
    after: ["group active", "leg C failed"],
  }),
  cf("Active, a member leaves, two remain → removed", {
    script: [...bothIn, act("clientC", "end")],
    turn: "deliver coreX>cfX BYE#1",
    before: ["group active"],
    sends: ["BYE-200 to coreX"],
    after: ["group active", "leg C released"],
  }),
  cf("Active, a member leaves, one remains → Ending, the rest is released", {
    script: [start, of("clientB", "accept"), of("clientC", "decline"), act("clientB", "end", { what: "group" })],
    turn: "deliver coreX>cfX BYE#1",
    before: ["group active"],
    sends: ["BYE-200 to coreX", "BYE to coreX"],
    after: ["group ended", "leg B released"],
  }),
  cf("Active, the originator never acknowledges → everybody is released", {
    script: [...bothIn, ...never("coreX>cfX ACK")],
    turn: "expire cfX T_ack",
    before: ["group active", "timer T_ack"],
    sends: ["BYE to coreX", "BYE to coreX", "BYE to coreX"],
    after: ["group ended", "leg B released", "leg C released"],
  }),
  cf("Inviting, T_group, none accepted → cancelled, the originator is refused", {
    scenario: withOptions(extend, { noAnswerCode: 480 }),
    script: [start, expire("cfX", "T_group")],
    turn: "expire cfX T_group",
    before: ["group inviting", "timer T_group"],
    sends: ["CANCEL to coreX", "CANCEL to coreX"],
    after: ["leg B cancelling", "leg C cancelling"],
  }),
  cf("Inviting, T_group, the last invitee has been cancelled → Ended", {
    scenario: withOptions(extend, { noAnswerCode: 480 }),
    script: [start, expire("cfX", "T_group")],
    turn: "deliver coreX>cfX 487#2",
    before: ["group inviting"],
    sends: ["ACK to coreX", "480 to coreX"],
    after: ["group ended"],
  }),
  cf("Inviting, T_group, the cancellation crosses an OK → acknowledged, released, and the originator is refused", {
    script: [
      start,
      of("clientC", "decline"),
      expire("cfX", "T_group"),
      of("clientB", "accept"),
      deliver("coreB>clientB CANCEL#1"),
    ],
    turn: "deliver coreX>cfX OK#1",
    before: ["group inviting", "leg B cancelling"],
    sends: ["ACK to coreX", "BYE to coreX", "486 to coreX"],
    after: ["group ended", "leg B released"],
  }),
  cf("Active, T_group → who has not answered is cancelled", {
    script: [start, of("clientB", "accept"), expire("cfX", "T_group")],
    turn: "expire cfX T_group",
    before: ["group active", "leg C proceeding"],
    sends: ["CANCEL to coreX"],
    after: ["group active", "leg B accepted", "leg C cancelling"],
  }),
  cf("replacement: B's new leg is accepted, the old one released", {
    at: "clientB",
    script: bothIn,
    turn: "stimulate clientB accept",
    before: ["call established", "call early"],
    sends: ["OK to coreB", "BYE to coreB"],
    after: ["call moratorium", "call mortal"],
  }),
  cf("replacement: A has released the old session first → no second release", {
    at: "clientB",
    script: [start, act("clientA", "end", { what: "oneToOne" }), of("clientB", "accept"), of("clientC", "accept")],
    turn: "stimulate clientB accept",
    before: ["call ended", "call early"],
    sends: ["OK to coreB"],
    after: ["call moratorium", "call ended"],
  }),
  cf("replacement: both release at once → both are confirmed", {
    at: "clientB",
    script: [
      start,
      of("clientB", "accept"),
      act("clientA", "end", { what: "oneToOne", now: true }),
      deliver("coreB>clientB BYE#1"),
      deliver("clientB>coreB BYE#1"),
    ],
    turn: "deliver coreB>clientB BYE#1",
    before: ["call mortal"],
    sends: ["BYE-200 to coreB"],
    after: ["call ended"],
  }),
];
