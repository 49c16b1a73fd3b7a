import { describeRequest, describeResponse } from "../../../shared/flow/messages.ts";
import type { HopName, ParticipantId } from "../../../shared/run/choice.ts";
import type { Message } from "../../../shared/run/run.ts";
import type { Trace, TraceMessage, Transaction } from "../requirements/trace.ts";

/** One message of an authored flow, with what its label and its place tell of it. */
export interface Drawn {
  readonly index: number;
  readonly name: HopName;
  readonly from: ParticipantId;
  readonly to: ParticipantId;
  readonly message: TraceMessage;
  /** Of a response, that of its request where it was found. */
  readonly method?: string;
  readonly status?: number;
  readonly lost: boolean;
  /** Of an ACK, the status of the response that it acknowledges. */
  readonly acknowledges?: number;
  /** Its transaction, where it was found. */
  readonly transaction?: Transaction;
}

/** A message leaves or arrives, in the order of the flow. */
export interface DrawnEvent {
  readonly of: Drawn;
  readonly kind: "sent" | "arrived";
}

/** The flow as its replay goes through it. */
export interface Drawing {
  readonly messages: readonly Drawn[];
  readonly events: readonly DrawnEvent[];
  /** Participants that some message touches. */
  readonly touched: ReadonlySet<ParticipantId>;
  /** Kinds of messages that the flow shows at all. */
  readonly kinds: ReadonlySet<string>;
  readonly methods: ReadonlySet<string | undefined>;
  /** It is told in SIP's words, and so shows what the change requests leave out. */
  readonly isSip: boolean;
  readonly byEdge: ReadonlyMap<string, readonly Drawn[]>;
  isUserAgent(id: ParticipantId): boolean;
}

export function drawingOf(trace: Trace): Drawing {
  const transactions = new Map<HopName, Transaction>();
  for (const t of trace.transactions)
    for (const m of [t.request, ...t.resent, ...t.provisionals, ...t.finals, ...t.finalsAgain])
      transactions.set(m.hop.name, t);
  const acknowledged = new Map(trace.acks.map((ack) => [ack.message.hop.name, ack.response?.status]));
  for (const { message, of } of trace.acks) if (of !== undefined) transactions.set(message.hop.name, of);
  const messages = trace.messages.map((message, index): Drawn => {
    const { hop, from, to, method, status } = message;
    const transaction = transactions.get(hop.name);
    return {
      index,
      name: hop.name,
      from,
      to,
      message,
      method: method ?? methodAnswered(message, transaction),
      status,
      lost: hop.lost !== undefined,
      acknowledges: acknowledged.get(hop.name),
      transaction,
    };
  });
  const kinds = new Set<string>();
  const methods = new Set<string | undefined>();
  const byEdge = new Map<string, Drawn[]>();
  for (const d of messages) {
    kinds.add(kindOf({ ...d, event: d.transaction?.request.said.event }));
    methods.add(d.method);
    const edge = `${d.from}>${d.to}`;
    const list = byEdge.get(edge);
    if (list === undefined) byEdge.set(edge, [d]);
    else list.push(d);
  }
  return {
    messages,
    events: eventsOf(messages),
    touched: new Set(messages.flatMap(({ from, to }) => [from, to])),
    kinds,
    methods,
    isSip: messages.some(({ message }) =>
      /^(?:F\d+ )?(?:INVITE|BYE|CANCEL|REFER|[1-6]\d\d)\b/.test(message.message.name),
    ),
    byEdge,
    isUserAgent: (id) => trace.role(id) === "client",
  };
}

function methodAnswered({ status, message }: TraceMessage, transaction: Transaction | undefined): string | undefined {
  if (status === undefined) return undefined;
  return message.name.startsWith("MSRP ") ? "SEND" : transaction?.method;
}

