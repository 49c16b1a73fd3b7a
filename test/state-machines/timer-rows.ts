import type { Scenario } from "../../shared/flow/flow.ts";
import { act, lose, type Row, read } from "./row.ts";

/** §4.8, as far as the other tables have not let a timer fire. */

const call = read("sip/no-answer");
const long: Scenario = { ...call, timers: { T_ring: 200 } };
const invite = act("alice", "invite");

export const timerRows: readonly Row[] = [
  {
    title: "1xx refresh: a device that rings on says so again, and waits the rest of its time",
    scenario: long,
    script: [invite],
    turn: "expire bob T_refresh",
    at: "bob",
    before: ["call early", "timer T_ring", "timer T_refresh"],
    sends: ["ALERTING to proxy2"],
    after: ["call early", "timer T_ring", "timer T_refresh"],
  },
  {
    title: "1xx refresh: no proxy's Timer C runs out before the device stops ringing",
    scenario: long,
    script: [invite],
    turn: "expire bob T_ring",
    at: "bob",
    before: ["call early"],
    sends: ["480 to proxy2"],
    after: ["call ended", "no timer T_refresh"],
  },
  {
    title: "Timer C: without the refresh a proxy cancels what rings for more than 180 s",
    scenario: { ...long, rules: { off: ["CL-REFRESH"] } },
    script: [invite],
    turn: "expire proxy2 Timer_C",
    at: "proxy2",
    before: ["branch bob proceeding"],
    sends: ["CANCEL to bob"],
    after: ["branch bob cancelling"],
  },
  {
    title: "T1: what has been lost is sent again after T1",
    scenario: call,
    script: [invite, lose("proxy2>bob INVITE#1")],
    turn: "expire proxy2 Timer_A",
    at: "proxy2",
    before: ["branch bob sent", "timer Timer_A", "timer Timer_B"],
    sends: ["INVITE to bob"],
    after: ["branch bob sent", "timer Timer_B"],
  },
];
