import type { Options, Scenario } from "../../shared/flow/flow.ts";
import type { Diagnostic, Failure, Severity } from "../../shared/flow/result.ts";
import { allRules } from "./rulebook.ts";
import { nominalDurations } from "./rules/timers.ts";
import { compileTopology, serverOf, type Topology } from "./topology.ts";

/**
 * What the engine has to say about a scenario before it runs. An error is a contradiction: no run would be right, and none
 * is computed (`cannotRun`). A warning names what never happens or has no effect; the run is right without it.
 */
export function checkScenario(scenario: Scenario): readonly Diagnostic[] {
  const topology = compileTopology(scenario);
  return [
    ...conflicts(topology),
    ...codeConflicts(topology.options),
    ...listsWithoutFocus(scenario),
    ...idleTransfers(topology),
    ...idle(topology),
  ];
}

/** Why no run of the scenario can be computed: the first of its contradictions. Undefined where it has none. */
export function cannotRun(scenario: Scenario): Failure | undefined {
  const wrong = checkScenario(scenario).find(({ severity }) => severity === "error");
  return wrong === undefined ? undefined : { message: wrong.message };
}

const diagnostic = (severity: Severity, code: string, message: string, at: string): Diagnostic => ({
  severity,
  code,
  message,
  at,
});

const conflict = (message: string, option: keyof Options): Diagnostic =>
  diagnostic("error", "option-conflict", message, `/scenario/options/${option}`);

/** What a participating function that is a proxy cannot do. */
function conflicts({ scenario, options, participatingFunctions }: Topology): Diagnostic[] {
  if (participatingFunctions.size === 0 || options.participatingFunction !== "proxy") return [];
  const found: Diagnostic[] = [];
  if (options.forking === "coreForksServerCancels")
    found.push(
      conflict(
        'A participating function that is a proxy has nothing left to cancel after an acceptance: choose participatingFunction "b2bua", or forking "coreForksCoreCancels" or "serverForks".',
        "forking",
      ),
    );
  if (options.release === "hopByHop")
    found.push(
      conflict(
        'A participating function that is a proxy cannot answer a release itself: choose participatingFunction "b2bua" or release "endToEnd".',
        "release",
      ),
    );
  if ((scenario.transfers?.length ?? 0) > 0 && options.transferMediaPath === "serverInPath")
    found.push(
      conflict(
        'A participating function that is a proxy cannot stay in the media path of a transfer: choose participatingFunction "b2bua" or transferMediaPath "serverNotInPath".',
        "transferMediaPath",
      ),
    );
  return found;
}

/** Codes that say something else than a refusal. */
const taken: Readonly<Record<number, string>> = {
  401: "asks for credentials (RFC 3261 §21.4.2)",
  407: "asks for credentials (RFC 3261 §21.4.8)",
  487: "is what a cancelled invitation is answered with (RFC 3261 §21.4.25)",
  491: "says that two requests have met (RFC 3261 §21.4.27)",
};

function codeConflicts(options: Options): Diagnostic[] {
  const codes = ["declineCode", "busyCode", "ringTimeoutCode", "noAnswerCode", "unreachableCode"] as const;
  return codes.flatMap((option) => {
    if (options[option] >= 600 && (option === "noAnswerCode" || option === "unreachableCode"))
      return [
        conflict(
          `The option ${option} cannot be ${options[option]}: whoever hears nothing cannot refuse for all devices of a user (RFC 3261 §21.6); choose 408 or 480.`,
          option,
        ),
      ];
    const meaning = taken[options[option]];
    return meaning === undefined
      ? []
      : [conflict(`The option ${option} cannot be ${options[option]}, which ${meaning}; choose another code.`, option)];
  });
}

/** A client can ask one user by itself; for more there has to be a controlling function. */
function listsWithoutFocus({ invitations = [], participants }: Scenario): Diagnostic[] {
  const clients = new Set(participants.filter(({ role }) => role === "client").map(({ id }) => id));
  return invitations.flatMap(({ id, from, focus, to }, i) =>
    focus !== undefined || to.length < 2 || !clients.has(from)
      ? []
      : [
          diagnostic(
            "error",
            "no-focus",
            `Invitation ${id} goes from a client to ${to.length} users, which only a controlling function can invite: name one as its focus, or invite one user.`,
            `/scenario/invitations/${i}/focus`,
          ),
        ],
  );
}

/** Who may have a session at its two ends before it is transferred. */
function endsOf(
  { scenario, clients }: Topology,
  id: string,
): readonly [readonly string[], readonly string[]] | undefined {
  const session = scenario.sessions?.find((s) => s.id === id);
  if (session !== undefined) return [[session.from], [session.to]];
  const invitation = scenario.invitations?.find((i) => i.id === id);
  return (
    invitation && [[invitation.from], invitation.to.flatMap(({ user }) => clients.get(user)?.map((c) => c.id) ?? [])]
  );
}

/** A transfer to where the session is already, and one by a device that never has it. */
function idleTransfers(topology: Topology): Diagnostic[] {
  const { transfers = [] } = topology.scenario;
  const name = (id: string) => topology.participants.get(id)?.name ?? id;
  return transfers.flatMap(({ id, session, from, to }, i): Diagnostic[] => {
    const at = (field: string) => `/scenario/transfers/${i}/${field}`;
    if (from === to)
      return [
        diagnostic(
          "error",
          "same-device",
          `Transfer ${id} goes from ${name(from)} to the same device: name another as its target.`,
          at("to"),
        ),
      ];
    const ends = endsOf(topology, session);
    if (ends === undefined) return [];
    const isGiven = ends[0].length === 1 && ends[1].length === 1;
    if (isGiven && ends.flat().includes(from) && ends.flat().includes(to))
      return [
        diagnostic(
          "error",
          "same-session",
          `Transfer ${id} goes to ${name(to)}, which is at the other end of ${session}: name another device as its target.`,
          at("to"),
        ),
      ];
    const has = ends.flat().includes(from) || transfers.some((t) => t.session === session && t.to === from);
    if (has) return [];
    return [
      diagnostic(
        "warning",
        "never-there",
        `Transfer ${id} cannot happen: ${name(from)} is not in ${session}, and no transfer brings that there.`,
        at("from"),
      ),
    ];
  });
}

