import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cannotRun, checkRun, checkScenario, computeRun, explore } from "../electron/engine/index.ts";
import { type Flow, flowSchema, optionsSchema, type Scenario } from "../shared/flow/flow.ts";
import { wholeScript } from "../shared/run/tree.ts";

const folder = new URL("../flows/", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".flow.json"));
const read = (file: string): Flow => flowSchema.parse(JSON.parse(readFileSync(new URL(file, folder), "utf8")));

type Given = NonNullable<Scenario["options"]>;
const withOptions = (flow: Flow, options: Given): Flow => ({
  ...flow,
  scenario: { ...flow.scenario, options: { ...flow.scenario.options, ...options } },
});

const { forking, participatingFunction, release, transferMediaPath, focusKeeps } = optionsSchema.shape;
const all = <T>({ unwrap }: { unwrap(): { readonly options: readonly T[] } }): readonly T[] => unwrap().options;

/** Every combination of who forks, cancels, answers and stays in the path; and each code and switch by itself. */
const combinations: readonly Given[] = [
  ...all(forking).flatMap((fork) =>
    all(participatingFunction).flatMap((server) =>
      all(release).flatMap((end) =>
        all(transferMediaPath).map((path) => ({
          forking: fork,
          participatingFunction: server,
          release: end,
          transferMediaPath: path,
        })),
      ),
    ),
  ),
  ...all(focusKeeps).map((keeps) => ({ focusKeeps: keeps })),
  { trying: true },
  ...(["declineCode", "busyCode", "ringTimeoutCode", "noAnswerCode", "unreachableCode"] as const).flatMap((code) =>
    [404, 480, 486, 503, 603].map((status): Given => ({ [code]: status })),
  ),
];

describe.each(files)("E71 %s", (file) => {
  const flow = read(file);
  it("with every combination of options is refused, or comes to rest with every requirement kept", () => {
    for (const options of combinations) {
      const of = withOptions(flow, options);
      if (cannotRun(of.scenario) !== undefined) continue;
      for (const { id } of flow.variants) {
        const script = wholeScript(of, id);
        // What arrives when is a matter of who sends it; what people do is not.
        const acts = script.ok ? script.value.filter(({ kind }) => kind === "stimulate") : [];
        const run = computeRun(of.scenario, acts);
        const what = `${JSON.stringify(options)} ${id}`;
        expect(run.end, what).not.toBe("limit");
        expect(
          run.turns.flatMap(({ unexpected }) => unexpected ?? []),
          what,
        ).toEqual([]);
        if (run.end !== "rest") continue;
        const broken = checkRun(of, run).filter(({ verdict }) => verdict === "fail");
        expect(
          broken.map(({ id, message }) => `${id}: ${message}`),
          what,
        ).toEqual([]);
      }
    }
  });
});

describe("contradictions", () => {
  const group = read("cpm/group-invitation.flow.json");
  const transfer = read("cpm/transfer-server-in-path.flow.json");
  const proxy = { participatingFunction: "proxy", forking: "serverForks" } as const;
  const refused = (flow: Flow, options: Given) => cannotRun(withOptions(flow, options).scenario)?.message;

  it("E71 are refused in a sentence that says what to choose", () => {
    for (const [flow, options, says] of [
      [group, { participatingFunction: "proxy" }, /nothing left to cancel.*choose.*"b2bua"/],
      [group, { ...proxy, release: "hopByHop" }, /cannot answer a release.*choose.*"endToEnd"/],
      [transfer, { ...proxy, transferMediaPath: "serverInPath" }, /media path.*choose.*"serverNotInPath"/],
      [group, { declineCode: 487 }, /declineCode cannot be 487.*cancelled invitation.*choose/],
      [group, { busyCode: 407 }, /busyCode cannot be 407.*credentials/],
    ] as const)
      expect(refused(flow, options)).toMatch(says);
    expect(refused(group, proxy)).toBeUndefined();
    const several = read("cpm/one-to-one.flow.json").scenario;
    const both = [{ id: "session", from: "clientA", to: [{ user: "A" }, { user: "B" }] }];
    expect(cannotRun({ ...several, invitations: both })?.message).toMatch(/2 users.*name one as its focus/);
  });

  it("E70 leave nothing to explore", () => {
    const { scenario } = withOptions(group, { participatingFunction: "proxy" });
    expect(explore(scenario, [], { freedoms: [] })).toEqual({ ok: false, failure: cannotRun(scenario) });
  });

  it("E72 are not what has no effect", () => {
    const odd = { ...group.scenario, rules: { off: ["NO-SUCH"] }, timers: { T_tea: 180, T_ring: 5 } };
    expect(checkScenario(odd).map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      "warning unknown-rule",
      "warning unknown-timer",
    ]);
    expect(cannotRun(odd)).toBeUndefined();
    const codesOf = (scenario: Scenario) => checkScenario(scenario).map(({ severity, code }) => `${severity} ${code}`);
    const call = read("sip/no-answer.flow.json").scenario;
    const unheard: Scenario = {
      ...call,
      participants: call.participants.map((p) => (p.id === "alice" ? { ...p, reachable: false } : p)),
      users: call.users?.map((user) => ({ ...user, preferences: [{ clients: ["bob"] }] })),
      policies: [{ domain: "biloxi", clients: ["bob"] }],
      options: { challenge: ["bob"] },
    };
    expect(codesOf(unheard)).toEqual([
      "warning absent-beginner",
      "warning unheard-preference",
      "warning unheard-preference",
      "warning unheard-policy",
      "warning no-challenger",
    ]);
    const passedBy: Scenario = {
      ...call,
      participants: [
        ...call.participants,
        { id: "transit", name: "Transit", role: "core", domain: "nowhere" },
        { id: "second", name: "Second", role: "core", domain: call.users?.[0]?.domain },
      ],
    };
    expect(codesOf(passedBy)).toEqual(["warning idle-core", "warning idle-core"]);
    const extend = read("cpm/extend-one-to-one.flow.json").scenario;
    const invitations = extend.invitations?.map((i) => ({
      ...i,
      to: i.to.map(({ user }) => ({ user, replaces: "oneToOne" })),
    }));
    expect(codesOf({ ...extend, invitations })).toEqual(["warning strange-replacement"]);
    for (const file of files) expect(codesOf(read(file).scenario), file).toEqual([]);
  });
});
