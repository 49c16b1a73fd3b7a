import { shownText } from "../../shared/diagram/shown-text.ts";
import { withTexts } from "../../shared/flow/change-request-texts.ts";
import { decodeText } from "../../shared/flow/decode.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import type { Exported, ExportInput } from "./formats.ts";
import { changesOf, frontSection } from "./word/change-request.ts";
import { writeDocument } from "./word/document.ts";
import { flowSections } from "./word/flow-sections.ts";
import { openHost } from "./word/host-document.ts";
import { authorOf } from "./word/settings.ts";

/** A change request for a flow, or for several: its six sections, the flows as changes in the last one. */
export async function exportChangeRequest(input: ExportInput): Promise<Result<Exported>> {
  const host = openHost(input.files?.template);
  if (!host.ok) return host;
  const ipr = iprFrom(input.files?.ipr);
  if (!ipr.ok) return ipr;
  const told = withNumbersShown(input);
  const { items, remarks } = changesOf({ ...input, flow: told });
  const withoutDefinitions = items.some(({ shows }) => shows === "definitions");
  const flows = await flowSections(input, host.value, { withoutDefinitions });
  if (!flows.ok) return flows;
  const { sections, remarks: drawn } = flows.value;
  const written = [frontSection(told, ipr.value), ...items.flatMap((item) => item.sections(sections))];
  return ok({ content: await writeDocument(host.value, written, authorOf(input)), remarks: [...remarks, ...drawn] });
}

/** The flow with the numbers of steps for the references in what its change request says. */
function withNumbersShown({ flow, diagram }: ExportInput): Flow {
  const { changeRequest } = flow;
  if (changeRequest === undefined) return flow;
  return { ...flow, changeRequest: withTexts(changeRequest, (text) => shownText(diagram, text)) };
}

function iprFrom(bytes: Uint8Array | undefined): Result<string | undefined> {
  if (bytes === undefined) return ok(undefined);
  const text = decodeText(bytes, "The file");
  if (!text.ok) return text;
  return ok(text.value.replaceAll("\r\n", "\n"));
}
