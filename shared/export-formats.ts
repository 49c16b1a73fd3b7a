/**
 * The formats that a flow can be exported to, as a person chooses them. Pure data: the menu, the command line and
 * `electron/export/formats.ts`, which says how each is made, read this one table.
 */
export const exportFormats = [
  { id: "svg", title: "Picture (SVG)", extension: "svg", mime: "image/svg+xml", keys: ["Mod+Shift+E"] },
  { id: "md", title: "Text (Markdown)", extension: "md", mime: "text/markdown", keys: [] },
  { id: "ascii", title: "Ladder in Plain Text", extension: "txt", mime: "text/plain", keys: [] },
  { id: "mermaid", title: "Mermaid", extension: "mmd", mime: "text/plain", keys: [] },
  { id: "plantuml", title: "PlantUML", extension: "puml", mime: "text/plain", keys: [] },
  { id: "mscgen", title: "mscgen", extension: "msc", mime: "text/plain", keys: [] },
  { id: "msc-generator", title: "Msc-generator", extension: "signalling", mime: "text/plain", keys: [] },
  { id: "wsd", title: "WebSequenceDiagrams", extension: "wsd", mime: "text/plain", keys: [] },
  { id: "tsv", title: "Step Table (TSV)", extension: "tsv", mime: "text/tab-separated-values", keys: [] },
  { id: "csv", title: "Step Table (CSV)", extension: "csv", mime: "text/csv", keys: [] },
  { id: "json", title: "Steps (JSON)", extension: "json", mime: "application/json", keys: [] },
] as const satisfies readonly ExportFormat[];

export interface ExportFormat {
  readonly id: string;
  readonly title: string;
  /** Without the dot. */
  readonly extension: string;
  readonly mime: string;
  /** Shortcuts, as in `commands.ts`. */
  readonly keys: readonly string[];
}

export type ExportFormatId = (typeof exportFormats)[number]["id"];
