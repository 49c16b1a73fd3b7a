/**
 * What a person can choose about an export, beside the format. Pure data, one row each: the dialog makes a field of a
 * row, the command line an option `--id`, and `electron/export` reads the value. A setting means the same in every
 * format that names it in `export-formats.ts`.
 */
const table = {
  theme: {
    kind: "choice",
    title: "Colours",
    says: "the colours of the picture",
    choices: [
      { value: "print", title: "For print" },
      { value: "light", title: "Light" },
      { value: "dark", title: "Dark" },
    ],
    initial: "print",
  },
  scale: {
    kind: "number",
    title: "Scale",
    says: "pixels of the picture for one on the screen",
    min: 1,
    max: 4,
    initial: 2,
  },
  background: {
    kind: "choice",
    title: "Background",
    says: "what the picture lies on",
    choices: [
      { value: "filled", title: "Filled" },
      { value: "transparent", title: "Transparent" },
    ],
    initial: "filled",
  },
  font: {
    kind: "switch",
    title: "With its font",
    says: "whether the letters that are used are put into the file",
    initial: true,
  },
  steps: {
    kind: "text",
    title: "Steps",
    says: "the steps that are drawn, as 3 – 9; all of them when absent",
    initial: "",
  },
  step: { kind: "text", title: "Highlighted step", says: "the number of a step that is highlighted", initial: "" },
  later: {
    kind: "choice",
    title: "Later steps",
    says: "how the steps after the highlighted one, or after the slide’s own, are drawn",
    choices: [
      { value: "drawn", title: "As the others" },
      { value: "pale", title: "Pale" },
      { value: "absent", title: "Not at all" },
    ],
    initial: "drawn",
  },
  paper: {
    kind: "choice",
    title: "Paper",
    says: "the paper over whose pages a long figure goes",
    choices: [
      { value: "none", title: "One picture in its own size" },
      { value: "a4", title: "A4" },
      { value: "letter", title: "Letter" },
    ],
    initial: "none",
  },
  orientation: {
    kind: "choice",
    title: "Orientation",
    says: "how the paper lies",
    choices: [
      { value: "portrait", title: "Portrait" },
      { value: "landscape", title: "Landscape" },
    ],
    initial: "portrait",
  },
  "frame-size": {
    kind: "choice",
    title: "Size",
    says: "width and height of the film in pixels",
    choices: [
      { value: "854x480", title: "854 × 480" },
      { value: "1280x720", title: "1280 × 720" },
      { value: "1920x1080", title: "1920 × 1080" },
      { value: "3840x2160", title: "3840 × 2160" },
    ],
    initial: "1280x720",
  },
  fps: { kind: "number", title: "Frames per second", says: "how smoothly messages move", min: 5, max: 50, initial: 25 },
  speed: {
    kind: "number",
    title: "Speed",
    says: "how fast the steps follow each other; 1 leaves time to read",
    min: 0.25,
    max: 4,
    initial: 1,
  },
  captions: {
    kind: "switch",
    title: "Captions",
    says: "whether the numbered text of each step stands below it",
    initial: true,
  },
  variants: {
    kind: "choice",
    title: "Variants",
    says: "which variants of the flow the document has",
    choices: [
      { value: "all", title: "All, each in its section" },
      { value: "this", title: "This one" },
    ],
    initial: "all",
  },
  slides: {
    kind: "choice",
    title: "Slides",
    says: "a slide for each step, or one on which each click shows the next",
    choices: [
      { value: "steps", title: "One for each step" },
      { value: "animated", title: "Animated" },
      { value: "both", title: "Both" },
    ],
    initial: "steps",
  },
  "slide-size": {
    kind: "choice",
    title: "Slide size",
    says: "width and height of the slides of a new deck",
    choices: [
      { value: "16:9", title: "Wide (16:9)" },
      { value: "4:3", title: "Standard (4:3)" },
    ],
    initial: "16:9",
  },
  deck: {
    kind: "file",
    title: "Add to the deck",
    says: "a deck of yours after whose slides, and in whose look, the new ones come",
    endings: ["pptx"],
    initial: "",
  },
  base: {
    kind: "flow",
    title: "Changes since",
    says: "what the flow was, a variant’s id or a flow’s file, of several a folder or a Word document: what differs is marked as revisions",
    initial: "",
  },
  author: { kind: "text", title: "Author", says: "who made the marked revisions", initial: "" },
  date: { kind: "text", title: "Date", says: "when they were made, as 2026-11-21; today when absent", initial: "" },
  update: {
    kind: "file",
    title: "Update the flow in",
    says: "a Word document that Callflow wrote: figure and steps are replaced, all else stays",
    endings: ["docx"],
    initial: "",
  },
  ipr: {
    kind: "file",
    title: "IPR wording",
    says: "a text file with what the section on intellectual property rights says",
    endings: ["txt"],
    initial: "",
  },
  template: {
    kind: "file",
    title: "Template",
    says: "a Word document whose styles, headers and footers are kept",
    endings: ["docx", "dotx"],
    initial: "",
  },
} as const satisfies Readonly<Record<string, ExportSetting>>;

export type ExportSettingId = keyof typeof table;

/** Every setting by its id. */
export const exportSettings: Readonly<Record<ExportSettingId, ExportSetting>> = table;

interface Described {
  /** As the field in the dialog is named. */
  readonly title: string;
  /** The rest of a help line: lower case, no full stop. */
  readonly says: string;
}

export type ExportSetting = Described &
  (
    | { readonly kind: "choice"; readonly choices: readonly Choice[]; readonly initial: string }
    | { readonly kind: "switch"; readonly initial: boolean }
    | { readonly kind: "number"; readonly min: number; readonly max: number; readonly initial: number }
    /** Free words, as a range of steps; empty when nothing is asked for. */
    | { readonly kind: "text"; readonly initial: "" }
    /** Another flow: the id of a variant, or the name of a file, which the caller then draws, see `ExportInput.base`. */
    | { readonly kind: "flow"; readonly initial: "" }
    /** A file the export reads, by its endings without the dot. Its value is its name; its bytes come beside the settings. */
    | { readonly kind: "file"; readonly endings: readonly string[]; readonly initial: "" }
  );

interface Choice {
  readonly value: string;
  readonly title: string;
}

export type ExportValue = string | number | boolean;

/** A value for each setting of a format. */
export type ExportSettings = Readonly<Partial<Record<ExportSettingId, ExportValue>>>;

/**
 * The value that a person's words mean for a setting.
 * @returns a sentence's end that says what is allowed, as “it is one of print, light, dark”, where they mean none.
 */
export function readSetting(setting: ExportSetting, given: ExportValue): { value: ExportValue } | { allowed: string } {
  switch (setting.kind) {
    case "choice": {
      const values = setting.choices.map(({ value }) => value);
      return values.includes(String(given))
        ? { value: String(given) }
        : { allowed: `it is one of ${values.join(", ")}` };
    }
    case "switch":
      return ["true", "false"].includes(String(given))
        ? { value: String(given) === "true" }
        : { allowed: "it is true or false" };
    case "number": {
      const value = given === "" ? Number.NaN : Number(given);
      return value >= setting.min && value <= setting.max
        ? { value }
        : { allowed: `it is a number from ${setting.min} to ${setting.max}` };
    }
    case "text":
    case "file":
    case "flow":
      return typeof given === "string" ? { value: given } : { allowed: "it is a text" };
  }
}
