import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { Scene } from "../../shared/diagram/scene.ts";
import type { Theme } from "../../shared/diagram/theme.ts";
import { type ExportFormat, type ExportFormatId, exportFormats } from "../../shared/export-formats.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import type { Run } from "../../shared/run/run.ts";

/** What an exporter gets: a flow, one of its variants with its run, and the view of it that was asked for. */
export interface ExportInput {
  readonly flow: Flow;
  /** Id of the variant that was run. */
  readonly variant: string;
  readonly run: Run;
  readonly diagram: Diagram;
  /** The laid out diagram, where the caller has it; an exporter that needs it makes it otherwise. */
  readonly scene?: Scene;
  /** Looks of a picture; the theme for print when absent. */
  readonly theme?: Theme;
  /** Name of a file with the figure, to which a text may refer. */
  readonly figureFile?: string;
}

/** What came of an export. */
export interface Exported {
  readonly content: string | Uint8Array;
  /** A sentence for each thing that the format could not say as it is drawn. */
  readonly remarks: readonly string[];
}

/** A pure function of its input; does not fail. */
export type Exporter = (input: ExportInput) => Exported | Promise<Exported>;

export interface Format extends ExportFormat {
  /** Loads the exporter: a format costs nothing before it is used. */
  readonly load: () => Promise<Exporter>;
}

/** How each format is made. A new one is one more entry here and in `shared/export-formats.ts`, and one more file. */
const exporters: Readonly<Record<ExportFormatId, Format["load"]>> = {
  svg: async () => (await import("./svg.ts")).exportSvg,
  md: async () => (await import("./markdown.ts")).exportMarkdown,
  ascii: async () => (await import("./ladder.ts")).exportLadder,
  mermaid: async () => (await import("./mermaid.ts")).exportMermaid,
  plantuml: async () => (await import("./plantuml.ts")).exportPlantUml,
  mscgen: async () => (await import("./mscgen.ts")).exportMscgen,
  "msc-generator": async () => (await import("./msc-generator.ts")).exportMscGenerator,
  wsd: async () => (await import("./wsd.ts")).exportWsd,
  tsv: async () => (await import("./step-table.ts")).exportTsv,
  csv: async () => (await import("./step-table.ts")).exportCsv,
  json: async () => (await import("./steps-json.ts")).exportStepsJson,
};

/** Every format that a flow can be exported to. */
export const formats: readonly Format[] = exportFormats.map((format) => ({ ...format, load: exporters[format.id] }));

export function formatById(id: string): Format | undefined {
  return formats.find((format) => format.id === id);
}
