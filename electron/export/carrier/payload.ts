import { createHash } from "node:crypto";
import { z } from "zod";
import { SIZE_LIMIT } from "../../../shared/flow/decode.ts";
import { writeFlow } from "../../../shared/flow/file.ts";
import { type Flow, type View, viewSchema } from "../../../shared/flow/flow.ts";

/** What a figure carries besides what it shows: the flow that it was made of, and how it was seen. */
export interface Source {
  readonly flow: Flow;
  /** The text of the flow's document, where the caller has it; making it of a long flow takes time. */
  readonly text?: string;
  readonly variant: string;
  readonly view?: View;
}

/** The same as a file holds it, checked; the document is still text. */
const payloadSchema = z.object({
  callflowFigure: z.literal(1),
  /** Of the picture, so that one that was changed is told from one that was not. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  variant: z.string().min(1).max(200),
  view: viewSchema.optional(),
  document: z.string().max(SIZE_LIMIT),
});

export type Payload = z.infer<typeof payloadSchema>;

/** How every payload begins: by this it is found. */
export const PAYLOAD_START = '{"callflowFigure":1,';

export function payloadText({ flow, text, variant, view }: Source, sha256?: string): string {
  const payload: Payload = {
    callflowFigure: 1,
    ...(sha256 !== undefined && { sha256 }),
    variant,
    ...(view !== undefined && { view }),
    document: text ?? writeFlow(flow),
  };
  return JSON.stringify(payload);
}

/** Undefined for what is no payload, or one of a later version. */
export function readPayload(text: string): Payload | undefined {
  try {
    return payloadSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function sha256Of(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}
