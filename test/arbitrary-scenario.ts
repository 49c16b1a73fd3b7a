import fc from "fast-check";
import { cannotRun, computeRun, enabled, initial, step } from "../electron/engine/index.ts";
import type { Scenario } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";
import type { Hop, Run } from "../shared/run/run.ts";

/** Scenarios that nobody has drawn: who there is, what they can and want, how the networks work, and what they do. */

type Participant = Scenario["participants"][number];
type Client = Extract<Participant, { role: "client" }>;

const letters = ["A", "B", "C", "D"] as const;
const media = ["messages", "video"] as const;

const device = fc.record({
  media: fc.option(fc.subarray([...media], { minLength: 1 }), { nil: undefined, freq: 3 }),
  registered: fc.option(fc.constant(false), { nil: undefined, freq: 8 }),
  reachable: fc.option(fc.constant(false), { nil: undefined, freq: 8 }),
  busy: fc.option(fc.constant(true), { nil: undefined, freq: 8 }),
  answer: fc.constantFrom("user" as const, "user" as const, "auto" as const),
});

const network = fc.record({
  core: fc.boolean(),
  server: fc.boolean(),
  devices: fc.array(device, { minLength: 1, maxLength: 3 }),
  preference: fc.option(fc.nat(2), { nil: undefined, freq: 3 }),
  policy: fc.option(fc.nat(2), { nil: undefined, freq: 3 }),
});

const code = fc.constantFrom(404, 480, 486, 503, 600, 603);
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const options = fc.record({
  forking: optional(
    fc.constantFrom("coreForksCoreCancels" as const, "coreForksServerCancels" as const, "serverForks" as const),
  ),
  participatingFunction: optional(fc.constantFrom("b2bua" as const, "proxy" as const)),
  release: optional(fc.constantFrom("endToEnd" as const, "hopByHop" as const)),
  declineCode: optional(code),
  busyCode: optional(code),
  ringTimeoutCode: optional(code),
  noAnswerCode: optional(code),
  unreachableCode: optional(code),
  focusKeeps: optional(fc.constantFrom("oneDevice" as const, "manyDevices" as const)),
  transferMediaPath: optional(fc.constantFrom("serverInPath" as const, "serverNotInPath" as const)),
  trying: optional(fc.boolean()),
  challenge: optional(fc.subarray(letters.map((letter) => `core${letter}`))),
});

const plan = fc.record({
  networks: fc.array(network, { minLength: 1, maxLength: 4 }),
  options,
  kind: fc.constantFrom("oneToOne" as const, "group" as const, "preDefined" as const),
  offered: fc.subarray([...media]),
  given: fc.boolean(),
  replaces: fc.boolean(),
  transfer: fc.option(fc.nat(5), { nil: undefined }),
  chat: fc.boolean(),
});

type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;
type Network = Plan["networks"][number];

const devicesOf = (letter: string, { devices }: Network): Client[] =>
  devices.map((given, i) => {
    const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return {
      id: `client${letter}${i + 1}`,
      name: `CPM Client ${letter}${i + 1}`,
      role: "client",
      user: letter,
      ...set,
    };
  });

/** The scenario of a plan; at most six devices. */
function scenarioOf({ networks, kind, offered, ...given }: Plan): Scenario {
  const participants: Participant[] = [];
  const users: NonNullable<Scenario["users"]> = [];
  const policies: NonNullable<Scenario["policies"]> = [];
  const clients: Client[][] = [];
  for (const [i, net] of networks.entries()) {
    const letter = letters[i] as string;
    const left = 6 - clients.flat().length - (networks.length - 1 - i);
    const devices = devicesOf(letter, net).slice(0, Math.max(1, left));
    // Who begins is there, and so is who has a session.
    if (devices[0] !== undefined && i < (given.given ? 2 : 1))
      devices[0] = { ...devices[0], registered: undefined, reachable: undefined };
    clients.push(devices);
    participants.push(...devices);
    if (net.core)
      participants.push({ id: `core${letter}`, name: `SIP/IP Core ${letter}`, role: "core", domain: letter });
    if (net.server)
      participants.push({
        id: `pf${letter}`,
        name: `CPM Conversation Server ${letter} (participating function)`,
        role: "participatingFunction",
        domain: letter,
      });
    const preferred = net.preference === undefined ? undefined : devices[net.preference];
    users.push({
      id: letter,
      name: `CPM User ${letter}`,
      domain: letter,
      ...(preferred && { preferences: [{ clients: [preferred.id] }] }),
    });
    const barred = net.policy === undefined ? undefined : devices[net.policy];
    if (barred !== undefined) policies.push({ domain: letter, clients: [barred.id] });
  }
  const first = clients[0]?.[0]?.id ?? "";
  const second = clients[1]?.[0]?.id;
  const invited = letters.slice(1, networks.length);
  const sessions =
    given.given && second !== undefined ? [{ id: "given", from: first, to: second, media: ["messages"] }] : [];
  const invitations: NonNullable<Scenario["invitations"]> = [];
  if (kind === "oneToOne" && invited[0] !== undefined)
    invitations.push({ id: "call", from: first, to: [{ user: invited[0] }], media: [...offered] });
  else if (kind !== "oneToOne") {
    participants.push({
      id: "cfX",
      name: "CPM Conversation Server X (controlling function)",
      role: "controllingFunction",
      domain: "X",
    });
    participants.push({ id: "coreX", name: "SIP/IP Core X", role: "core", domain: "X" });
    const isReplacing = given.replaces && sessions.length > 0;
    const to = invited.map((user, i) => (i === 0 && isReplacing ? { user, replaces: "given" } : { user }));
    if (kind === "group" && to.length > 0)
      invitations.push({ id: "call", from: first, focus: "cfX", to, media: [...offered] });
    else if (kind === "preDefined")
      invitations.push({
        id: "call",
        from: "cfX",
        to: letters.slice(0, networks.length).map((user) => ({ user })),
        media: [...offered],
      });
  }
  const all = clients.flat().map(({ id }) => id);
  const target = given.transfer === undefined ? undefined : all[given.transfer];
  const transfers =
    sessions.length > 0 && target !== undefined && target !== first && target !== second
      ? [{ id: "move", session: "given", from: first, to: target }]
      : [];
  const chats =
    given.chat && sessions.length > 0 ? [{ id: "hello", session: "given", from: first, text: "Hello" }] : [];
  const set = Object.fromEntries(Object.entries(given.options).filter(([, value]) => value !== undefined));
  return { participants, users, policies, sessions, invitations, transfers, chats, options: set };
}

