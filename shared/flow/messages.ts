import type { MessageClass } from "./flow.ts";

/**
 * The message catalogue: what each SIP request and response is called at CPM level, what stands for it in the name of a
 * hop, and what it is for. The names are those of the change requests; where those name nothing, the SIP phrase is used.
 */
export interface Description {
  /** What stands in hop names: `INVITE`, `ALERTING`, `486`, `BYE-200`. */
  readonly token: string;
  readonly name: string;
  readonly kind: "request" | "provisional" | "final" | "acknowledgement" | "media";
  readonly class: MessageClass;
}

/** What tells messages of one method apart. The fields are those of `Message`. */
export interface Detail {
  /** Of a REFER or NOTIFY and their answers: `transfer`, `join`, `replacement`, `replaced`, `release`, `failure`, `context`. */
  readonly event?: string;
  /** The session that an invitation replaces. */
  readonly replaces?: string;
  /** Status of the failure that an ACK acknowledges; absent on the ACK of a 2xx. */
  readonly acknowledges?: number;
}

interface Named {
  readonly token: string;
  readonly name: string;
  readonly class: MessageClass;
}

/** By `METHOD event`. Which SIP request carries a transfer message is inferred: the change request names none. */
const events: Readonly<Record<string, Named>> = {
  "REFER transfer": { token: "TRANSFER", name: "CPM Session Transfer request", class: "cpm" },
  "REFER join": { token: "JOIN", name: "CPM Session Join Notification", class: "cpm" },
  "REFER replacement": { token: "JOIN", name: "CPM Session Replacement Notification", class: "cpm" },
  "REFER context": { token: "CONTEXT", name: "transfer context", class: "inner" },
  "NOTIFY replaced": { token: "REPLACED", name: "CPM Session Replaced Notification", class: "cpm" },
  "NOTIFY release": { token: "RELEASE-NOTE", name: "CPM Session Release Notification", class: "cpm" },
  "NOTIFY failure": { token: "FAILURE-NOTE", name: "CPM Session Transfer failure notification", class: "cpm" },
  "NOTIFY abandoned": { token: "CONTEXT", name: "abandoned transfer", class: "inner" },
  "NOTIFY context": { token: "CONTEXT", name: "replacement context", class: "inner" },
};

const requests: Readonly<Record<string, Named>> = {
  INVITE: { token: "INVITE", name: "CPM Session Invitation", class: "cpm" },
  CANCEL: { token: "CANCEL", name: "CPM Session Invitation cancellation request", class: "cpm" },
  BYE: { token: "BYE", name: "CPM Session Release request", class: "cpm" },
  SEND: { token: "SEND", name: "CPM Chat Message", class: "media" },
  PRACK: { token: "PRACK", name: "acknowledgement of a provisional response", class: "acknowledgement" },
};

/** A request: its token, CPM name, kind and class. An unknown method is named after itself. */
export function describeRequest(method: string, detail: Detail = {}): Description {
  if (method === "ACK") return describeAck(detail.acknowledges);
  const named = requestNamed(method, detail.event);
  const name =
    method === "INVITE" && detail.replaces !== undefined ? `${named.name} with "Replace" indication` : named.name;
  return { token: named.token, name, kind: method === "SEND" ? "media" : "request", class: named.class };
}

/** A response to a request of `method`; `detail` is the request's. */
export function describeResponse(method: string, status: number, detail: Detail = {}): Description {
  const kind = status < 200 ? "provisional" : "final";
  if (method === "INVITE") return { ...answerToInvite(status), kind };
  const { token: asked, class: of } = requestNamed(method, detail.event);
  const token = `${asked}-${status}`;
  if (of === "inner") return { token, name: `${phrase(status)} response`, kind, class: "inner" };
  return { token, ...answerTo(method, asked, status), kind };
}

function requestNamed(method: string, event: string | undefined): Named {
  return (
    (event === undefined ? undefined : events[`${method} ${event}`]) ??
    requests[method] ?? { token: method, name: `${method} request`, class: "cpm" }
  );
}

/** The ACK of a 2xx goes end to end and stands for the session; that of a failure ends the transaction on one hop. */
function describeAck(acknowledges: number | undefined): Description {
  const of = acknowledges === undefined ? "acknowledgement" : isChallenge(acknowledges) ? "trying" : "terminated";
  return { token: "ACK", name: "acknowledgement", kind: "acknowledgement", class: of };
}

function answerToInvite(status: number): Named {
  const cls = (): MessageClass => {
    if (status === 100 || status === 199 || isChallenge(status)) return "trying";
    return status === 487 ? "terminated" : "cpm";
  };
  const token = { 100: "TRYING", 180: "ALERTING", 200: "OK" }[status] ?? String(status);
  return { token, name: responseName(status), class: cls() };
}

/** Answers to other requests. A refusal of a transfer or of joining is a decision, and told as one. */
function answerTo(method: string, asked: string, status: number): Pick<Named, "name" | "class"> {
  if (method === "CANCEL" || method === "BYE") {
    const of = method === "CANCEL" ? "cancellation request" : "release";
    if (status < 300) return { name: `confirmation of the ${of}`, class: "confirmation" };
    return { name: responseName(status), class: isChallenge(status) ? "trying" : "confirmation" };
  }
  if (isChallenge(status) || status < 200) return { name: responseName(status), class: "trying" };
  if (asked === "TRANSFER") return { name: responseName(status), class: "cpm" };
  return { name: responseName(status), class: asked === "JOIN" && status >= 300 ? "cpm" : "answer" };
}

