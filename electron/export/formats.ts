import type { Content } from "../../shared/content.ts";
import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { Film, Shot } from "../../shared/diagram/film.ts";
import type { Scene } from "../../shared/diagram/scene.ts";
import { type ExportFormat, type ExportFormatId, exportFormats } from "../../shared/export-formats.ts";
import type { ExportSettings } from "../../shared/export-settings.ts";
import type { Flow, View } from "../../shared/flow/flow.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import type { RuleInfo, Run } from "../../shared/run/run.ts";
import type { IndexedRows } from "./png-encode.ts";

/** A variant with its run, and the view of it that was asked for. */
export interface Drawn {
  /** Id of the variant that was run. */
  readonly variant: string;
  readonly run: Run;
  readonly diagram: Diagram;
}

/** What an exporter gets: a flow, one of its variants drawn, what was chosen, and ways to get more. */
export interface ExportInput extends Drawn {
  readonly flow: Flow;
  /** The text of this very flow's document, where the caller has it: what a figure carries. */
  readonly text?: string;
  /** What of the run is asked for, where the caller knows; a figure carries it. */
  readonly view?: View;
  /** Another variant of the flow, run and seen like this one; fails with a sentence where it cannot be run. */
  readonly draw?: (variant: string) => Promise<Result<Drawn>>;
  /** What it was before, where the document is to show what changed; else the setting `base` names a variant to `draw`. */
  readonly base?: Drawn & { readonly flow: Flow };
  /** There is a base, in which the flow is not: all of it is new. */
  readonly isNew?: boolean;
  /** Further flows for the same document, where the format takes several, see `ExportFormat.together`; each with its base. */
  readonly others?: readonly (Drawn & Pick<ExportInput, "flow" | "view" | "base">)[];
  /** The moment of the export by the caller's clock, as 2026-11-21T12:00:00Z. */
  readonly now?: string;
  /** Every setting of the format has its value, see `settingsFor`. */
  readonly settings?: ExportSettings;
  /** What the files hold that settings of the kind `file` name. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** Every rule there is, for what is drawn again elsewhere. */
  readonly rules?: readonly RuleInfo[];
  /** The laid out diagram, where the caller has it; an exporter that needs it makes it otherwise. */
  readonly scene?: Scene;
  /** Name of a file with the figure, to which a text may refer. */
  readonly figureFile?: string;
  /** Paints part of a large picture meanwhile, where there is another thread. */
  readonly paintRows?: PaintRows;
  /** Codes films as video, where there is a window that can. */
  readonly encode?: EncodeFilm;
  /** Called now and then by an export that takes long, with the part that is done, from 0 to 1. */
  readonly progress?: (done: number) => void;
  /** Aborted when the person no longer wants it; a long export looks now and then, and throws its reason. */
  readonly signal?: AbortSignal;
}

/** Paints an SVG document as the rows of a PNG picture with a palette; undefined for one with too many colours. */
export type PaintRows = (svg: string, scale: number) => Promise<IndexedRows | undefined>;

/** A film that is to be coded as video. */
export interface ToEncode extends Pick<Film, "width" | "height" | "fps" | "token"> {
  readonly container: "webm" | "mp4";
  /** The next shot with its picture as PNG; undefined after the last. */
  readonly next: () => Promise<{ readonly png: Uint8Array; readonly tokens: Shot["tokens"] } | undefined>;
}

/**
 * Gives the file, and which codec it has. Fails with a sentence where it cannot be coded; throws the signal's reason when
 * the film is not wanted any more.
 */
export type EncodeFilm = (
  film: ToEncode,
  signal?: AbortSignal,
) => Promise<Result<{ readonly content: Uint8Array; readonly codec: string }>>;

/** What came of an export. */
export interface Exported {
  readonly content: Content;
  /** Further files where one does not hold it all, as the other pages of a figure; see `writtenFiles`. */
  readonly more?: readonly Content[];
  /** A sentence for each thing that the format could not say as it is drawn. */
  readonly remarks: readonly string[];
}

/** A pure function of its input. Fails with a sentence where what was chosen does not fit the flow, or a file the format. */
export type Exporter = (input: ExportInput) => Promise<Result<Exported>>;

/** An exporter that always succeeds, as those of plain notations do. */
function always(make: (input: ExportInput) => Exported): Exporter {
  return async (input) => ok(make(input));
}

export interface Format extends ExportFormat {
  /** Loads the exporter: a format costs nothing before it is used. */
  readonly load: () => Promise<Exporter>;
}

/** How each format is made. A new one is one more entry here and in `shared/export-formats.ts`, and one more file. */
const exporters: Readonly<Record<ExportFormatId, Format["load"]>> = {
  svg: async () => (await import("./svg.ts")).exportSvg,
  png: async () => (await import("./png.ts")).exportPng,
  pptx: async () => (await import("./pptx.ts")).exportPptx,
  emf: async () => (await import("./emf.ts")).exportEmf,
  pdf: async () => (await import("./pdf.ts")).exportPdf,
  docx: async () => (await import("./docx.ts")).exportDocx,
  html: async () => (await import("./html.ts")).exportHtml,
  cr: async () => (await import("./change-request.ts")).exportChangeRequest,
  webm: async () => (await import("./video.ts")).exportWebm,
  mp4: async () => (await import("./video.ts")).exportMp4,
  gif: async () => (await import("./gif.ts")).exportGif,
  md: async () => always((await import("./markdown.ts")).exportMarkdown),
  ascii: async () => always((await import("./ladder.ts")).exportLadder),
  mermaid: async () => always((await import("./mermaid.ts")).exportMermaid),
  plantuml: async () => always((await import("./plantuml.ts")).exportPlantUml),
  mscgen: async () => always((await import("./mscgen.ts")).exportMscgen),
  "msc-generator": async () => always((await import("./msc-generator.ts")).exportMscGenerator),
  wsd: async () => always((await import("./wsd.ts")).exportWsd),
  tsv: async () => always((await import("./step-table.ts")).exportTsv),
  csv: async () => always((await import("./step-table.ts")).exportCsv),
  json: async () => always((await import("./steps-json.ts")).exportStepsJson),
};

/** Every format that a flow can be exported to. */
export const formats: readonly Format[] = exportFormats.map((format) => ({ ...format, load: exporters[format.id] }));

export function formatById(id: string): Format | undefined {
  return formats.find((format) => format.id === id);
}
