import { describeRequest, describeResponse, phrase } from "./messages.ts";

/**
 * What a label means, as people write it on an arrow: the message catalogue read backwards. SIP words (`INVITE F1`,
 * `200(A,BYE) F10`, `487 Request Terminated (INVITE)`), words of the change requests (`ALERTING response`, `CPM Session
 * Invitation cancellation request`) and the marks of figures (step numbers, dialog tags, what is sent again).
 */
export interface Recognised {
  readonly kind: "request" | "response" | "media" | "state";
  /** SIP method; of a response the request it answers, where the label tells. */
  readonly method?: string;
  readonly status?: number;
  /** The number that a figure gives the arrow: 13 for `F13` and for `(13)`. */
  readonly number?: number;
  /** The dialog that a figure tells apart by a tag: `A` for `180(To tag=A)`. */
  readonly tag?: string;
  /** Sent before; the figure says so: `F7(=F4)`. */
  readonly again?: true;
  /** A request within a dialog: `re-INVITE`, `INVITE (hold)`. */
  readonly inDialog?: true;
  /** An invitation that replaces a session. */
  readonly replaces?: true;
  /** What a REFER or NOTIFY of the change requests is for, as in the message catalogue. */
  readonly event?: string;
  /** How many targets a REFER names. */
  readonly referTo?: number;
  /** Cause of a Reason header. */
  readonly cause?: number;
  /** A NOTIFY that ends its subscription. */
  readonly terminated?: true;
}

const methods = "INVITE|ACK|BYE|CANCEL|REGISTER|OPTIONS|PRACK|UPDATE|INFO|SUBSCRIBE|NOTIFY|PUBLISH|MESSAGE|REFER|SEND";
const requestStart = new RegExp(`^(?:(?:MSRP|SIP) )?(re-?|ini-?)?(${methods})(?![A-Za-z])`, "i");
const answered = new RegExp(`(?:^|[^A-Za-z])(re-?|ini-?)?(${methods}|INV)(?![A-Za-z])`);
const statusStart = /^(?:SIP\/2\.0 |MSRP )?([1-6]\d\d)(?!\d)/;

/** The meaning of `label`; undefined when it has none that this catalogue knows. Never throws. */
export function recognise(label: string): Recognised | undefined {
  // Where a figure leaves an arrow bare, a table says so and adds what it must be.
  const meant = /^\(unlabelled[^;]*;\s*(.+)\)$/i.exec(label.trim())?.[1];
  const { text, marks } = unmarked(meant ?? label);
  const meaning = stateOf(text) ?? responseOf(text) ?? requestOf(text) ?? cpmOf(text);
  return meaning === undefined ? undefined : { ...marks, ...meaning };
}

/** The number that a figure gives the arrow with this label, whatever else the label says. */
export function numberOf(label: string): number | undefined {
  return unmarked(label).marks.number;
}

type Marks = Pick<Recognised, "number" | "tag" | "again">;

/** The label without the marks of its figure. */
function unmarked(label: string): { readonly text: string; readonly marks: Marks } {
  let text = label.trim().replace(/^or /, "");
  const marks: { -readonly [K in keyof Marks]: Marks[K] } = {};
  if (/\(=\s*[^)]*\)|retransmi|\bre-?sent\b|sent again/i.test(text)) {
    marks.again = true;
    text = text.replace(/\(=\s*[^)]*\)/g, " ");
  }
  const number = /(?:^|[\s(])F(\d{1,6})[a-z]?(?![\w-])/.exec(text) ?? /^\((\d{1,6})\)/.exec(text);
  if (number !== null) {
    marks.number = Number(number[1]);
    text = `${text.slice(0, number.index)} ${text.slice(number.index + number[0].length)}`;
  }
  const tag = /\bTo[ -]?tag ?= ?(\w+)/i.exec(text) ?? /\(([A-Z])(?:\)|[,;] ?)/.exec(text);
  if (tag?.[1] !== undefined) marks.tag = tag[1];
  return { text: text.replace(/\s+/g, " ").trim(), marks };
}

/**
 * What is written at an arrow's place and is not one message: a state, an action, a gap of the text, or a whole exchange
 * in short (`INVITE/200 OK/ACK`).
 */
