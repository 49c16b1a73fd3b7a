import type { View } from "../../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../../shared/flow/result.ts";
import type { Payload } from "./payload.ts";

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
export async function readCarrier(bytes: Uint8Array, name: string): Promise<Result<Carried> | undefined> {
  const kind = kindOf(bytes);
  if (kind === undefined) return undefined;
  const find = await kind.load();
  const found = find(bytes);
  if (found === undefined) {
    return fail(`“${name}” is ${kind.called} that holds no flow; Callflow opens those that it made itself.`);
  }
  const { document, variant, view } = found.payload;
  const remark = `“${name}” was changed since Callflow wrote it; what opens is the flow as it was then.`;
  return ok({ document, variant, ...(view !== undefined && { view }), ...(found.changed && { remark }) });
}

interface Kind {
  readonly called: string;
  /** Loads what finds a payload in such a file: most of what is opened carries none. */
  readonly load: () => Promise<(bytes: Uint8Array) => Found | undefined>;
}

const kinds = {
  png: { called: "a picture", load: async () => (await import("./png-carrier.ts")).findInPng },
  pdf: { called: "a PDF document", load: async () => (await import("./pdf-carrier.ts")).findInPdf },
  office: {
    called: "an office document or an archive",
    load: async () => {
      const { findInOffice } = await import("./office-carrier.ts");
      return (zip) => findInOffice(zip);
    },
  },
  svg: {
    called: "a picture",
    load: async () => {
      const { findInSvg } = await import("./svg-carrier.ts");
      return (svg) => findInSvg(Buffer.from(svg).toString("utf8"));
    },
  },
} satisfies Readonly<Record<string, Kind>>;

function kindOf(bytes: Uint8Array): Kind | undefined {
  const start = Buffer.from(bytes.subarray(0, 2000)).toString("latin1");
  if (start.startsWith("\u0089PNG")) return kinds.png;
  if (start.slice(0, 1024).includes("%PDF-")) return kinds.pdf;
  if (start.startsWith("PK\u0003\u0004")) return kinds.office;
  return /^(\u00ef\u00bb\u00bf)?\s*</.test(start) && start.includes("<svg") ? kinds.svg : undefined;
}