interface Remark {
  readonly code: string;
  readonly message: string;
  readonly at: string;
}

/** Who begins something although nothing gets to its device, or its network does not know it. */
function absentBeginners({ scenario, participants }: Topology): Remark[] {
  const { invitations = [], transfers = [] } = scenario;
  const begun = [
    ...invitations.map(({ from }, i) => ({ from, at: `/scenario/invitations/${i}/from` })),
    ...transfers.map(({ from }, i) => ({ from, at: `/scenario/transfers/${i}/from` })),
  ];
  return begun.flatMap(({ from, at }) => {
    const who = participants.get(from);
    if (who?.role !== "client" || (who.registered !== false && who.reachable !== false)) return [];
    const why = who.registered === false ? "is not registered" : "is out of reach, so that no answer gets to it";
    return [{ code: "absent-beginner", message: `${who.name} begins something, but ${why}.`, at }];
  });
}

/** Cores that no message passes: a network has one, and a message goes from the sender's network to the receiver's. */
function idleCores({ scenario, participants, cores, users }: Topology): Remark[] {
  if ((scenario.invitations?.length ?? 0) === 0) return [];
  const lived = new Set<string | undefined>([...users.values()].map((user) => user.domain));
  for (const { role, domain } of participants.values()) if (role !== "core" && role !== "other") lived.add(domain);
  return scenario.participants.flatMap(({ id, name, role, domain }, i) => {
    if (role !== "core" || domain === undefined) return [];
    const first = cores.get(domain);
    if (first === id && lived.has(domain)) return [];
    const why =
      first === id
        ? `nobody is in network ${domain}, and messages go straight from the sender's network to the receiver's`
        : `${participants.get(first ?? "")?.name ?? "another"} is the one of network ${domain}`;
    return [
      { code: "idle-core", message: `No message passes ${name}: ${why}.`, at: `/scenario/participants/${i}/domain` },
    ];
  });
}

/** What nobody reads: the wishes of a user, or of a provider, whose network has no function that selects devices; and the like. */
function unheard({ scenario, participants, participatingFunctions, clients }: Topology): Remark[] {
  const found: Remark[] = [];
  const serves = (domain: string | undefined) => domain !== undefined && participatingFunctions.has(domain);
  const nobody = (domain: string | undefined) =>
    `network ${domain ?? "?"} has no participating function that selects devices`;
  for (const [i, { domain, preferences = [], name, id }] of (scenario.users ?? []).entries())
    if (preferences.length > 0 && !serves(domain))
      found.push({
        code: "unheard-preference",
        message: `The preferences of ${name ?? id} have no effect: ${nobody(domain)}.`,
        at: `/scenario/users/${i}/preferences`,
      });
  for (const [i, { domain }] of (scenario.policies ?? []).entries())
    if (!serves(domain))
      found.push({
        code: "unheard-policy",
        message: `The policy has no effect: ${nobody(domain)}.`,
        at: `/scenario/policies/${i}`,
      });
  for (const [i, id] of (scenario.options?.challenge ?? []).entries())
    if (participants.get(id)?.role !== "core")
      found.push({
        code: "no-challenger",
        message: `“${id}” challenges nobody: it is no SIP/IP Core of the flow.`,
        at: `/scenario/options/challenge/${i}`,
      });
  for (const [i, { to }] of (scenario.invitations ?? []).entries())
    for (const [j, { user, replaces }] of to.entries()) {
      const session = scenario.sessions?.find(({ id }) => id === replaces);
      const isTheirs = clients.get(user)?.some(({ id }) => id === session?.from || id === session?.to) ?? false;
      if (session !== undefined && !isTheirs)
        found.push({
          code: "strange-replacement",
          message: `Session ${session.id} cannot be replaced for ${user}, who is not in it; the invitation will be refused.`,
          at: `/scenario/invitations/${i}/to/${j}/replaces`,
        });
    }
  return found;
}

/** What has no effect. */
function idle(topology: Topology): Diagnostic[] {
  const { scenario, participants } = topology;
  const found: Diagnostic[] = [];
  const say = (code: string, message: string, at: string) => found.push(diagnostic("warning", code, message, at));
  for (const [i, transfer] of (scenario.transfers ?? []).entries())
    for (const end of ["from", "to"] as const)
      if (participants.has(transfer[end]) && serverOf(topology, transfer[end]) === undefined)
        say(
          "no-server",
          `The network of ${transfer[end]} has no participating function that could serve a transfer.`,
          `/scenario/transfers/${i}/${end}`,
        );
  for (const { code, message, at } of [...absentBeginners(topology), ...idleCores(topology), ...unheard(topology)])
    say(code, message, at);
  const rules = new Set(allRules.map((rule) => rule.id));
  for (const [i, id] of (scenario.rules?.off ?? []).entries())
    if (!rules.has(id)) say("unknown-rule", `There is no rule "${id}" to switch off.`, `/scenario/rules/off/${i}`);
  for (const name of Object.keys(scenario.timers ?? {}))
    if (!Object.hasOwn(nominalDurations, name))
      say(
        "unknown-timer",
        `There is no timer "${name}"; the timers are ${Object.keys(nominalDurations).join(", ")}.`,
        `/scenario/timers/${name}`,
      );
  return found;
}
