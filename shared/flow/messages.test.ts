import { describe, expect, test } from "vitest";
import { describeRequest, describeResponse, phrase, sipStart } from "./messages.ts";

describe("P1 the message catalogue", () => {
  test.each([
    ["INVITE", {}, "INVITE", "CPM Session Invitation", "cpm"],
    ["INVITE", { replaces: "ab" }, "INVITE", 'CPM Session Invitation with "Replace" indication', "cpm"],
    ["CANCEL", {}, "CANCEL", "CPM Session Invitation cancellation request", "cpm"],
    ["BYE", {}, "BYE", "CPM Session Release request", "cpm"],
    ["REFER", { event: "transfer" }, "TRANSFER", "CPM Session Transfer request", "cpm"],
    ["REFER", { event: "join" }, "JOIN", "CPM Session Join Notification", "cpm"],
    ["REFER", { event: "replacement" }, "JOIN", "CPM Session Replacement Notification", "cpm"],
    ["NOTIFY", { event: "replaced" }, "REPLACED", "CPM Session Replaced Notification", "cpm"],
    ["NOTIFY", { event: "release" }, "RELEASE-NOTE", "CPM Session Release Notification", "cpm"],
    ["NOTIFY", { event: "context" }, "CONTEXT", "replacement context", "inner"],
    ["SEND", {}, "SEND", "CPM Chat Message", "media"],
    ["ACK", {}, "ACK", "acknowledgement", "acknowledgement"],
    ["ACK", { acknowledges: 487 }, "ACK", "acknowledgement", "terminated"],
    ["ACK", { acknowledges: 407 }, "ACK", "acknowledgement", "trying"],
    ["OPTIONS", {}, "OPTIONS", "OPTIONS request", "cpm"],
  ])("%s %o", (method, detail, token, name, cls) => {
    expect(describeRequest(method, detail)).toMatchObject({ token, name, class: cls });
  });

  test.each([
    ["INVITE", 100, {}, "TRYING", "TRYING response", "trying", "provisional"],
    ["INVITE", 180, {}, "ALERTING", "ALERTING response", "cpm", "provisional"],
    ["INVITE", 200, {}, "OK", "OK response", "cpm", "final"],
    ["INVITE", 407, {}, "407", "PROXY AUTHENTICATION REQUIRED response", "trying", "final"],
    ["INVITE", 486, {}, "486", "BUSY response", "cpm", "final"],
    ["INVITE", 487, {}, "487", "TERMINATED response", "terminated", "final"],
    ["INVITE", 603, {}, "603", "DECLINE response", "cpm", "final"],
    ["CANCEL", 200, {}, "CANCEL-200", "confirmation of the cancellation request", "confirmation", "final"],
    ["BYE", 200, {}, "BYE-200", "confirmation of the release", "confirmation", "final"],
    ["REFER", 202, { event: "transfer" }, "TRANSFER-202", "Accepted response", "cpm", "final"],
    ["REFER", 403, { event: "transfer" }, "TRANSFER-403", "FORBIDDEN response", "cpm", "final"],
    ["REFER", 202, { event: "join" }, "JOIN-202", "Accepted response", "answer", "final"],
    ["REFER", 202, { event: "context" }, "CONTEXT-202", "Accepted response", "inner", "final"],
    ["NOTIFY", 200, { event: "replaced" }, "REPLACED-200", "OK response", "answer", "final"],
    ["SEND", 200, {}, "SEND-200", "OK response", "answer", "final"],
  ])("%s %i %o", (method, status, detail, token, name, cls, kind) => {
    expect(describeResponse(method, status, detail)).toEqual({ token, name, class: cls, kind });
  });
});

test("P2 a message is written in SIP's words", () => {
  const start = (method: string | undefined, status?: number) => sipStart({ name: "Hello", method, status });
  expect(start("INVITE")).toBe("INVITE");
  expect(start("INVITE", 180)).toBe("180 Ringing");
  expect(start("INVITE", 200)).toBe("200 OK (INVITE)");
  expect(start("INVITE", 487)).toBe("487 Request Terminated");
  expect(start("CANCEL", 200)).toBe("200 OK (CANCEL)");
  expect(start("REFER", 202)).toBe("202 Accepted");
  expect(start("BYE", 481)).toBe("481 Call/Transaction Does Not Exist (BYE)");
  expect(start("SEND")).toBe("MSRP SEND");
  expect(start("SEND", 200)).toBe("MSRP 200 OK");
  expect(start(undefined)).toBe("Hello");
  expect(phrase(699)).toBe("Global Failure");
});
