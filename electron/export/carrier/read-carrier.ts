import type { View } from "../../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../../shared/flow/result.ts";
import { findInOffice } from "./office-carrier.ts";
import type { Payload } from "./payload.ts";
import { findInPdf } from "./pdf-carrier.ts";
import { findInPng } from "./png-carrier.ts";
import { findInSvg } from "./svg-carrier.ts";

/** What was found in a file, and whether its figure is not as it was written. */
export interface Found {
  readonly payload: Payload;
  readonly changed: boolean;
}

/** The flow that a picture or a document carries. */
export interface Carried {
  /** The document's text, as in a file of its own. */
  readonly document: string;
  readonly variant: string;
  readonly view?: View;
  /** A sentence where the figure was changed since. */
  readonly remark?: string;
}

/**
 * What a file carries; undefined for one of no kind that carries flows. Fails with a sentence for a picture or a document
 * that carries none. The bytes are anyone's: nothing in them is trusted, and what would unpack to too much counts as none.
 */
export function readCarrier(bytes: Uint8Array, name: string): Result<Carried> | undefined {
  const kind = kindOf(bytes);
  if (kind === undefined) return undefined;
  const found = kind.find(bytes);
  if (found === undefined) {
    return fail(`“${name}” is ${kind.called} that holds no flow; Callflow opens those that it made itself.`);
  }
  const { document, variant, view } = found.payload;
  const remark = `“${name}” was changed since Callflow wrote it; what opens is the flow as it was then.`;
  return ok({ document, variant, ...(view !== undefined && { view }), ...(found.changed && { remark }) });
}

interface Kind {
  readonly called: string;
  readonly find: (bytes: Uint8Array) => Found | undefined;
}

function kindOf(bytes: Uint8Array): Kind | undefined {
  const start = Buffer.from(bytes.subarray(0, 2000)).toString("latin1");
  if (start.startsWith("\u0089PNG")) return { called: "a picture", find: findInPng };
  if (start.slice(0, 1024).includes("%PDF-")) return { called: "a PDF document", find: findInPdf };
  if (start.startsWith("PK\u0003\u0004"))
    return { called: "an office document or an archive", find: (zip) => findInOffice(zip) };
  if (/^(\u00ef\u00bb\u00bf)?\s*</.test(start) && start.includes("<svg")) {
    return { called: "a picture", find: (svg) => findInSvg(Buffer.from(svg).toString("utf8")) };
  }
  return undefined;
}