function eventsOf(messages: readonly Drawn[]): readonly DrawnEvent[] {
  const at = (of: Drawn): readonly (readonly [number, DrawnEvent])[] => {
    const { sentAt, receivedAt, hop } = of.message;
    // What is lost is gone as soon as it has been sent, unless it was lost in a turn of its own later on.
    const arrived = receivedAt ?? (hop.lost === undefined ? Number.POSITIVE_INFINITY : sentAt + 0.5);
    return [
      [sentAt, { of, kind: "sent" }],
      [arrived, { of, kind: "arrived" }],
    ];
  };
  return messages
    .flatMap(at)
    .toSorted(([a], [b]) => (a === b ? 0 : a - b))
    .map(([, event]) => event);
}

interface Kinded {
  readonly method?: string;
  readonly status?: number;
  readonly acknowledges?: number;
  readonly event?: string;
}

/** What kind of message it is, as far as drawings show or leave out all of a kind. */
function kindOf({ method = "", status, acknowledges, event }: Kinded): string {
  const detail = { event, ...((acknowledges ?? 200) >= 300 && { acknowledges }) };
  const { class: of } =
    status === undefined ? describeRequest(method, detail) : describeResponse(method, status, detail);
  if (of !== "cpm") return `${of} ${method}`;
  if (method !== "INVITE" || status === undefined || status >= 300) return "cpm";
  return status < 200 ? "ringing" : "acceptance";
}

/** Whether a computed message belongs to those that the drawing leaves out. */
export function isLeftOut(
  drawing: Drawing,
  hop: { readonly from: ParticipantId; readonly to: ParticipantId; readonly message: Message },
): boolean {
  const { from, to, message } = hop;
  if (!drawing.touched.has(from) || !drawing.touched.has(to)) return true;
  if (message.class === "inner" || message.status === 100 || message.again !== undefined) return true;
  const kind = kindOf(message);
  // Told in SIP's words, a flow shows what ends a transaction; ringing it need not have.
  if (drawing.isSip && kind !== "ringing") return false;
  return kind !== "cpm" && !drawing.kinds.has(kind);
}

/** How well a computed message is the drawn one: the same, the same with another code, or another. */
export function likeness(message: Message, drawn: Drawn): "same" | "other code" | undefined {
  const { method, status } = drawn;
  if (drawn.message.kind === "media") {
    const isAnswer = /(?:^|MSRP )[1-6]\d\d\b/.test(drawn.message.message.name);
    return message.method === "SEND" && (message.status !== undefined) === isAnswer ? "same" : undefined;
  }
  if (message.status === undefined) {
    if (status !== undefined || message.method !== method) return undefined;
    const { event } = drawn.message.said;
    if (event === undefined || message.event === undefined) return "same";
    const joins = (e: string) => e === "join" || e === "replacement";
    return event === message.event || (joins(event) && joins(message.event)) ? "same" : undefined;
  }
  if (status === undefined || (method !== undefined && message.method !== method)) return undefined;
  if (message.status === status) return "same";
  // RFC 6665 §8.3.1: 202 is 200 to a REFER.
  if (message.method === "REFER" && [200, 202].includes(status) && [200, 202].includes(message.status)) return "same";
  const isRinging = (code: number) => code > 100 && code < 200;
  return isRinging(status) && isRinging(message.status) ? "other code" : undefined;
}

/** The next drawn message, from `after` on, that the computed one is. */
export function drawnLater(
  drawing: Drawing,
  after: number,
  hop: { readonly from: ParticipantId; readonly to: ParticipantId; readonly message: Message },
): Drawn | undefined {
  const list = drawing.byEdge.get(`${hop.from}>${hop.to}`) ?? [];
  for (let i = firstAfter(list, after); i < list.length; i++) {
    const drawn = list[i];
    if (drawn !== undefined && likeness(hop.message, drawn) !== undefined) return drawn;
  }
  return undefined;
}

/** The place of the first of a list in order that stands after the message of the number. */
function firstAfter(list: readonly Drawn[], index: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.index ?? 0) > index) high = middle;
    else low = middle + 1;
  }
  return low;
}
