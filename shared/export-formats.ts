import {
  type ExportSettingId,
  type ExportSettings,
  type ExportValue,
  exportSettings,
  readSetting,
} from "./export-settings.ts";
import { fail, ok, type Result } from "./flow/result.ts";

/** What may be chosen about a figure, whatever format it is in. */
const figure = ["theme", "steps", "step", "later", "paper", "orientation"] as const;

/** What may be chosen about a document for Word. */
const word = ["theme", "steps", "base", "author", "date", "template"] as const;
/** What may be chosen about a film. */
const film = ["theme", "steps", "frame-size", "fps", "speed", "captions"] as const;

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/**
 * The formats that a flow can be exported to, as a person chooses them. Pure data: the menu, the command line and
 * `electron/export/formats.ts`, which says how each is made, read this one table.
 */
export const exportFormats = [
  {
    id: "svg",
    title: "Picture (SVG)",
    extension: "svg",
    mime: "image/svg+xml",
    keys: [],
    settings: [...figure, "background", "font"],
  },
  {
    id: "png",
    title: "Picture (PNG)",
    extension: "png",
    mime: "image/png",
    keys: [],
    settings: [...figure, "scale", "background"],
  },
  {
    id: "pptx",
    title: "Slides (PowerPoint)",
    extension: "pptx",
    mime: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    keys: [],
    settings: ["theme", "slides", "later", "variants", "slide-size", "deck"],
    initial: { later: "pale" },
  },
  { id: "emf", title: "Picture (EMF)", extension: "emf", mime: "image/emf", keys: [], settings: figure },
  { id: "pdf", title: "Document (PDF)", extension: "pdf", mime: "application/pdf", keys: [], settings: figure },
  {
    id: "docx",
    title: "Figure and Steps (Word)",
    extension: "docx",
    mime: WORD,
    keys: [],
    settings: [...word, "update"],
    together: true,
  },
  { id: "html", title: "Player for the Browser", extension: "html", mime: "text/html", keys: [], settings: [] },
  {
    id: "cr",
    title: "Change Request (Word)",
    extension: "docx",
    mime: WORD,
    keys: [],
    settings: [...word, "ipr"],
    together: true,
  },
  { id: "gif", title: "Animation (GIF)", extension: "gif", mime: "image/gif", keys: [], settings: film },
  {
    id: "webm",
    title: "Video (WebM)",
    extension: "webm",
    mime: "video/webm",
    keys: [],
    settings: film,
    inWindow: true,
  },
  { id: "mp4", title: "Video (MP4)", extension: "mp4", mime: "video/mp4", keys: [], settings: film, inWindow: true },
  { id: "md", title: "Text (Markdown)", extension: "md", mime: "text/markdown", keys: [], settings: [] },
  { id: "ascii", title: "Ladder in Plain Text", extension: "txt", mime: "text/plain", keys: [], settings: [] },
  { id: "mermaid", title: "Mermaid", extension: "mmd", mime: "text/plain", keys: [], settings: [] },
  { id: "plantuml", title: "PlantUML", extension: "puml", mime: "text/plain", keys: [], settings: [] },
  { id: "mscgen", title: "mscgen", extension: "msc", mime: "text/plain", keys: [], settings: [] },
  { id: "msc-generator", title: "Msc-generator", extension: "signalling", mime: "text/plain", keys: [], settings: [] },
  { id: "wsd", title: "WebSequenceDiagrams", extension: "wsd", mime: "text/plain", keys: [], settings: [] },
  { id: "tsv", title: "Step Table (TSV)", extension: "tsv", mime: "text/tab-separated-values", keys: [], settings: [] },
  { id: "csv", title: "Step Table (CSV)", extension: "csv", mime: "text/csv", keys: [], settings: [] },
  { id: "json", title: "Steps (JSON)", extension: "json", mime: "application/json", keys: [], settings: [] },
] as const satisfies readonly ExportFormat[];

export interface ExportFormat {
  readonly id: string;
  readonly title: string;
  /** Without the dot. */
  readonly extension: string;
  readonly mime: string;
  /** Shortcuts, as in `commands.ts`. */
  readonly keys: readonly string[];
  /** What may be chosen about it, in the order of the dialog. */
  readonly settings: readonly ExportSettingId[];
  /** With what a setting begins here, where that is not what it begins with elsewhere. */
  readonly initial?: ExportSettings;
  /** Several flows can go into one document. */
  readonly together?: boolean;
  /** Made with the help of the app's window; the command line has none. */
  readonly inWindow?: boolean;
}

/** Whether a format is plain text, to be looked at as it is; of any other the figure is looked at. */
export function isPlainText({ mime }: ExportFormat): boolean {
  return mime === "application/json" || (mime.startsWith("text/") && mime !== "text/html");
}

/** Whether a format plays the flow: it takes long to make. */
export function isFilm({ mime }: ExportFormat): boolean {
  return mime === "image/gif" || mime.startsWith("video/");
}

export type ExportFormatId = (typeof exportFormats)[number]["id"];

/** What a setting of a format is where nothing else was chosen. */
export function initialValue(format: ExportFormat, setting: ExportSettingId): ExportValue {
  return format.initial?.[setting] ?? exportSettings[setting].initial;
}

/**
 * Completes what was chosen for a format with the initial values. Fails with a sentence for a setting that the format
 * does not have, and for a value that is not allowed.
 */
export function settingsFor(
  format: ExportFormat,
  given: Readonly<Record<string, ExportValue>>,
): Result<ExportSettings> {
  const unknown = Object.keys(given).find((id) => !format.settings.some((known) => known === id));
  if (unknown !== undefined) return fail(`${format.title} has no setting “${unknown}”.`);
  const settings: Partial<Record<ExportSettingId, ExportValue>> = {};
  for (const id of format.settings) {
    const setting = exportSettings[id];
    const read = readSetting(setting, given[id] ?? initialValue(format, id));
    if ("allowed" in read) return fail(`The setting ${id} cannot be “${given[id]}”; ${read.allowed}.`);
    settings[id] = read.value;
  }
  return ok(settings);
}
