import type { ParticipantId } from "../../../shared/run/choice.ts";
import type { Message } from "../../../shared/run/run.ts";
import {
  arrived,
  arrivedHop,
  type Condition,
  type Context,
  type MessageDraft,
  type Rule,
  transactionOf,
} from "../rule.ts";
import { bridgeOf, bridgeRules, released } from "../rules/bridge.ts";
import {
  type Branch,
  branchInvited,
  cancelBranch,
  changeContext,
  isPending,
  newBranch,
  openContext,
  type ResponseContext,
} from "../rules/context.ts";
import { forkingRules } from "../rules/forking.ts";
import { givingUpRules } from "../rules/giving-up.ts";
import { operatorRefuses, permitted, refusedByOperator } from "../rules/policy.ts";
import { isStray } from "../rules/transfer.ts";
import { isInDialog, passAlongRoute, passRequest, passResponse, reply } from "../sip.ts";
import {
  originatingService,
  type Route,
  registeredClients,
  routeRequest,
  type Selection,
  selectClients,
  serverOf,
  terminatingService,
} from "../topology.ts";
import { listNames, userName } from "../words.ts";
import { mediaRules } from "./participating-media.ts";
import { transferServerRules } from "./transfer-server.ts";

/**
 * The CPM Conversation Server (participating function): service control for one user's clients, originating and
 * terminating; selection of clients, filtering of responses, cancellation of the losing devices.
 */

const initial: Condition = { text: "the invitation is a new one", test: (c) => !isInDialog(arrived(c)) };
const originating: Condition = {
  text: "it comes from a client that this function serves",
  test: (c) => isOriginating(c),
  value: (c) => c.nameOf(arrived(c).from?.id ?? ""),
};
const terminating: Condition = {
  text: "it is for a user whom this function serves",
  test: (c) => !isOriginating(c) && !isForMe(c),
};

function isForMe(c: Context): boolean {
  const { uri } = arrived(c);
  return uri !== undefined && "participant" in uri && uri.participant === c.me.id;
}

function isOriginating(c: Context): boolean {
  const { from, served = [] } = arrived(c);
  return (
    !isForMe(c) &&
    from !== undefined &&
    c.topology.participants.get(from.id)?.role === "client" &&
    serverOf(c.topology, from.id) === c.me.id &&
    !served.includes(originatingService(c.me.id))
  );
}

const originatingMark = (c: Context) => ({
  served: [...(arrived(c).served ?? []), originatingService(c.me.id)],
});

/** Where an invitation of a client of this function goes next. */
const onward = (c: Context): Route => routeRequest(c.topology, c.me.id, { ...arrived(c), ...originatingMark(c) });

const backToBack = (c: Context): boolean => c.options.participatingFunction === "b2bua";

/** Sends the arrived invitation on: as a proxy, or anew in a dialog of this function's own. */
function passInvitation(
  c: Context,
  to: ParticipantId,
  more: Partial<MessageDraft>,
  targets: readonly ParticipantId[],
): Branch {
  const request = arrived(c);
  if (!backToBack(c)) {
    const hop = passRequest(c, request, to, more);
    return newBranch(hop, to, { ...request, ...more, transaction: hop }, targets);
  }
  const {
    via: _via,
    recordRoute: _recordRoute,
    transaction: _transaction,
    name: _n,
    kind: _k,
    class: _c,
    ...kept
  } = request;
  const draft: MessageDraft = {
    ...kept,
    call: c.fresh(),
    from: { id: request.from?.id ?? "", tag: c.me.id },
    contact: c.me.id,
    ...more,
  };
  const hop = c.send(to, draft, arrivedHop(c));
  return newBranch(hop, to, { ...request, ...draft, via: undefined, transaction: hop }, targets);
}

const noTargets: readonly ParticipantId[] = [];

function selectionOf(c: Context): readonly Selection[] {
  const { uri, media = [] } = arrived(c);
  if (uri === undefined) return [];
  if ("user" in uri) return selectClients(c.topology, uri.user, media);
  const client = c.topology.participants.get(uri.participant);
  if (client?.role !== "client" || client.registered === false) return [];
  return [{ client: client.id, selected: true, reason: "addressed" }];
}

function selected(c: Context): readonly ParticipantId[] {
  return selectionOf(c)
    .filter((s) => s.selected)
    .map((s) => s.client);
}

const anySelected: Condition = {
  text: "service control selects a client, by offered media, capabilities, preferences and policies",
  test: (c) => selected(c).length > 0,
  value: (c) =>
    selectionOf(c)
      .map((s) => `${c.nameOf(s.client)}: ${s.selected ? "yes" : "no"}, ${s.reason}`)
      .join("; "),
};

