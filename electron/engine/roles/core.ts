import type { ParticipantId } from "../../../shared/run/choice.ts";
import { absorbing, arrived, type Condition, type Context, type Rule, sender, type Trigger } from "../rule.ts";
import { branchInvited, newBranch, openContext } from "../rules/context.ts";
import { forkingRules } from "../rules/forking.ts";
import { givingUpRules } from "../rules/giving-up.ts";
import { isInDialog, passAlongRoute, passRequest, passResponse, reply } from "../sip.ts";
import { domainOf, EXCLUDE, homeOf, type Route, routeRequest } from "../topology.ts";
import { listNames, userName } from "../words.ts";

/** The SIP/IP Core: registrar, router, trigger of service control, forking proxy (RFC 3261 §16). */

const outside: readonly Trigger[] = ["request INVITE", "request REFER", "request NOTIFY", "request MESSAGE"];

function routeOf(c: Context): Route {
  return routeRequest(c.topology, c.me.id, arrived(c), sender(c));
}

const initial: Condition = { text: "the request is not within a dialog", test: (c) => !isInDialog(arrived(c)) };
const notChallenged: Condition = { text: "the request need not be authenticated here", test: (c) => !challenges(c) };

function challenges(c: Context): boolean {
  return (
    c.options.challenge.includes(c.me.id) &&
    arrived(c).method === "INVITE" &&
    arrived(c).authorization !== true &&
    c.topology.participants.get(sender(c))?.role === "client"
  );
}

const routed = (text: string, kind: Route["kind"]): Condition => ({
  text,
  test: (c) => routeOf(c).kind === kind,
  value: (c) => {
    const route = routeOf(c);
    if (!("to" in route)) return "nowhere";
    return (typeof route.to === "string" ? [route.to] : route.to).map(c.nameOf).join(", ");
  },
});

/** Passes the request on to each target; an invitation opens a response context. */
function passOn(c: Context, targets: readonly ParticipantId[], toContact: boolean): void {
  const request = arrived(c);
  const branches = targets.map((to) => {
    const uri = toContact ? { participant: to } : request.uri;
    // What the server asked of this core is not for the devices.
    const more = toContact ? { uri, exclude: undefined, noCancel: undefined } : { uri };
    const hop = passRequest(c, request, to, more);
    return newBranch(hop, to, { ...request, ...more, transaction: hop }, toContact ? [to] : []);
  });
  if (request.method === "INVITE") openContext(c, false, branches);
}

function passToOne(c: Context): void {
  const route = routeOf(c);
  if ("to" in route && typeof route.to === "string")
    passOn(c, [route.to], route.kind === "participant" && c.topology.participants.get(route.to)?.role === "client");
}

function subject(c: Context): string {
  const { name } = arrived(c);
  return `the ${name}`;
}

const routing = (
  id: string,
  kind: Route["kind"],
  clause: string,
  title: string,
  summary: string,
  condition: string,
  says: (c: Context) => string,
): Rule => ({
  id,
  role: "core",
  title,
  clause,
  on: outside,
  when: [initial, notChallenged, routed(condition, kind)],
  act: passToOne,
  says,
  summary,
});