function stateOf(text: string): Recognised | undefined {
  if (/^[A-Z]{3,} ?\/ ?(?:[1-6]\d\d|ACK|OK)\b/.test(text)) return { kind: "state" };
  return /^\((?:state|action|nothing shown|note)\b/i.test(text) ? { kind: "state" } : undefined;
}

function responseOf(text: string): Recognised | undefined {
  // What answers a chat message goes along the media path (RFC 4975 §7.2).
  if (/^MSRP [1-6]\d\d(?!\d)/.test(text)) return { kind: "media" };
  const status = Number(statusStart.exec(text)?.[1] ?? byPhrase.get(text.toLowerCase()) ?? loosePhrase(text));
  if (!Number.isInteger(status) || status === 0) return undefined;
  const rest = text.replace(statusStart, "");
  const of = /Contact|Refer-To/.test(rest) ? undefined : answered.exec(rest);
  const method = of?.[2] === "INV" ? "INVITE" : of?.[2];
  return {
    kind: "response",
    status,
    ...(method === undefined ? undefined : { method }),
    ...(of?.[1]?.startsWith("re") === true ? { inDialog: true } : undefined),
  };
}

/** `OK (BYE)`, `Ringing F2`: a phrase followed by what it answers. */
function loosePhrase(text: string): number | undefined {
  const found = /^(.*?) ?[([](?:for |to )?[A-Z-]+[)\]]$/.exec(text)?.[1];
  return found === undefined ? undefined : byPhrase.get(found.toLowerCase());
}

const byPhrase: ReadonlyMap<string, number> = new Map(
  [
    100, 180, 181, 182, 183, 200, 202, 302, 400, 401, 403, 404, 407, 408, 415, 420, 480, 481, 486, 487, 488, 491, 500,
    503, 600, 603,
  ].map((status) => [phrase(status).toLowerCase(), status]),
);

function requestOf(text: string): Recognised | undefined {
  const start = requestStart.exec(text);
  const method = start?.[2];
  // Small letters are prose: “Message from Alice” is no MESSAGE.
  if (start === null || method === undefined || method !== method.toUpperCase()) return undefined;
  const rest = text.slice(start[0].length);
  const inDialog = start[1]?.toLowerCase().startsWith("re") === true || /\((?:un)?hold\)/i.test(rest);
  const referTo = rest.match(/Refer-To/gi)?.length;
  const cause = /cause ?= ?(\d{3})/.exec(rest)?.[1];
  return {
    kind: "request",
    method,
    ...(inDialog ? { inDialog } : undefined),
    ...(method === "INVITE" && saysReplaces(rest) ? { replaces: true } : undefined),
    ...(method === "REFER" && referTo !== undefined ? { referTo } : undefined),
    ...(cause === undefined ? undefined : { cause: Number(cause) }),
    ...(/Subscription-State: ?terminated/i.test(rest) ? { terminated: true } : undefined),
  };
}

/** That a replacement is asked for, not merely understood (`Require: replaces`). */
const saysReplaces = (text: string): boolean =>
  /(?:^|[\s;(?])(?:Session-)?Replaces ?[:=]|w(?:ith|\/) ?Replaces|["“”]Replace["“”]|replace indication/i.test(text);

/** The names of the catalogue itself, the other way round; made when the first label is read. */
let byName: ReadonlyMap<string, Recognised> | undefined;

function catalogue(): ReadonlyMap<string, Recognised> {
  const names = new Map<string, Recognised>();
  const put = (name: string, meaning: Recognised) => {
    const key = name.toLowerCase();
    if (!names.has(key)) names.set(key, meaning);
  };
  const requests: readonly (readonly [string, string?])[] = [
    ["INVITE"],
    ["CANCEL"],
    ["BYE"],
    ["PRACK"],
    ["ACK"],
    ["REFER", "transfer"],
    ["REFER", "join"],
    ["REFER", "replacement"],
    ["REFER", "context"],
    ["NOTIFY", "replaced"],
    ["NOTIFY", "release"],
    ["NOTIFY", "failure"],
    ["NOTIFY", "context"],
    ["NOTIFY", "abandoned"],
  ];
  for (const [method, event] of requests)
    put(describeRequest(method, { event }).name, { kind: "request", method, ...(event && { event }) });
  for (const method of ["CANCEL", "BYE"])
    put(describeResponse(method, 200).name, { kind: "response", status: 200, method });
  for (let status = 100; status < 700; status++) {
    const { name } = describeResponse("INVITE", status);
    if (!/^(?:PROVISIONAL|SUCCESS|REDIRECTION|CLIENT ERROR|SERVER ERROR|GLOBAL FAILURE) /.test(name))
      put(name, { kind: "response", status });
  }
  return names;
}

/** Words of the change requests, which write one message in several ways. */
function cpmOf(text: string): Recognised | undefined {
  const plain = text
    .toLowerCase()
    .replace(/^\(([^)]*)\)/, "$1")
    .replace(/["“”]/g, '"');
  byName ??= catalogue();
  const exact = byName.get(plain) ?? byName.get(`${plain} response`);
  if (exact !== undefined) return exact;
  return patterns.find(([pattern]) => pattern.test(plain))?.[1](plain);
}

const request = (method: string, event?: string) => (): Recognised => ({
  kind: "request",
  method,
  ...(event === undefined ? undefined : { event }),
});
const response = (status: number, method?: string) => (): Recognised => ({
  kind: "response",
  status,
  ...(method === undefined ? undefined : { method }),
});

/** In this order: the earlier is the narrower. */
const patterns: readonly (readonly [RegExp, (plain: string) => Recognised])[] = [
  [/confirm\w*.*cancel/, response(200, "CANCEL")],
  [/confirm\w*.*(?:release|end of)/, response(200, "BYE")],
  [/^confirmation|^\(confirmation/, response(200)],
  [/^(?:invitation )?terminated/, response(487, "INVITE")],
  [/invitation.*cancel|cancel\w*.*(?:request|invitation)/, request("CANCEL")],
  [/transfer request/, request("REFER", "transfer")],
  [/transfer failure/, request("NOTIFY", "failure")],
  [/join notification/, request("REFER", "join")],
  [/replacement notification/, request("REFER", "replacement")],
  [/replaced notification/, request("NOTIFY", "replaced")],
  [/release notification/, request("NOTIFY", "release")],
  [/release request|^(?:cpm )?session release$|^end of (?:the )?(?:original )?.*session/, request("BYE")],
  [
    /^(?:cpm )?(?:group )?(?:session )?invitation/,
    (plain) => ({ kind: "request", method: "INVITE", ...(saysReplaces(plain) && { replaces: true }) }),
  ],
  [/^acknowledge?ment/, request("ACK")],
  [/^alerting/, response(180)],
  [/^ok\b/, response(200)],
  [/^accepted\b/, response(202)],
  [/^ringing\b/, response(180)],
  [/^(?:cpm )?chat message|^rtp\b|^msrp\b|^(?:two|both) way /, () => ({ kind: "media" })],
];