/** A challenge (RFC 3261 §22) is a matter of one hop before the request goes on, as 100 Trying is. */
const isChallenge = (status: number): boolean => status === 401 || status === 407;

/** Words of the change requests, and words in their manner where the SIP phrase would be clumsy. */
const words: Readonly<Record<number, string>> = {
  180: "ALERTING",
  200: "OK",
  202: "Accepted",
  408: "TIMEOUT",
  480: "UNAVAILABLE",
  481: "NO SUCH SESSION",
  486: "BUSY",
  487: "TERMINATED",
  488: "NOT ACCEPTABLE",
  491: "PENDING",
  600: "BUSY EVERYWHERE",
  603: "DECLINE",
  606: "NOT ACCEPTABLE",
};

const responseName = (status: number): string => `${words[status] ?? phrase(status).toUpperCase()} response`;

/** RFC 3261 §21, and the later RFCs that added to it. */
const phrases: Readonly<Record<number, string>> = {
  100: "Trying",
  180: "Ringing",
  181: "Call Is Being Forwarded",
  182: "Queued",
  183: "Session Progress",
  199: "Early Dialog Terminated",
  200: "OK",
  202: "Accepted",
  204: "No Notification",
  300: "Multiple Choices",
  301: "Moved Permanently",
  302: "Moved Temporarily",
  305: "Use Proxy",
  380: "Alternative Service",
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  407: "Proxy Authentication Required",
  408: "Request Timeout",
  410: "Gone",
  412: "Conditional Request Failed",
  413: "Request Entity Too Large",
  414: "Request-URI Too Long",
  415: "Unsupported Media Type",
  416: "Unsupported URI Scheme",
  420: "Bad Extension",
  421: "Extension Required",
  422: "Session Interval Too Small",
  423: "Interval Too Brief",
  430: "Flow Failed",
  433: "Anonymity Disallowed",
  469: "Bad Info Package",
  480: "Temporarily Unavailable",
  481: "Call/Transaction Does Not Exist",
  482: "Loop Detected",
  483: "Too Many Hops",
  484: "Address Incomplete",
  485: "Ambiguous",
  486: "Busy Here",
  487: "Request Terminated",
  488: "Not Acceptable Here",
  489: "Bad Event",
  491: "Request Pending",
  493: "Undecipherable",
  494: "Security Agreement Required",
  500: "Server Internal Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Server Time-out",
  505: "Version Not Supported",
  513: "Message Too Large",
  580: "Precondition Failure",
  600: "Busy Everywhere",
  603: "Decline",
  604: "Does Not Exist Anywhere",
  606: "Not Acceptable",
  607: "Unwanted",
};

const groups = ["", "Provisional", "Success", "Redirection", "Client Error", "Server Error", "Global Failure"];

/** The reason phrase of a status code; for an unknown one the name of its class. */
export function phrase(status: number): string {
  return phrases[status] ?? groups[Math.floor(status / 100)] ?? "Unknown";
}

/**
 * A message in SIP's words: `INVITE`, `180 Ringing`, `200 OK (CANCEL)`, `MSRP SEND`. The method stands behind a response
 * where the status alone leaves open what is answered. An authored message without a method keeps its label.
 */
export function sipStart(message: {
  readonly name: string;
  readonly method?: string;
  readonly status?: number;
}): string {
  const { name, method, status } = message;
  if (status === undefined) return method === undefined ? name : method === "SEND" ? "MSRP SEND" : method;
  const start = `${method === "SEND" ? "MSRP " : ""}${status} ${phrase(status)}`;
  if (method === undefined || method === "SEND") return start;
  if (method === "INVITE") return status === 200 ? `${start} (INVITE)` : start;
  return status === 202 ? start : `${start} (${method})`;
}

/** A name that the catalogue knows, and what an arrow of that name is. */
export interface KnownName {
  readonly name: string;
  readonly kind: "request" | "response" | "media";
  readonly level: "cpm" | "sip";
}

/** Every name that a person may write on an arrow so that it means something, those of the change requests first. */
export function knownNames(): readonly KnownName[] {
  const found = new Map<string, KnownName>();
  const add = (name: string, kind: KnownName["kind"], level: KnownName["level"]) => {
    if (!found.has(name)) found.set(name, { name, kind, level });
  };
  const methods = ["INVITE", "CANCEL", "BYE", "SEND"] as const;
  for (const method of methods) add(describeRequest(method).name, method === "SEND" ? "media" : "request", "cpm");
  for (const key of Object.keys(words)) add(responseName(Number(key)), "response", "cpm");
  for (const method of ["CANCEL", "BYE"]) add(describeResponse(method, 200).name, "response", "cpm");
  for (const named of Object.values(events)) if (named.class === "cpm") add(named.name, "request", "cpm");
  for (const method of [
    ...methods.slice(0, 3),
    "ACK",
    "REFER",
    "NOTIFY",
    "SUBSCRIBE",
    "PRACK",
    "UPDATE",
    "INFO",
    "MESSAGE",
  ])
    add(method, "request", "sip");
  add("MSRP SEND", "media", "sip");
  for (const status of Object.keys(phrases)) add(`${status} ${phrase(Number(status))}`, "response", "sip");
  return [...found.values()];
}
