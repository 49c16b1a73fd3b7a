import type { HopName } from "../../../shared/run/choice.ts";
import type { Message } from "../../../shared/run/run.ts";
import { absorbing, arrived, arrivedHop, type Condition, type Context, type Rule } from "../rule.ts";
import { calleeDialog, callerDialog, type Dialog, isProvisional, reply, sendInDialog } from "../sip.ts";
import type { ResponseContext } from "./context.ts";

/**
 * The two dialogs that a back-to-back participating function joins into one session, and what happens within them:
 * acknowledgement, release. End to end, the other side answers; hop by hop, the function does.
 */
export interface Bridge {
  readonly id: string;
  readonly session?: string;
  /** Towards the inviting side, and towards the invited one. */
  readonly inviting: Dialog;
  readonly invited: Dialog;
  readonly state: "accepted" | "established" | "releasing" | "released";
  /** The acceptance has been acknowledged onwards. */
  readonly acknowledged?: true;
  /** The release that waits for the other side's answer. */
  readonly waiting?: { readonly hop: HopName; readonly request: Message };
}

/** Joins the dialog of the invitation that arrived with the one that `response` made further on. */
export function bridge(c: Context, context: ResponseContext, response: Message): void {
  const invited = callerDialog(response);
  const id = context.request.call ?? context.server;
  putBridge(c, {
    id,
    session: context.request.session,
    inviting: calleeDialog(context.request, c.me.id),
    invited,
    state: "accepted",
  });
  c.put("side", `${id}/${context.request.from?.tag}`, id);
  c.put("side", `${invited.call}/${invited.remote.tag}`, id);
}

/** The bridge to which the dialog of a message belongs, the arrived one if none is given, and the dialog on its other side. */
export function bridgeOf(
  c: Context,
  message = c.hop?.message,
): { readonly at: Bridge; readonly other: Dialog } | undefined {
  if (message === undefined) return undefined;
  // One call may have dialogs with several devices; the far side's tag tells them apart.
  const far = message.status === undefined ? message.from?.tag : message.to?.tag;
  const at = c.get<Bridge>("bridge", c.get<string>("side", `${message.call}/${far}`));
  if (at === undefined) return undefined;
  const fromInviting = at.inviting.call === message.call && at.inviting.remote.tag === far;
  return { at, other: fromInviting ? at.invited : at.inviting };
}

export function putBridge(c: Context, bridge: Bridge): void {
  c.put("bridge", bridge.id, bridge);
}

function other(c: Context): { readonly at: Bridge; readonly other: Dialog } {
  const found = bridgeOf(c);
  if (found === undefined) throw new Error("no bridge");
  return found;
}

export const bridged: Condition = {
  text: "the dialog is one that is joined here",
  test: (c) => bridgeOf(c) !== undefined,
};
/** The dialog's other end is this function: it is not merely passed through. */
const endsHere: Condition = {
  text: "the dialog ends at this function",
  test: (c) => {
    const { uri } = arrived(c);
    return uri !== undefined && "participant" in uri && uri.participant === c.me.id;
  },
};
const release = (value: "endToEnd" | "hopByHop"): Condition => ({
  text: value === "endToEnd" ? "a release is answered by the far end" : "a release is answered on every hop",
  test: (c) => c.options.release === value,
  value: (c) => c.options.release,
});

