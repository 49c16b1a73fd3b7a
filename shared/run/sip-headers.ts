import { phrase } from "../flow/messages.ts";
import { contactOf, hostOf, partyText, quoted, type SipNames, userAddress } from "./addresses.ts";
import type { Hop, Message } from "./run.ts";

/** The service identifier of a CPM session, in the headers of an invitation and in its coding as a feature tag. */
const icsi = "urn:urn-7:3gpp-service.ims.icsi.oma.cpm.session";
const icsiTag = "urn%3Aurn-7%3A3gpp-service.ims.icsi.oma.cpm.session";

/** Start line and headers of a SIP message, one a line, in the order in which RFC 3261's examples have them. */
export function sipHead(hop: Hop, names: SipNames): readonly string[] {
  const { message } = hop;
  return [
    startLine(message, names),
    ...(message.via ?? []).map(
      ({ by, branch }) => `Via: SIP/2.0/TCP ${hostOf(names, by)};branch=z9hG4bK-${token(branch)}`,
    ),
    ...(message.status === undefined ? [`Max-Forwards: ${71 - Math.max(1, message.via?.length ?? 1)}`] : []),
    ...(message.route ?? []).map((id) => `Route: <sip:${hostOf(names, id)};lr>`),
    ...(message.recordRoute ?? []).map((id) => `Record-Route: <sip:${hostOf(names, id)};lr>`),
    ...identity(hop, names),
    ...credentials(hop, names),
    ...(message.status === undefined ? service(hop, names) : []),
    ...(message.status === undefined ? preferences(message, names) : []),
    ...(message.status === undefined ? relations(message, names) : []),
  ];
}

function startLine(message: Message, names: SipNames): string {
  if (message.status !== undefined) return `SIP/2.0 ${message.status} ${phrase(message.status)}`;
  const { uri, to } = message;
  const target =
    uri === undefined
      ? to === undefined
        ? "sip:example"
        : (/<(.*)>/.exec(partyText(names, to))?.[1] ?? "sip:example")
      : "user" in uri
        ? userAddress(names, uri.user)
        : contactOf(names, uri.participant);
  return `${message.method} ${target} SIP/2.0`;
}

function identity({ message }: Hop, names: SipNames): readonly string[] {
  const { from, to, call, contact } = message;
  const lines: string[] = [];
  if (from !== undefined) lines.push(`From: ${partyText(names, from)}`);
  if (to !== undefined) lines.push(`To: ${partyText(names, to)}`);
  if (call !== undefined) lines.push(`Call-ID: ${token(call)}`);
  lines.push(`CSeq: ${sequence(message, names)} ${message.method}`);
  if (contact !== undefined) {
    const device = names.participants.get(contact);
    const instance = names.isCpm && device?.isClient === true ? `;+sip.instance="<${device.instance}>"` : "";
    lines.push(`Contact: <${contactOf(names, contact)}>${instance}`);
  }
  return lines;
}

/**
 * The sequence number: the first request of a call is 1, repeated with credentials 2; ACK and CANCEL have that of their
 * INVITE (RFC 3261 §9.1, §13.2.2.4). A release comes next, or first where the invited side sends it.
 */
function sequence(message: Message, names: SipNames): number {
  const { method, status, from, call, acknowledges, authorization } = message;
  const isFirstTry =
    status === 407 || acknowledges === 407 || (method === "INVITE" && status === undefined && !authorization);
  const isChallenged = names.participants.get(from?.id ?? "")?.isChallenged === true;
  const invite = isChallenged && !isFirstTry ? 2 : 1;
  if (method === "INVITE" || method === "ACK" || method === "CANCEL") return invite;
  // A call is named after the user agent that opened it.
  const hasInvited = call?.startsWith(`${from?.tag}-`) === true;
  return method === "BYE" && hasInvited ? invite + 1 : 1;
}

function credentials(hop: Hop, names: SipNames): readonly string[] {
  const { message, from } = hop;
  const realm = (id: string) => quoted(hostOf(names, id).split(".").slice(1).join(".") || "example");
  if (message.status === 407) return [`Proxy-Authenticate: Digest realm=${realm(from)}`];
  // Credentials are for the own network only.
  if (message.authorization !== true || message.status !== undefined || message.from?.id !== from) return [];
  const user = names.participants.get(from)?.user ?? from;
  return [`Proxy-Authorization: Digest username=${quoted(user)}, realm=${realm(from)}`];
}

