import { describe, expect, it } from "vitest";
import { readFlow, writeFlow } from "../../shared/flow/file.ts";
import { computeRun } from "../engine/index.ts";
import { importSteps, roleNamed } from "./steps.ts";

const table = (...rows: string[]) => ["n\tkind\tfrom\tto\tlabel\tnote", ...rows].join("\n");
const two = ["1\tmsg\tAlice\tProxy 1\tINVITE F1\t", "2\tmsg\tProxy 1\tAlice\t100 F2\t"];

function imported(text: string, roles?: Parameters<typeof importSteps>[2]) {
  const result = importSteps(text, "table.tsv", roles);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

describe("R10: step tables", () => {
  it("keep order, labels and media, participants in the order of their use", () => {
    const { flow, diagnostics } = imported(table(...two, "3\tmedia\tBob\tAlice\tRTP\t"));
    expect(diagnostics).toEqual([]);
    expect(flow.scenario.participants.map(({ id, name, role }) => [id, name, role])).toEqual([
      ["alice", "Alice", "client"],
      ["proxy1", "Proxy 1", "core"],
      ["bob", "Bob", "client"],
    ]);
    const run = computeRun(flow.scenario, flow.variants[0]?.script ?? []);
    expect(run.hops.map((h) => [h.name, h.message.kind])).toEqual([
      ["alice>proxy1 INVITE F1#1", "request"],
      ["proxy1>alice 100 F2#1", "final"],
      ["bob>alice RTP#1", "media"],
    ]);
  });

  it("make a document that opens without a finding", () => {
    const { flow } = imported(table(...two, "3\tmsg\tAlice\tProxy 1\tACK\tafter a while"));
    const opened = readFlow(writeFlow(flow), "table.flow.json");
    expect(opened.ok && opened.value).toMatchObject({ flow, diagnostics: [] });
    expect(flow.notes).toEqual([{ at: "alice>proxy1 ACK#1", text: "after a while" }]);
  });

  it.each([
    ["CPM Client B2", "client", "clientB2"],
    ["SIP/IP Core X", "core", "coreX"],
    ["CPM Conversation Server B (participating function)", "participatingFunction", "pfB"],
    ["CPM Conversation Server X (controlling function)", "controllingFunction", "cfX"],
    ["CPM Controlling Function X", "controllingFunction", "cfX"],
    ["SIP Server", "core", "sipServer"],
    ["ALG", "core", "alg"],
    ["Server-A", "core", "serverA"],
    ["UA", "client", "ua"],
    ["3PCC", "client", "p3pcc"],
  ])("guess the role of %s", (name, role, id) => {
    const { flow } = imported(table(`1\tmsg\t${name}\tSomebody\tINVITE\t`));
    expect(flow.scenario.participants[0]).toMatchObject({ name, role, id });
  });

  it("take a role that is given, and refuse one for nobody", () => {
    const { flow } = imported(table(...two), new Map([["Alice", "other"]]));
    expect(flow.scenario.participants[0]?.role).toBe("other");
    const refused = importSteps(table(...two), "table.tsv", new Map([["Carol", "core"]]));
    expect(!refused.ok && refused.failure.message).toBe(
      "“Carol” is given a role, but no step of “table.tsv” names it.",
    );
    expect([roleNamed("CORE"), roleNamed("proxy")]).toEqual(["core", undefined]);
  });

  it("let messages cross and get lost where their notes say so", () => {
    const { flow } = imported(
      table("1\tmsg\tA\tB\tBYE F1\tcrosses F2", "2\tmsg\tB\tA\tBYE F2\tcrosses F1", "3\tmsg\tA\tB\t200 F3\tlost"),
    );
    const run = computeRun(flow.scenario, flow.variants[0]?.script ?? []);
    const [first, second, third] = run.hops;
    expect(second?.sent).toBeLessThan(first?.received ?? 0);
    expect(third?.lost).toBeGreaterThan(0);
    expect(run.end).toBe("rest");
  });

  it("say in one sentence with its line why a row is left out, and keep the rest", () => {
    const { flow, diagnostics } = imported(
      table(
        ...two,
        "3\tsms\tA\tB\tHi\t",
        "4\tmsg\tAlice\t\tACK\t",
        "5\tmsg\tAlice\tProxy 1\tACK\t\tmore",
        "9\tmsg\tAlice\tProxy 1\tBYE\tcrosses F77",
      ),
    );
    expect(flow.variants[0]?.script).toHaveLength(4);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "Line 4 is of the kind “sms”, which is neither msg nor media; it is left out.",
      "Line 5 does not say who receives; it is left out.",
      "Line 6 has more cells than the table has columns; “more” is left out.",
      "Line 6 has the number 5, but 3 is missing.",
      "Line 7 has the number 9, but 6 is missing.",
      "Line 7 crosses F77, which no step is; they are shown one after the other.",
    ]);
  });

  it("need no heading, and may order their columns otherwise", () => {
    expect(imported(two.join("\r\n")).flow.variants[0]?.script).toHaveLength(2);
    const other = imported("label\tkind\tto\tfrom\nINVITE\tmsg\tBob\tAlice");
    expect(other.flow.variants[0]?.script[0]).toMatchObject({ from: "alice", to: "bob" });
  });

  it("fail with a sentence when nothing can be used", () => {
    const empty = importSteps("", "none.tsv");
    expect(empty.ok).toBe(false);
    const prose = importSteps("Dear all,\nthis is no table.", "mail.tsv");
    expect(!prose.ok && prose.failure.message).toContain("“mail.tsv” holds no usable step. Line 1 is of the kind");
  });
});
