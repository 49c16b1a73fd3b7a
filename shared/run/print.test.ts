import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { computeRun, rules } from "../../electron/engine/index.ts";
import { flowOf, groupParticipants, handMadeRun } from "../../test/hand-made-run.ts";
import { project } from "../diagram/project.ts";
import { type Flow, flowSchema } from "../flow/flow.ts";
import { sipNames } from "./addresses.ts";
import { changedLines, lifelineNames, runJson, sipText, stepLine } from "./print.ts";
import type { Run } from "./run.ts";

const folder = new URL("../../flows/", import.meta.url);
const bundled: readonly Flow[] = ["cpm", "sip"].flatMap((name) =>
  readdirSync(new URL(`${name}/`, folder)).map((file) =>
    flowSchema.parse(JSON.parse(readFileSync(new URL(`${name}/${file}`, folder), "utf8"))),
  ),
);
const titled = (part: string): Flow => {
  const found = bundled.find((flow) => flow.title.includes(part));
  if (found === undefined) throw new Error(`no bundled flow is titled ${part}`);
  return found;
};
const runOf = (flow: Flow): Run => computeRun(flow.scenario, flow.variants[0]?.script ?? []);
const group = titled("Pre-defined Group");

function message(flow: Flow, name: string): readonly string[] {
  const hop = runOf(flow).hops.find((h) => h.name === name);
  if (hop === undefined) throw new Error(`no hop ${name}`);
  return sipText(hop, sipNames(flow.scenario));
}

describe("P24 a step as one line", () => {
  const lines = (flow: Flow, run = runOf(flow)) => {
    const diagram = project(flow, run, flow.view ?? {});
    return diagram.items.flatMap((item) => (item.type === "step" ? [stepLine(item, lifelineNames(diagram))] : []));
  };
  test("has number, ends and label", () => {
    expect(lines(group)[11]).toBe(
      "12. CPM Client B2 → CPM Conversation Server B (participating function): ALERTING response",
    );
  });
  test("of a state names one participant", () => {
    expect(lines(titled("1-N Session"))[18]).toMatch(/^19\. CPM Controlling Function X: /);
  });
  test("says what was lost, names what is hidden and stays one line", () => {
    const flow = { ...flowOf(groupParticipants), view: { hide: ["core"] } };
    const hop = { edge: "cfX>coreX", method: "INVITE", lost: true, message: { name: "two\n  lines" } };
    expect(lines(flow, handMadeRun([hop]))).toEqual([
      "1. CPM Conversation Server X (controlling function) → SIP/IP Core X: two lines (lost)",
    ]);
  });
});

test("P25 a run as JSON has every field of the contract, and survives being written and read", () => {
  const run = runOf(group);
  const diagram = project(group, run, group.view ?? {}, new Map(rules().map((rule) => [rule.id, rule])));
  const json = runJson(group, "main", run, diagram);
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  expect(json).toMatchObject({ title: group.title, clause: "C.1.2.3", variant: "main", end: "rest" });
  expect(json.participants).toHaveLength(7);
  expect(json.steps).toHaveLength(19);
  expect(json.steps[11]).toMatchObject({
    number: "12",
    from: "clientB2",
    to: "pfB",
    message: "ALERTING response",
    sip: "180 Ringing",
    hops: ["clientB2>coreB ALERTING#1", "coreB>pfB ALERTING#2"],
    through: ["coreB"],
    rule: "CL-ALERT",
    lost: false,
    origin: "computed",
  });
  expect(json.steps[11]?.clause).toContain("C.1.2.3");
  expect(json.steps[4]?.text).toBe(json.steps[5]?.text);
  expect(Object.keys(json.steps[0] ?? {}).sort()).toEqual(
    "clause from hops lost message number origin received rule sent sip text through to".split(" "),
  );
});

