import { writeMermaid } from "../../shared/text/mermaid/write.ts";
import type { Exported, ExportInput } from "./formats.ts";

/** The diagram as Mermaid text. */
export function exportMermaid({ diagram }: ExportInput): Exported {
  const { text, remarks } = writeMermaid(diagram);
  return { content: text, remarks };
}