export const coreRules: readonly Rule[] = [
  {
    id: "CORE-CHALLENGE",
    role: "core",
    title: "Challenge a first invitation",
    clause: "RFC 3261 §22.3; RFC 3665 §3.2",
    on: ["request INVITE"],
    when: [
      initial,
      { text: "the core authenticates its own clients and the request has no credentials", test: challenges },
    ],
    act: (c) => {
      reply(c, arrived(c), 407, c.me.id);
    },
    says: (c) => `${c.the(c.me.id)} asks ${c.the(sender(c))} for credentials.`,
    summary: "A client's request without credentials is challenged with 407.",
  },
  routing(
    "CORE-ORIGINATING",
    "originating",
    "C.2.2.X steps 1–2; CPM originating service control",
    "Trigger originating service control",
    "A request of a core's own client goes to the participating function that serves the client first.",
    "the request comes from a client that a participating function serves",
    (c) => `${c.the(c.me.id)} routes ${subject(c)} to ${c.the(to(c))}, which serves ${c.the(sender(c))}.`,
  ),
  routing(
    "CORE-HOME",
    "home",
    "C.1.2.3 step 2",
    "Route to the home network",
    "A request for a user or server of another network is routed to that network's core.",
    "the request is for another network",
    (c) => {
      const { uri } = arrived(c);
      return uri !== undefined && "user" in uri
        ? `${c.the(c.me.id)} routes ${subject(c)} to the home network of ${userName(c, uri.user)}.`
        : `${c.the(c.me.id)} routes ${subject(c)} to ${c.the(to(c))}, the core of network ${home(c)}.`;
    },
  ),
  routing(
    "CORE-TERMINATING",
    "terminating",
    "C.1.2.3 step 3",
    "Trigger terminating service control",
    "A request for a core's own user goes to the participating function that serves the user, by address and CPM service indication.",
    "the invited user is served by a participating function that has not seen the request",
    (c) =>
      `${c.the(c.me.id)} routes ${subject(c)} to ${c.the(to(c))}: it goes by the address of the invited user and by the indication of the CPM enabler service.`,
  ),
  routing(
    "CORE-PARTICIPANT",
    "participant",
    "RFC 3261 §16.5",
    "Deliver to the addressed element",
    "A request addressed to one device or server is delivered to it.",
    "the request addresses one device or server",
    (c) => `${c.the(c.me.id)} routes ${subject(c)} to ${c.the(to(c))}.`,
  ),
  {
    id: "CORE-FORK",
    role: "core",
    title: "Deliver to the user's registered clients",
    clause: "C.1.2.3 steps 5–6; RFC 3261 §16.5, §16.6; RFC 3841 §7.2.4",
    on: outside,
    when: [initial, notChallenged, routed("registered clients are left that are not excluded", "clients")],
    act: (c) => {
      const route = routeOf(c);
      if (route.kind === "clients") passOn(c, route.to, true);
    },
    says: (c) => {
      const route = routeOf(c);
      const targets = route.kind === "clients" ? route.to : [];
      const { exclude = [], uri } = arrived(c);
      const user = uri !== undefined && "user" in uri ? userName(c, uri.user) : "the user";
      const apart = exclude.length === 0 ? "" : ` apart from ${listNames(exclude.map(c.the))}, as indicated`;
      return targets.length === 1 && exclude.length === 0
        ? `${c.the(c.me.id)} routes ${subject(c)} to ${c.the(targets[0] ?? "")}.`
        : `${c.the(c.me.id)} routes ${subject(c)} to all registered clients of ${user}${apart}: to ${listNames(targets.map(c.the))}.`;
    },
    summary: "An invitation is delivered to every registered client of the user that is not excluded, in parallel.",
  },
  absorbing({
    id: EXCLUDE,
    role: "core",
    title: "Leave excluded clients out",
    clause: "C.1.2.3 steps 4–6; RFC 3841 §7.2.4",
    on: outside,
    when: [
      initial,
      {
        text: "the request excludes clients of the user",
        test: (c) => (arrived(c).exclude?.length ?? 0) > 0 && routeOf(c).kind === "clients",
        value: (c) => (arrived(c).exclude ?? []).map(c.nameOf).join(", "),
      },
    ],
    // The routing itself leaves them out; this rule is where it can be read, and switched off.
    summary: "A client that the request excludes is not among those to which it is delivered.",
  }),
  {
    id: "CORE-NONE",
    role: "core",
    title: "Nobody to deliver to",
    clause: "inferred; RFC 3261 §21.4.18",
    on: outside,
    when: [
      initial,
      notChallenged,
      { text: "no route and no registered client is left", test: (c) => routeOf(c).kind === "none" },
    ],
    act: (c) => {
      reply(c, arrived(c), 480, c.me.id);
    },
    says: (c) => `No client of the user can be reached; ${c.the(c.me.id)} refuses ${subject(c)}.`,
    summary: "A request for which no registered client is left is answered 480.",
  },
  {
    id: "CORE-TRYING",
    role: "core",
    title: "Answer 100 Trying",
    clause: "RFC 3261 §16.2",
    on: ["request INVITE"],
    when: [
      initial,
      notChallenged,
      { text: "the scenario shows 100 Trying", test: (c) => c.options.trying },
      { text: "the invitation has been passed on", test: (c) => routeOf(c).kind !== "none" },
    ],
    act: (c) => {
      reply(c, arrived(c), 100);
    },
    says: () => "",
    summary: "An element that passes an invitation on answers 100 Trying to the hop it came from.",
  },
  {
    id: "CORE-DIALOG",
    role: "core",
    title: "Route within a dialog",
    clause: "RFC 3261 §16.4, §16.12",
    on: ["request ACK", "request BYE", "request REFER", "request NOTIFY", "request MESSAGE"],
    when: [
      { text: "the request is within a dialog", test: (c) => isInDialog(arrived(c)) },
      { text: "it does not end on this hop", test: (c) => arrived(c).acknowledges === undefined },
    ],
    act: (c) => {
      passAlongRoute(c);
    },
    says: () => "",
    summary: "A request within a dialog follows the route that the dialog recorded.",
  },
  {
    id: "CORE-RESPONSE",
    role: "core",
    title: "Pass a response back",
    clause: "RFC 3261 §16.7 step 9",
    on: ["response BYE", "response REFER", "response NOTIFY", "response MESSAGE"],
    when: [{ text: "its request was passed on from elsewhere", test: (c) => (arrived(c).via?.length ?? 0) > 1 }],
    act: (c) => {
      passResponse(c, arrived(c), c.hop?.name ?? "");
    },
    says: () => "",
    summary: "A response goes back the way its request came.",
  },
  ...forkingRules("core", "CORE"),
  ...givingUpRules({ role: "core", prefix: "CORE", invited: branchInvited }),
];

function to(c: Context): ParticipantId {
  const route = routeOf(c);
  return "to" in route && typeof route.to === "string" ? route.to : "";
}

function home(c: Context): string {
  const { uri } = arrived(c);
  return (uri === undefined ? undefined : homeOf(c.topology, uri)) ?? domainOf(c.topology, to(c)) ?? "";
}
