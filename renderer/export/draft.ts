import { type ExportFormat, exportFormats, isFilm, isPlainText } from "../../shared/export-formats.ts";
import { exportSettings, readSetting } from "../../shared/export-settings.ts";
import type { ExportChoices } from "../../shared/ipc/settings.ts";
import type { Exports, ToExport } from "../store/export-actions.ts";

/** What the export dialog is filled in with. Pure. */
export interface Draft {
  /** The format whose settings and preview are shown. */
  readonly shown: string;
  /** The formats that are written; never none. */
  readonly formats: readonly string[];
  readonly choices: Exports["choices"];
  readonly of: ToExport["of"];
  /** What comes into the same document, where that is asked for. */
  readonly others: NonNullable<ToExport["others"]>;
}

const isKnown = (id: string) => exportFormats.some((format) => format.id === id);

/** As the last export was; the picture at first. What is no longer known of it is left out. */
export function draftFrom(exports: Exports | undefined): Draft {
  const remembered = (exports?.formats ?? []).filter(isKnown);
  const formats = remembered.length > 0 ? remembered : [exportFormats[0].id];
  return { shown: formats[0] as string, formats, choices: exports?.choices ?? {}, of: "variant", others: [] };
}

/** A format is shown; where only one is written, that one. */
export function show(draft: Draft, shown: string): Draft {
  return draft.formats.length === 1 ? { ...draft, shown, formats: [shown] } : { ...draft, shown };
}

/** A format is to be written too, or no longer; the last one stays. */
export function include(draft: Draft, format: string, included: boolean): Draft {
  const formats = exportFormats
    .map(({ id }) => id)
    .filter((id) => (id === format ? included : draft.formats.includes(id)));
  return { ...draft, shown: included ? format : draft.shown, formats: formats.length > 0 ? formats : draft.formats };
}

export function choose(draft: Draft, format: string, choices: ExportChoices): Draft {
  return { ...draft, choices: { ...draft.choices, [format]: choices } };
}

/** The choices for a format that still mean something; the others keep their initial values. */
export function choicesOf({ choices }: Pick<Draft, "choices">, id: string): ExportChoices {
  const format: ExportFormat | undefined = exportFormats.find((one) => one.id === id);
  return Object.fromEntries(
    (format?.settings ?? []).flatMap((setting) => {
      const value = choices[id]?.[setting];
      return value === undefined || "allowed" in readSetting(exportSettings[setting], value) ? [] : [[setting, value]];
    }),
  );
}

/** Whether everything that is written can hold several flows. */
export function canHoldSeveral({ formats }: Pick<Draft, "formats">): boolean {
  return formats.every((id) => exportFormats.some((format: ExportFormat) => format.id === id && format.together));
}

/** Of what documents are made: not of several flows together where a format cannot hold them. */
export function scopeOf(draft: Draft): ToExport["of"] {
  return draft.of === "together" && !canHoldSeveral(draft) ? "variant" : draft.of;
}

type Other = Draft["others"][number];

export const isOther = ({ others }: Pick<Draft, "others">, other: Other): boolean =>
  others.some((one) => sameOther(one, other));

/** A further flow comes into the document, after those that are there, or no longer. */
export function withOther(draft: Draft, other: Other, included: boolean): Draft {
  const rest = draft.others.filter((one) => !sameOther(one, other));
  return { ...draft, others: included ? [...rest, other] : rest };
}

const sameOther = (a: Other, b: Other): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What main is asked for. */
export function toExport(draft: Draft): ToExport {
  const formats = draft.formats.map((format) => ({ format, settings: choicesOf(draft, format) }));
  const of = scopeOf(draft);
  return { formats, of, ...(of === "together" && { others: [...draft.others] }) };
}

/** The formats under headings, in the order of the table. */
export const formatGroups: readonly { readonly title: string; readonly formats: readonly ExportFormat[] }[] = [
  { title: "Figures", formats: exportFormats.filter(isFigure) },
  {
    title: "Documents",
    formats: exportFormats.filter((format) => !isFigure(format) && !isFilm(format) && !isPlainText(format)),
  },
  { title: "Films", formats: exportFormats.filter(isFilm) },
  { title: "Text", formats: exportFormats.filter(isPlainText) },
].filter(({ formats }) => formats.length > 0);

function isFigure({ mime }: ExportFormat): boolean {
  return (mime.startsWith("image/") && mime !== "image/gif") || mime === "application/pdf";
}
