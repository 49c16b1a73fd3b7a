import { ok, type Result } from "../../shared/flow/result.ts";
import type { Exported, ExportInput } from "./formats.ts";
import { writeDocument } from "./word/document.ts";
import { flowSections } from "./word/flow-sections.ts";
import { openHost, roomIn } from "./word/host-document.ts";
import { authorOf } from "./word/settings.ts";

/** Figure and steps of one or more flows as a Word document. */
export async function exportDocx(input: ExportInput): Promise<Result<Exported>> {
  const host = openHost(input.files?.template);
  if (!host.ok) return host;
  const sections = await flowSections(input, roomIn(host.value));
  if (!sections.ok) return sections;
  const { sections: written, remarks } = sections.value;
  return ok({ content: await writeDocument(host.value, written, authorOf(input)), remarks });
}