/** A scenario that can be run. */
export const arbitraryScenario: fc.Arbitrary<Scenario> = plan
  .map(scenarioOf)
  .filter((scenario) => cannotRun(scenario) === undefined);

/** What may begin: invitations and transfers that are possible at once. */
export const beginnings = (scenario: Scenario): readonly Choice[] =>
  enabled(initial(scenario)).filter(
    (choice) => choice.kind === "stimulate" && (choice.stimulus === "invite" || choice.stimulus === "transfer"),
  );

/**
 * A script that begins and then takes at every world one of the choices: the n-th, modulo how many there are. Without
 * `losses` nothing gets lost, with them any message may, once or again.
 */
export function walk(scenario: Scenario, picks: readonly number[], losses: boolean): readonly Choice[] {
  let world = initial(scenario);
  const taken: Choice[] = [];
  for (const [i, pick] of picks.entries()) {
    const { flight } = world;
    const open =
      i === 0 ? beginnings(scenario) : enabled(world).filter((choice) => isMeant(choice, flight.length, losses));
    const choice = open[pick % Math.max(1, open.length)];
    const next = choice === undefined ? undefined : step(world, choice);
    if (choice === undefined || next === undefined) break;
    world = next.world;
    taken.push("hop" in choice ? choice : { ...choice, now: true });
  }
  return taken;
}

/** A transaction's own timers run out only when nothing is under way: no message takes that long. */
function isMeant(choice: Choice, underWay: number, losses: boolean): boolean {
  if (choice.kind === "lose") return losses;
  return choice.kind !== "expire" || underWay === 0 || !/^Timer_[BC]/.test(choice.timer);
}

/**
 * The run of a script in which, from then on, the n-th of its messages is lost each time it is sent, until its sender
 * gives up. Undefined where no message is sent.
 */
export function losing(scenario: Scenario, script: readonly Choice[], n: number): Lossy | undefined {
  let run = runOf(scenario, script);
  const lost = run.hops[n % Math.max(1, run.hops.length)];
  if (lost === undefined) return undefined;
  const isSame = (name: string) => run.hops.some((hop) => hop.name === name && sameMessage(hop) === sameMessage(lost));
  let taken: readonly Choice[] = script;
  for (let at = 0; at >= 0; ) {
    at = run.turns.findIndex(({ choice }) => choice.kind === "deliver" && isSame(choice.hop));
    const turn = run.turns[at]?.choice;
    if (turn === undefined || !("hop" in turn)) break;
    const before = run.turns.slice(0, at).map(({ choice }) => ("hop" in choice ? choice : { ...choice, now: true }));
    taken = [...before, { kind: "lose", hop: turn.hop }];
    run = runOf(scenario, taken);
  }
  return { run, script: taken };
}

export interface Lossy {
  readonly run: Run;
  readonly script: readonly Choice[];
}

/** Told from all other messages on its hop, however often it is sent. */
const sameMessage = ({ from, to, message: { transaction, call, method, status } }: Hop): string =>
  `${from}>${to} ${transaction ?? call} ${method}${status ?? ""}`;

export const runOf = (scenario: Scenario, script: readonly Choice[]) => computeRun(scenario, script, { turns: 20_000 });