/** Rules of a back-to-back function within the dialogs it joins. */
export const bridgeRules: readonly Rule[] = [
  {
    id: "PF-ACK",
    role: "participatingFunction",
    title: "Acknowledge onwards",
    clause: "RFC 3261 §13.2.2.4",
    on: ["request ACK"],
    when: [bridged, { text: "it acknowledges an acceptance", test: (c) => arrived(c).acknowledges === undefined }],
    act: (c) => {
      const found = other(c);
      if (found.at.acknowledged === true) return;
      sendInDialog(c, found.other, "ACK", {}, arrivedHop(c));
      // A release may have overtaken the acknowledgement, which is owed all the same.
      const state = found.at.state === "accepted" ? "established" : found.at.state;
      putBridge(c, { ...found.at, acknowledged: true, state });
    },
    says: () => "",
    summary: "The acknowledgement of an acceptance is repeated in the dialog on the other side.",
  },
  {
    id: "PF-RELEASE",
    role: "participatingFunction",
    title: "Release onwards, the far end answers",
    clause: "C.2.2.X steps 9–14; RFC 3261 §15",
    on: ["request BYE"],
    when: [
      bridged,
      { text: "the other side is up", test: (c) => isUp(other(c).at), value: (c) => other(c).at.state },
      release("endToEnd"),
      { text: "the session is not being transferred away from here", test: (c) => !isAnchored(c) },
    ],
    act: (c) => {
      const found = other(c);
      sendInDialog(c, found.other, "BYE", { reason: arrived(c).reason }, arrivedHop(c));
      putBridge(c, {
        ...found.at,
        state: "releasing",
        waiting: { hop: arrivedHop(c), request: arrived(c) },
      });
    },
    says: () => "",
    summary: "A release is passed on in the dialog on the other side, whose answer confirms it.",
  },
  {
    id: "PF-RELEASE-HOP",
    role: "participatingFunction",
    title: "Confirm a release and release onwards",
    clause: "C.2.2.X steps 9–14, second reading; RFC 3261 §15",
    on: ["request BYE"],
    when: [
      bridged,
      { text: "the other side is up", test: (c) => isUp(other(c).at), value: (c) => other(c).at.state },
      release("hopByHop"),
      { text: "the session is not being transferred away from here", test: (c) => !isAnchored(c) },
    ],
    act: (c) => {
      const found = other(c);
      reply(c, arrived(c), 200);
      sendInDialog(c, found.other, "BYE", { reason: arrived(c).reason }, arrivedHop(c));
      putBridge(c, { ...found.at, state: "releasing" });
    },
    says: (c) => `${c.the(c.me.id)} confirms the release and releases the session on its other side.`,
    summary: "A release is confirmed on its own hop and repeated on the other side.",
  },
  {
    id: "PF-RELEASE-CROSSED",
    role: "participatingFunction",
    title: "Answer a release that crosses another",
    clause: "RFC 5407 §3.2.1",
    on: ["request BYE"],
    when: [
      bridged,
      {
        text: "the session is already being released",
        test: (c) => !isUp(other(c).at),
        value: (c) => other(c).at.state,
      },
    ],
    act: (c) => {
      reply(c, arrived(c), 200);
    },
    says: (c) => `The session is being released already; ${c.the(c.me.id)} confirms this release too.`,
    summary: "When both ends release at once, each release is confirmed and the session ends once.",
  },
  {
    id: "PF-RELEASED",
    role: "participatingFunction",
    title: "A release is confirmed",
    clause: "RFC 3261 §15.1.1",
    on: ["response BYE"],
    when: [
      bridged,
      { text: "it is final", test: (c) => !isProvisional(arrived(c)), value: (c) => String(arrived(c).status) },
    ],
    act: (c) => released(c, other(c).at, arrivedHop(c)),
    says: (c) =>
      other(c).at.waiting === undefined ? "" : `${c.the(c.me.id)} passes the confirmation of the release back.`,
    summary: "The far end's confirmation of a release is passed back to where the release came from.",
  },
  {
    id: "PF-RELEASE-OWN",
    role: "participatingFunction",
    title: "Answer the release of a dialog that leads no further",
    clause: "RFC 3261 §15.1.2",
    on: ["request BYE"],
    when: [endsHere, { text: "no other side belongs to the dialog", test: (c) => bridgeOf(c) === undefined }],
    act: (c) => {
      const { call = "" } = arrived(c);
      reply(c, arrived(c), 200);
      // What has ended is not waited for.
      c.disarm("T_ack", call);
      c.put("joined", call, undefined);
    },
    says: (c) => `${c.the(c.me.id)} confirms the release.`,
    summary: "The release of a dialog that ends at the function itself is confirmed.",
  },
  absorbing({
    id: "PF-ACK-OWN",
    role: "participatingFunction",
    title: "An acknowledgement that leads no further",
    clause: "RFC 3261 §13.3.1.4",
    on: ["request ACK"],
    when: [
      endsHere,
      { text: "it acknowledges an acceptance", test: (c) => arrived(c).acknowledges === undefined },
      { text: "no other side belongs to the dialog", test: (c) => bridgeOf(c) === undefined },
    ],
    summary: "The acknowledgement of a dialog that ends at the function itself goes no further.",
  }),
  absorbing({
    id: "PF-LATE-RELEASED",
    role: "participatingFunction",
    title: "The release of a late acceptance is confirmed",
    clause: "RFC 3261 §15.1.1",
    on: ["response BYE"],
    when: [
      { text: "it answers this function's own release", test: (c) => (arrived(c).via?.length ?? 0) === 1 },
      { text: "the dialog is not one that is joined here", test: (c) => bridgeOf(c) === undefined },
    ],
    summary: "The confirmation of the release of a second acceptance goes no further.",
  }),
];

/** The session has ended on the other side too: who asked for that is told. */
export function released(c: Context, at: Bridge, relays?: HopName): void {
  if (at.waiting !== undefined) reply(c, at.waiting.request, 200, undefined, {}, relays);
  putBridge(c, { ...at, state: "released", waiting: undefined });
}

export function isUp(at: Bridge | undefined): boolean {
  return at?.state === "accepted" || at?.state === "established";
}

/** After a transfer with the server in the media path each side ends by itself. */
function isAnchored(c: Context): boolean {
  return c.get("release", other(c).at.session) !== undefined;
}
