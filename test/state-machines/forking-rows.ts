import type { Scenario } from "../../shared/flow/flow.ts";
import type { Choice } from "../../shared/run/choice.ts";
import { act, deliver, expire, late, lose, never, type Row, read, withClient, withOptions } from "./row.ts";

/**
 * §4.3 and §4.4. The core forks, and cancels by itself (C1) or leaves that to the server (C2); or the server forks (P).
 * B1 and B2 are selected, B3 is not.
 */

const group = read("cpm/group-invitation");
const coreCancels = withOptions(group, { forking: "coreForksCoreCancels" });
const serverForks = withOptions(group, { forking: "serverForks" });
const proxy = withOptions(group, { forking: "serverForks", participatingFunction: "proxy" });
const invite = act("cfX", "invite");
const accept1 = act("clientB1", "accept");
const accept2 = act("clientB2", "accept");
const decline1 = act("clientB1", "decline");
const decline2 = act("clientB2", "decline");
const everywhere = act("clientB1", "decline", { code: 603 });
/** B2 has been invited and answers when B1 has been heard. */
const b2Late: Choice[] = [invite, accept1, late("coreB>clientB2 INVITE#1")];

const onlyB1: Scenario = {
  ...coreCancels,
  participants: group.participants.filter(({ id }) => id !== "clientB2" && id !== "clientB3"),
};

type Given = Omit<Row, "title" | "scenario" | "at"> & { readonly scenario?: Scenario; readonly at?: string };
const core = (title: string, rest: Given): Row => ({
  title: `core: ${title}`,
  scenario: coreCancels,
  at: "coreB",
  ...rest,
});
const server = (title: string, rest: Given): Row => ({
  title: `server: ${title}`,
  scenario: group,
  at: "pfB",
  ...rest,
});

