import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { Scene } from "../../shared/diagram/scene.ts";
import type { Theme } from "../../shared/diagram/theme.ts";
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

/** A pure function of its input; does not fail. */
export type Exporter = (input: ExportInput) => string | Uint8Array;

export interface Format {
  readonly id: string;
  readonly title: string;
  /** Without the dot. */
  readonly extension: string;
  readonly mime: string;
  /** Loads the exporter: a format costs nothing before it is used. */
  readonly load: () => Promise<Exporter>;
}

/** Every format that a flow can be exported to. A new one is one more entry here and one more file beside it. */
export const formats: readonly Format[] = [
  {
    id: "svg",
    title: "Picture (SVG)",
    extension: "svg",
    mime: "image/svg+xml",
    load: async () => (await import("./svg.ts")).exportSvg,
  },
  {
    id: "md",
    title: "Text (Markdown)",
    extension: "md",
    mime: "text/markdown",
    load: async () => (await import("./markdown.ts")).exportMarkdown,
  },
  {
    id: "json",
    title: "Steps (JSON)",
    extension: "json",
    mime: "application/json",
    load: async () => (await import("./steps-json.ts")).exportStepsJson,
  },
];

export function formatById(id: string): Format | undefined {
  return formats.find((format) => format.id === id);
}