describe("P26 a hop as SIP text", () => {
  test("an invitation with what the server asks of the core", () => {
    expect(message(group, "pfB>coreB INVITE#1")).toEqual([
      "INVITE sip:b@b.example SIP/2.0",
      "Via: SIP/2.0/TCP pfb.b.example;branch=z9hG4bK-pfB-coreB-INVITE-1",
      "Max-Forwards: 70",
      'From: "CPM Conversation Server X (controlling function)" <sip:cfx.x.example>;tag=pfB',
      'To: "CPM User B" <sip:b@b.example>',
      "Call-ID: pfB-1",
      "CSeq: 1 INVITE",
      "Contact: <sip:pfb.b.example>",
      "P-Asserted-Service: urn:urn-7:3gpp-service.ims.icsi.oma.cpm.session",
      'Accept-Contact: *;+g.3gpp.icsi-ref="urn%3Aurn-7%3A3gpp-service.ims.icsi.oma.cpm.session"',
      "Contribution-ID: group",
      expect.stringMatching(/^Reject-Contact: \*;\+sip\.instance="<urn:uuid:[0-9a-f-]{36}>"$/),
      "Request-Disposition: fork, parallel, no-cancel",
      "Content-Type: application/sdp",
      "",
      "m=message 9 TCP/MSRP *",
      "m=video 49172 RTP/AVP 31",
    ]);
  });
  test("the instance that is rejected is the one that the device registers with", () => {
    const rejected = /<(urn:uuid:[^>]*)>/.exec(message(group, "pfB>coreB INVITE#1").join("\n"))?.[1];
    expect(rejected).toBe(sipNames(group.scenario).participants.get("clientB3")?.instance);
  });
  test("a cancellation on the transaction of its invitation, with a reason", () => {
    const text = message(group, "pfB>coreB CANCEL#1");
    expect(text).toContain("Via: SIP/2.0/TCP pfb.b.example;branch=z9hG4bK-pfB-coreB-INVITE-1");
    expect(text).toContain('Reason: SIP;cause=200;text="Call completed elsewhere"');
  });
  test("a list of invitees, with what each invitation replaces", () => {
    const flow = titled("1-N Session");
    expect(message(flow, "clientA>coreA INVITE#1")).toEqual(
      expect.arrayContaining([
        "Require: recipient-list-invite",
        '<entry uri="sip:b@b.example?Session-Replaces=oneToOne"/>',
        '<entry uri="sip:c@c.example"/>',
      ]),
    );
    expect(message(flow, "cfX>coreX INVITE#1")).toContain("Session-Replaces: oneToOne");
  });
  test("a plain SIP flow without a word of CPM, and with credentials on the second try", () => {
    const flow = titled("Two Proxies");
    const text = runOf(flow).hops.flatMap((hop) => sipText(hop, sipNames(flow.scenario)));
    expect(text.filter((line) => /icsi|instance|Contribution/.test(line))).toEqual([]);
    expect(message(flow, "alice>proxy1 INVITE#2")).toEqual(
      expect.arrayContaining([
        "CSeq: 2 INVITE",
        'Proxy-Authorization: Digest username="alice", realm="atlanta.example"',
      ]),
    );
    expect(message(flow, "alice>proxy1 ACK#1")).toContain("CSeq: 1 ACK");
    expect(message(flow, "alice>proxy1 ACK#2")).toContain("CSeq: 2 ACK");
    expect(message(flow, "proxy1>alice 407#1")).toContain('Proxy-Authenticate: Digest realm="atlanta.example"');
  });
  test("a chat message as MSRP", () => {
    const flow = bundled.find((f) => (f.scenario.chats?.length ?? 0) > 0) ?? group;
    const text = message(flow, "clientA>pfA SEND#1");
    expect(text[0]).toMatch(/^MSRP \S+ SEND$/);
    expect(text).toContain("Content-Type: text/plain");
  });
  test("every message of every bundled flow: one start line, and a name before each header's colon", () => {
    for (const flow of bundled)
      for (const hop of runOf(flow).hops) {
        const [start = "", ...rest] = sipText(hop, sipNames(flow.scenario));
        expect(start).toMatch(/^(SIP\/2\.0 \d{3} .+|[A-Z]+ sips?:\S+ SIP\/2\.0|MSRP \S+ .+)$/);
        const end = rest.indexOf("");
        for (const line of end < 0 ? rest : rest.slice(0, end)) expect(line).toMatch(/^([A-Za-z-]+: \S|-------)/);
        expect(rest.join(" ")).not.toContain("undefined");
      }
  });
  test("an authored message is its label", () => {
    const flow = flowOf(groupParticipants);
    const hop = handMadeRun([{ edge: "a>b", method: "INVITE", message: { name: "One\nTwo", method: undefined } }])
      .hops[0];
    expect(hop === undefined ? [] : sipText(hop, sipNames(flow.scenario))).toEqual(["One", "Two"]);
  });
  test("what people type cannot break out of its line", () => {
    const scenario = flowOf([{ id: "a", name: 'A "B"\r\nEvil: yes', role: "other" }]).scenario;
    const hop = handMadeRun([{ edge: "a>b", method: "BYE", message: { from: { id: "a", tag: "t" } } }]).hops[0];
    const text = hop === undefined ? [] : sipText(hop, sipNames(scenario));
    expect(text).toContain('From: "A \\"B\\" Evil: yes" <sip:a.example>;tag=t');
  });
});

test("P27 lines that are new or changed since the hop before are marked", () => {
  const before = message(group, "coreX>coreB INVITE#1");
  const after = message(group, "coreB>pfB INVITE#1");
  const marked = changedLines(before, after);
  expect(after.filter((_, i) => marked[i])).toEqual([
    "Via: SIP/2.0/TCP coreb.b.example;branch=z9hG4bK-coreB-pfB-INVITE-1",
    "Max-Forwards: 68",
    "Record-Route: <sip:coreb.b.example;lr>",
  ]);
  expect(changedLines(undefined, after)).toEqual(after.map(() => false));
  expect(changedLines(["a", ""], ["a", "a", "", ""])).toEqual([false, true, false, false]);
});