export const forkingRows: readonly Row[] = [
  server("Selecting, no client fits → Done", {
    scenario: { ...group, policies: [{ domain: "B", clients: ["clientB1", "clientB2", "clientB3"] }] },
    script: [invite],
    turn: "deliver coreB>pfB INVITE#1",
    before: [],
    sends: ["480 to coreB"],
    after: [],
  }),
  core("Selecting, nobody is registered → Done", {
    scenario: ["clientB1", "clientB2", "clientB3"].reduce((of, id) => withClient(of, id, { registered: false }), {
      ...coreCancels,
      participants: coreCancels.participants.filter(({ id }) => id !== "pfB"),
    } as Scenario),
    script: [invite],
    turn: "deliver coreX>coreB INVITE#1",
    before: [],
    sends: ["480 to coreX"],
    after: [],
  }),
  server("Selecting, else → Forked, one invitation per target", {
    scenario: serverForks,
    script: [invite],
    turn: "deliver coreB>pfB INVITE#1",
    before: [],
    sends: ["INVITE to coreB", "INVITE to coreB"],
    after: ["context forked", "branch clientB1 sent", "branch clientB2 sent", "timer T_noanswer", "timer Timer_B"],
  }),
  core("Selecting, else → Forked, one invitation per target", {
    script: [invite],
    turn: "deliver pfB>coreB INVITE#1",
    before: [],
    sends: ["INVITE to clientB1", "INVITE to clientB2"],
    after: ["context forked", "branch clientB1 sent", "branch clientB2 sent", "timer Timer_B"],
  }),
  server("Forked, the first ALERTING → passed on", {
    script: [invite],
    turn: "deliver coreB>pfB ALERTING#1",
    before: ["context forked"],
    sends: ["ALERTING to coreB"],
    after: ["context forked", "timer Timer_C"],
  }),
  server("Forked, another ALERTING, back to back → absorbed", {
    script: [invite],
    turn: "deliver coreB>pfB ALERTING#2",
    before: ["context forked"],
    sends: [],
    after: ["context forked"],
  }),
  server("Forked, another ALERTING, proxy → passed on", {
    scenario: proxy,
    script: [invite],
    turn: "deliver coreB>pfB ALERTING#2",
    before: ["context forked"],
    sends: ["ALERTING to coreB"],
    after: ["context forked"],
  }),
  core("Forked, the first OK → Answered, the rest is cancelled", {
    script: [invite, accept1],
    turn: "deliver clientB1>coreB OK#1",
    before: ["context forked", "branch clientB2 proceeding"],
    sends: ["OK to pfB", "CANCEL to clientB2"],
    after: ["context answered", "branch clientB1 won", "branch clientB2 cancelling"],
  }),
  server("Forked, the first OK, the core left cancelling to it → Answered", {
    script: [invite, accept1],
    turn: "deliver coreB>pfB OK#1",
    before: ["context forked"],
    sends: ["OK to coreB", "CANCEL to coreB"],
    after: ["context answered", "no timer T_noanswer"],
  }),
  core("Forked, the first OK before the other has sent anything → cancel-wait", {
    script: [invite, accept1, deliver("coreB>clientB2 INVITE#1")],
    turn: "deliver clientB1>coreB OK#1",
    before: ["context forked", "branch clientB2 sent"],
    sends: ["OK to pfB"],
    after: ["context answered", "branch clientB2 cancelWait"],
  }),
  core("Answered, 1xx on a cancel-wait branch → cancelled now", {
    script: [invite, accept1, deliver("coreB>clientB2 INVITE#1")],
    turn: "deliver clientB2>coreB ALERTING#1",
    before: ["context answered", "branch clientB2 cancelWait"],
    sends: ["CANCEL to clientB2"],
    after: ["branch clientB2 cancelling"],
  }),
  core("Answered, a final answer on a cancel-wait branch → never cancelled", {
    scenario: withClient(coreCancels, "clientB2", { busy: true }),
    script: b2Late,
    turn: "deliver clientB2>coreB 486#1",
    before: ["context answered", "branch clientB2 cancelWait"],
    sends: ["ACK to clientB2"],
    after: ["branch clientB2 failed"],
  }),
  core("Forked, 6xx → Collecting, the rest is cancelled", {
    script: [invite, everywhere],
    turn: "deliver clientB1>coreB 603#1",
    before: ["context forked", "branch clientB2 proceeding"],
    sends: ["ACK to clientB1", "CANCEL to clientB2"],
    after: ["context collecting", "branch clientB1 failed", "branch clientB2 cancelling"],
  }),
  core("Forked, a refusal → acknowledged and kept", {
    script: [invite, decline1, accept2],
    turn: "deliver clientB1>coreB 486#1",
    before: ["context forked"],
    sends: ["ACK to clientB1"],
    after: ["context forked", "branch clientB1 failed"],
  }),
  core("Forked, Timer C on a ringing branch → cancelled", {
    script: [invite, decline2, { kind: "expire", participant: "coreB", timer: "Timer_C coreB>clientB1 INVITE#1" }],
    turn: "expire coreB Timer_C coreB>clientB1",
    before: ["branch clientB1 proceeding", "timer Timer_C"],
    sends: ["CANCEL to clientB1"],
    after: ["branch clientB1 cancelling"],
  }),
  server("Forked, T_noanswer → Collecting, every branch is cancelled", {
    script: [invite],
    turn: "expire pfB T_noanswer",
    before: ["context forked"],
    sends: ["CANCEL to coreB"],
    after: ["context collecting", "no timer T_noanswer"],
  }),
  core("Forked, Timer B on one of several branches → that one has failed", {
    scenario: withClient(coreCancels, "clientB2", { reachable: false }),
    script: [invite, expire("coreB", "Timer_B"), accept1],
    turn: "expire coreB Timer_B",
    before: ["branch clientB2 sent", "context forked"],
    sends: [],
    after: ["branch clientB2 failed", "context forked"],
  }),
  core("Forked, Timer B on the only branch → the code for silence goes upstream", {
    scenario: { ...withClient(onlyB1, "clientB1", { reachable: false }), timers: { T_noanswer: 60 } },
    script: [invite],
    turn: "expire coreB Timer_B",
    before: ["branch clientB1 sent", "context forked"],
    sends: ["408 to pfB"],
    after: ["branch clientB1 failed", "context done"],
  }),
  core("Forked, the last branch ends → best response, Done", {
    script: [invite, decline1, act("clientB2", "decline", { code: 404 })],
    turn: "deliver clientB2>coreB 404#1",
    before: ["context forked", "branch clientB1 failed"],
    sends: ["ACK to clientB2", "486 to pfB"],
    after: ["context done"],
  }),
  core("Forked, a lone 503 → 500", {
    scenario: onlyB1,
    script: [invite, act("clientB1", "decline", { code: 503 })],
    turn: "deliver clientB1>coreB 503#1",
    before: ["context forked"],
    sends: ["ACK to clientB1", "500 to pfB"],
    after: ["context done"],
  }),
  core("Forked, cancelled from upstream → Collecting", {
    script: [invite, act("cfX", "cancel")],
    turn: "deliver pfB>coreB CANCEL#1",
    before: ["context forked"],
    sends: ["CANCEL-200 to pfB", "CANCEL to clientB1", "CANCEL to clientB2"],
    after: ["context collecting", "branch clientB1 cancelling", "branch clientB2 cancelling"],
  }),
  core("Collecting, the last branch ends → 487 upstream, Done", {
    script: [invite, act("cfX", "cancel")],
    turn: "deliver clientB2>coreB 487#1",
    before: ["context collecting"],
    sends: ["ACK to clientB2", "487 to pfB"],
    after: ["context done"],
  }),
  core("Collecting, the last branch ends after a 6xx → that goes upstream", {
    script: [invite, everywhere],
    turn: "deliver clientB2>coreB 487#1",
    before: ["context collecting"],
    sends: ["ACK to clientB2", "603 to pfB"],
    after: ["context done"],
  }),
  core("Collecting, OK → it wins over a stored 6xx", {
    script: [invite, everywhere, accept2, deliver("coreB>clientB2 CANCEL#1")],
    turn: "deliver clientB2>coreB OK#1",
    before: ["context collecting", "branch clientB2 cancelling"],
    sends: ["OK to pfB"],
    after: ["context answered", "branch clientB2 won"],
  }),
  core("Answered, 487 on a cancelled branch → absorbed", {
    script: [invite, accept1],
    turn: "deliver clientB2>coreB 487#1",
    before: ["context answered", "branch clientB2 cancelling"],
    sends: ["ACK to clientB2"],
    after: ["context answered", "branch clientB2 failed"],
  }),
  core("Answered, OK of another branch, proxy → passed on", {
    script: [invite, accept1, accept2, deliver("coreB>clientB2 CANCEL#1")],
    turn: "deliver clientB2>coreB OK#1",
    before: ["context answered", "branch clientB2 cancelling"],
    sends: ["OK to pfB"],
    after: ["branch clientB2 won"],
  }),
  server("Answered, OK of another branch, back to back → acknowledged and released", {
    scenario: serverForks,
    script: [invite, accept1, accept2, deliver("coreB>clientB2 CANCEL#1")],
    turn: "deliver coreB>pfB OK#2",
    before: ["context answered", "branch clientB2 cancelling"],
    sends: ["ACK to coreB", "BYE to coreB"],
    after: ["context answered", "branch clientB2 won"],
  }),
  core("an invitation of its own is lost → sent again", {
    script: [invite, lose("coreB>clientB1 INVITE#1"), accept1],
    turn: "expire coreB Timer_A",
    before: ["branch clientB1 sent", "timer Timer_A"],
    sends: ["INVITE to clientB1"],
    after: ["branch clientB1 sent"],
  }),
  core("the winner's OK never gets through, it is cancelled → T_ack releases it, 64*T1 ends the branch", {
    scenario: onlyB1,
    script: [invite, accept1, ...never("clientB1>coreB OK")],
    turn: "expire coreB Timer_B",
    before: ["context collecting", "branch clientB1 cancelling"],
    sends: ["487 to pfB"],
    after: ["context done", "branch clientB1 failed"],
  }),
];
