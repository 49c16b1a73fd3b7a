import { describe, expect, it } from "vitest";
import { describeRequest, describeResponse, sipStart } from "./messages.ts";
import { numberOf, recognise } from "./recognise.ts";

describe("R2: what a label means", () => {
  it.each([
    ["INVITE F1", { kind: "request", method: "INVITE", number: 1 }],
    ["(10) 200 OK", { kind: "response", status: 200, number: 10 }],
    ["200(A,BYE) F10", { kind: "response", status: 200, method: "BYE", tag: "A", number: 10 }],
    ["180(To tag=B) F4", { kind: "response", status: 180, tag: "B", number: 4 }],
    ["200(re-INV) w/answer2 F8", { kind: "response", status: 200, method: "INVITE", inDialog: true, number: 8 }],
    ["ini-INVITE F4(=F1)", { kind: "request", method: "INVITE", again: true, number: 4 }],
    ["487 Request Terminated (INVITE)", { kind: "response", status: 487, method: "INVITE" }],
    ["200 OK Contact:Conf-ID;isfocus F3", { kind: "response", status: 200, number: 3 }],
    ["NOTIFY (200 OK) F6", { kind: "request", method: "NOTIFY", number: 6 }],
    ["INVITE w/Replaces", { kind: "request", method: "INVITE", replaces: true }],
    ["INVITE Require:replaces", { kind: "request", method: "INVITE" }],
    ["REFER Refer-To:C F5", { kind: "request", method: "REFER", referTo: 1, number: 5 }],
    ["ALERTING response", { kind: "response", status: 180 }],
    ["486", { kind: "response", status: 486 }],
    ["confirmation of the cancellation request", { kind: "response", status: 200, method: "CANCEL" }],
    ["CPM Session Replaced notification", { kind: "request", method: "NOTIFY", event: "replaced" }],
    ["(unlabelled in the figure; 200 OK)", { kind: "response", status: 200 }],
    ["(state) session established", { kind: "state" }],
    ["INVITE/200 OK/ACK", { kind: "state" }],
  ])("%s", (label, meaning) => expect(recognise(label)).toEqual(meaning));

  it.each(["", "fetch dialog state", "Message from Alice", "Hello", "700 Odd", "INVITED"])("nothing: “%s”", (label) =>
    expect(recognise(label)).toBeUndefined(),
  );

  it("reads every name of the catalogue back", () => {
    for (const method of ["INVITE", "CANCEL", "BYE", "ACK", "REFER", "NOTIFY"]) {
      const { name } = describeRequest(method);
      expect(recognise(sipStart({ name, method })), method).toMatchObject({ kind: "request", method });
    }
    for (const method of ["INVITE", "CANCEL", "BYE"])
      for (const status of [180, 200, 486, 487, 603]) {
        const { name } = describeResponse(method, status);
        expect(recognise(sipStart({ name, method, status }))).toMatchObject({ kind: "response", status });
      }
  });

  it("gives the number of an arrow whatever else it says", () => {
    expect([numberOf("Hello F12"), numberOf("(3) fetch"), numberOf("F"), numberOf("RFC 3261")]).toEqual([
      12,
      3,
      undefined,
      undefined,
    ]);
  });
});