/** Whether the new invitation goes any further from here. */
function passesOn(c: Context): boolean {
  if (isForMe(c) || !permitted.test(c) || isStray(c)) return false;
  return isOriginating(c) ? "to" in onward(c) : selected(c).length > 0;
}

const forks = (server: boolean): Condition => ({
  text: server ? "this function forks" : "the SIP/IP Core forks",
  test: (c) => (c.options.forking === "serverForks") === server,
  value: (c) => c.options.forking,
});

function serviceControl(c: Context): string {
  const { uri } = arrived(c);
  const selection = selectionOf(c);
  const yes = selection.filter((s) => s.selected).map((s) => c.the(s.client));
  const no = selection.filter((s) => !s.selected).map((s) => `${c.the(s.client)} (${s.reason})`);
  const user = uri !== undefined && "user" in uri ? ` of ${userName(c, uri.user)}` : "";
  const but = no.length === 0 ? "" : ` and not to ${listNames(no)}`;
  return `${c.the(c.me.id)} carries out terminating service control and determines, from the offered Media Stream Types, the capabilities of the clients${user}, the user's preferences and the provider's policies, to deliver the CPM Session Invitation to ${listNames(yes)}${but}.`;
}

export const participatingRules: readonly Rule[] = [
  ...transferServerRules,
  operatorRefuses("PF-BAR", "participatingFunction"),
  refusedByOperator("PF-BARRED", "participatingFunction", [
    { text: "this function serves who sends it or whom it is for", test: (c) => !isForMe(c) },
    { text: "it takes over no session", test: (c) => arrived(c).joins === undefined },
  ]),
  {
    id: "PF-ORIGINATE",
    role: "participatingFunction",
    title: "Originating service control",
    clause: "C.2.2.X steps 1–2",
    on: ["request INVITE"],
    when: [
      initial,
      originating,
      permitted,
      { text: "if it takes a session over, that session's transfer is under way", test: (c) => !isStray(c) },
    ],
    act: (c) => {
      const mark = originatingMark(c);
      const route = onward(c);
      if (!("to" in route)) {
        reply(c, arrived(c), 480, c.me.id);
        return;
      }
      const targets = typeof route.to === "string" ? [route.to] : route.to;
      openContext(
        c,
        backToBack(c),
        targets.map((to) => passInvitation(c, to, mark, noTargets)),
      );
    },
    says: (c) => `${c.the(c.me.id)} carries out originating service control and sends the ${arrived(c).name} on.`,
    summary: "An invitation of a client passes the service control of its own network before it leaves.",
  },
  {
    id: "PF-SELECT",
    role: "participatingFunction",
    title: "Select clients; the core forks",
    clause: "C.1.2.3 step 4; RFC 3841 §7.2.4, §9.1",
    on: ["request INVITE"],
    when: [initial, terminating, permitted, anySelected, forks(false)],
    act: (c) => {
      const { uri } = arrived(c);
      const chosen = selected(c);
      const user = uri !== undefined && "user" in uri ? uri.user : undefined;
      const barred =
        user === undefined ? [] : registeredClients(c.topology, user).filter((k) => !chosen.includes(k.id));
      const more: Partial<MessageDraft> = {
        served: [...(arrived(c).served ?? []), terminatingService(c.me.id)],
        exclude: barred.length === 0 ? undefined : barred.map((k) => k.id),
        noCancel: c.options.forking === "coreForksServerCancels" && user !== undefined ? true : undefined,
      };
      const route = routeRequest(c.topology, c.me.id, { ...arrived(c), ...more });
      if (!("to" in route)) return;
      const hops = typeof route.to === "string" ? [route.to] : route.to;
      openContext(
        c,
        backToBack(c),
        hops.map((to) => passInvitation(c, to, more, route.kind === "clients" ? [to] : chosen)),
      );
      c.arm("T_noanswer", transactionOf(c));
    },
    says: (c) => {
      const barred = selectionOf(c).filter((s) => !s.selected);
      const and =
        barred.length === 0 ? "" : ` and indicates not to route it to ${listNames(barred.map((s) => c.the(s.client)))}`;
      return `${serviceControl(c)} It sends the CPM Session Invitation on${and}.`;
    },
    summary:
      "Terminating service control decides which clients get the invitation; one invitation names those that do not, and the core forks it.",
  },
  {
    id: "PF-SELECT-FORK",
    role: "participatingFunction",
    title: "Select clients and invite each",
    clause: "C.1.2.3 step 4, server forks",
    on: ["request INVITE"],
    when: [initial, terminating, permitted, anySelected, forks(true)],
    act: (c) => {
      const served = [...(arrived(c).served ?? []), terminatingService(c.me.id)];
      const branches = selected(c).flatMap((client) => {
        const uri: Message["uri"] = { participant: client };
        const route = routeRequest(c.topology, c.me.id, { ...arrived(c), uri, served });
        if (!("to" in route) || typeof route.to !== "string") return [];
        return [passInvitation(c, route.to, { uri, served }, [client])];
      });
      openContext(c, backToBack(c), branches);
      c.arm("T_noanswer", transactionOf(c));
    },
    says: (c) => `${serviceControl(c)} It sends each of them a CPM Session Invitation.`,
    summary: "Terminating service control decides which clients get the invitation and sends one to each of them.",
  },
  {
    id: "PF-NONE",
    role: "participatingFunction",
    title: "No client to deliver to",
    clause: "inferred; C.1.2.3 step 4",
    on: ["request INVITE"],
    when: [
      initial,
      terminating,
      permitted,
      { text: "service control selects no client", test: (c) => selected(c).length === 0, value: anySelected.value },
    ],
    act: (c) => {
      reply(c, arrived(c), 480, c.me.id);
    },
    says: (c) => `Service control selects no client; ${c.the(c.me.id)} refuses the CPM Session Invitation.`,
    summary: "When service control selects no client, the invitation is answered 480.",
  },
  {
    id: "PF-TRYING",
    role: "participatingFunction",
    title: "Answer 100 Trying",
    clause: "RFC 3261 §16.2",
    on: ["request INVITE"],
    when: [
      initial,
      { text: "the scenario shows 100 Trying", test: (c) => c.options.trying },
      { text: "it passes the invitation on", test: passesOn },
    ],
    act: (c) => {
      reply(c, arrived(c), 100);
    },
    says: () => "",
    summary: "An element that passes an invitation on answers 100 Trying to the hop it came from.",
  },
  {
    id: "PF-NOANSWER",
    role: "participatingFunction",
    title: "Nobody answers",
    clause: "RFC 3261 §16.8; inferred",
    on: ["timer T_noanswer"],
    when: [
      {
        text: "no client has accepted",
        test: (c) => ownContext(c)?.state === "forked" || ownContext(c)?.state === "collecting",
      },
    ],
    act: (c) => {
      const context = ownContext(c);
      if (context === undefined) return;
      changeContext(c, context.server, { given: "noAnswer", state: "collecting" });
      for (const branch of context.branches.filter(isPending)) cancelBranch(c, context.server, branch, undefined);
    },
    says: (c) =>
      `Nobody has answered in time; ${c.the(c.me.id)} cancels the CPM Session Invitation towards every client.`,
    summary: "When no client answers within the operator's time, the invitation is cancelled everywhere.",
  },
  {
    id: "PF-DIALOG",
    role: "participatingFunction",
    title: "A proxy routes within a dialog",
    clause: "RFC 3261 §16.4, §16.12",
    on: ["request ACK", "request BYE", "request REFER", "request NOTIFY"],
    when: [
      { text: "the request is within a dialog", test: (c) => isInDialog(arrived(c)) },
      { text: "it does not end on this hop", test: (c) => arrived(c).acknowledges === undefined },
      { text: "the dialog passes through as by a proxy", test: (c) => bridgeOf(c) === undefined && !isForMe(c) },
    ],
    act: (c) => {
      passAlongRoute(c);
    },
    says: () => "",
    summary: "A participating function that works as a proxy passes on what belongs to a dialog.",
  },
  {
    id: "PF-RESPONSE",
    role: "participatingFunction",
    title: "A proxy passes a response back",
    clause: "RFC 3261 §16.7 step 9",
    on: ["response BYE", "response REFER", "response NOTIFY"],
    when: [
      { text: "its request was passed on from elsewhere", test: (c) => (arrived(c).via?.length ?? 0) > 1 },
      { text: "the dialog passes through as by a proxy", test: (c) => bridgeOf(c) === undefined },
    ],
    act: (c) => {
      passResponse(c, arrived(c), arrivedHop(c));
    },
    says: () => "",
    summary: "A response goes back the way its request came.",
  },
  ...forkingRules("participatingFunction", "PF"),
  ...givingUpRules({
    role: "participatingFunction",
    prefix: "PF",
    invited: branchInvited,
    end: (c, answer) => {
      const bridge = answer.method === "BYE" ? bridgeOf(c, answer)?.at : undefined;
      if (bridge !== undefined) released(c, bridge);
    },
  }),
  ...bridgeRules,
  ...mediaRules,
];

function ownContext(c: Context): ResponseContext | undefined {
  return c.get<ResponseContext>("context", c.timer?.key);
}
