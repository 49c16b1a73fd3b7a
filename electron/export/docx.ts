import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Exported, ExportInput } from "./formats.ts";
import { writeDocument } from "./word/document.ts";
import { flowSections } from "./word/flow-sections.ts";
import { openHost } from "./word/host-document.ts";
import { authorOf } from "./word/settings.ts";
import { findUpdate, updateDocument } from "./word/update.ts";

/** Figure and steps of one or more flows as a Word document, or in place of those that a document has of them. */
export async function exportDocx(input: ExportInput): Promise<Result<Exported>> {
  const { files = {} } = input;
  if (files.update !== undefined) return updated(input, files.update);
  const host = openHost(files.template);
  if (!host.ok) return host;
  const sections = await flowSections(input, host.value, { startsDocument: true });
  if (!sections.ok) return sections;
  const { sections: written, remarks } = sections.value;
  return ok({ content: await writeDocument(host.value, written, authorOf(input)), remarks });
}

async function updated(input: ExportInput, document: Uint8Array): Promise<Result<Exported>> {
  if (input.files?.template !== undefined)
    return fail("A document that is brought up to date keeps its own styles; choose no template for it.");
  const host = openHost(document);
  if (!host.ok) return host;
  const update = findUpdate(host.value, [input, ...(input.others ?? [])]);
  if (!update.ok) return update;
  const { places, startsDocument } = update.value;
  const withoutDefinitions = places.some((place) => place.withoutDefinitions);
  const sections = await flowSections(input, host.value, { known: places, withoutDefinitions, startsDocument });
  if (!sections.ok) return sections;
  const { sections: written, remarks } = sections.value;
  return ok({ content: await updateDocument(host.value, update.value, written, authorOf(input)), remarks });
}
