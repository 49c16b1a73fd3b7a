import { decodeText } from "../../shared/flow/decode.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import type { Exported, ExportInput } from "./formats.ts";
import { changesOf, frontSection } from "./word/change-request.ts";
import { writeDocument } from "./word/document.ts";
import { flowSections } from "./word/flow-sections.ts";
import { openHost, roomIn } from "./word/host-document.ts";
import { authorOf } from "./word/settings.ts";

/** A change request for a flow, or for several: its six sections, the flows as changes in the last one. */
export async function exportChangeRequest(input: ExportInput): Promise<Result<Exported>> {
  const host = openHost(input.files?.template);
  if (!host.ok) return host;
  const ipr = iprFrom(input.files?.ipr);
  if (!ipr.ok) return ipr;
  const { items, remarks } = changesOf(input);
  const withoutDefinitions = items.some(({ shows }) => shows === "definitions");
  const flows = await flowSections(input, roomIn(host.value), { withoutDefinitions });
  if (!flows.ok) return flows;
  const { sections, remarks: drawn } = flows.value;
  const written = [frontSection(input.flow, ipr.value), ...items.flatMap((item) => item.sections(sections))];
  return ok({ content: await writeDocument(host.value, written, authorOf(input)), remarks: [...remarks, ...drawn] });
}

function iprFrom(bytes: Uint8Array | undefined): Result<string | undefined> {
  if (bytes === undefined) return ok(undefined);
  const text = decodeText(bytes, "The file");
  if (!text.ok) return text;
  return ok(text.value.replaceAll("\r\n", "\n"));
}
