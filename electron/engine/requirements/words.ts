import { sipStart } from "../../../shared/flow/messages.ts";
import { startOfSentence } from "../../../shared/flow/names.ts";
import type { Trace, TraceMessage } from "./trace.ts";

/** The message in SIP's words; what nobody can read stands in quotes as it was written. */
export function called({ hop, method, status, message, kind }: TraceMessage): string {
  if (kind === "unknown" || kind === "state") return `“${message.name}”`;
  return sipStart({ name: hop.message.name, method, status });
}

/** `the 487 (INVITE) from CPM Client B2 to the SIP/IP Core B`. */
export function told(trace: Trace, m: TraceMessage): string {
  return `the ${called(m)} from ${trace.the(m.from)} to ${trace.the(m.to)}`;
}

export const Told = (trace: Trace, m: TraceMessage): string => startOfSentence(told(trace, m));