/** The indication of the CPM service: asked for by a device, asserted by its network (RFC 6050). */
function service(hop: Hop, names: SipNames): readonly string[] {
  if (!names.isCpm || hop.message.method !== "INVITE") return [];
  const isDevice = names.participants.get(hop.from)?.isClient === true;
  const { session } = hop.message;
  return [
    `${isDevice ? "P-Preferred-Service" : "P-Asserted-Service"}: ${icsi}`,
    `Accept-Contact: *;+g.3gpp.icsi-ref="${icsiTag}"`,
    ...(session === undefined ? [] : [`Contribution-ID: ${token(session)}`]),
  ];
}

/** What the caller wants of the elements that route the request (RFC 3841). */
function preferences({ exclude = [], noCancel, invitees }: Message, names: SipNames): readonly string[] {
  return [
    ...exclude.map((id) => `Reject-Contact: *;+sip.instance="<${names.participants.get(id)?.instance ?? token(id)}>"`),
    ...(noCancel === true ? ["Request-Disposition: fork, parallel, no-cancel"] : []),
    ...(invitees === undefined ? [] : ["Require: recipient-list-invite"]),
  ];
}

/** What the request has to do with other requests, dialogs and sessions. */
function relations(message: Message, names: SipNames): readonly string[] {
  const { method, replaces, joins, reason, referTo, event } = message;
  const lines: string[] = [];
  if (replaces !== undefined) lines.push(`${names.isCpm ? "Session-Replaces" : "Replaces"}: ${token(replaces)}`);
  if (joins !== undefined) lines.push(`Target-Dialog: ${token(joins)}`);
  if (reason !== undefined) lines.push(`Reason: SIP;cause=${reason.cause};text=${quoted(reason.text)}`);
  if (referTo !== undefined) lines.push(`Refer-To: <${contactOf(names, referTo)}>`);
  if (method === "NOTIFY") {
    // The notifications of a transfer are those of a REFER (RFC 3515); each is the last of its kind.
    lines.push("Event: refer", "Subscription-State: terminated;reason=noresource");
  } else if (event !== undefined && method !== "REFER") lines.push(`Event: ${token(event)}`);
  return lines;
}

/** The body with its Content-Type, after an empty line as in the message; empty where there is none. */
export function sipBody(message: Message, names: SipNames): readonly string[] {
  const { method, status, media, invitees, event } = message;
  if (method === "NOTIFY" && status === undefined && (event === "replaced" || event === "release"))
    return ["Content-Type: message/sipfrag", "", "SIP/2.0 200 OK"];
  if (method !== "INVITE" || (status !== undefined && status >= 300)) return [];
  const offer = (media ?? []).map(mediaLine);
  if (invitees === undefined || status !== undefined)
    return offer.length === 0 ? [] : ["Content-Type: application/sdp", "", ...offer];
  return [
    'Content-Type: multipart/mixed;boundary="part"',
    "",
    ...(offer.length === 0 ? [] : ["--part", "Content-Type: application/sdp", "", ...offer]),
    "--part",
    "Content-Type: application/resource-lists+xml",
    "Content-Disposition: recipient-list",
    "",
    ...invitees.map(({ user, replaces }) => {
      const mark = replaces === undefined ? "" : `?Session-Replaces=${token(replaces)}`;
      return `<entry uri="${userAddress(names, user)}${mark}"/>`;
    }),
    "--part--",
  ];
}

function mediaLine(media: string): string {
  if (media === "audio") return "m=audio 49170 RTP/AVP 0";
  if (media === "video") return "m=video 49172 RTP/AVP 31";
  if (media === "messages" || media === "message") return "m=message 9 TCP/MSRP *";
  return `m=${token(media)} 9 TCP/MSRP *`;
}

/** A chat message or its answer (RFC 4975). */
export function msrpText(hop: Hop, names: SipNames): readonly string[] {
  const { from, to, message } = hop;
  const transaction = token(message.transaction ?? hop.name);
  const path = (id: string) => `msrp://${hostOf(names, id)}:2855/${token(message.session ?? "session")};tcp`;
  const start = message.status === undefined ? "SEND" : `${message.status} ${phrase(message.status)}`;
  const { text } = message;
  return [
    `MSRP ${transaction} ${start}`,
    `To-Path: ${path(to)}`,
    `From-Path: ${path(from)}`,
    ...(message.status !== undefined ? [] : [`Message-ID: ${token(message.transaction ?? hop.name)}`]),
    ...(text === undefined || message.status !== undefined
      ? []
      : ["Content-Type: text/plain", "", ...text.split(/\r?\n/)]),
    `-------${transaction}$`,
  ];
}

/** An identifier as a SIP token: what is not a letter or digit becomes a dash. */
function token(text: string): string {
  return text.replace(/[^A-Za-z0-9]+/g, "-").replace(/-$/, "");
}
