import { z } from "zod";
import { sidePanelIds } from "../side-panels.ts";

/**
 * What a person chose of the window and its keys. Apart from the calls, because the app reads it before its window opens
 * and should not wait for every schema there is.
 */
/** What is chosen of an export's settings, by their ids; `export-formats.ts` says which a format has. */
export const exportChoicesSchema = z
  .record(z.string().min(1).max(40), z.union([z.string().max(1000), z.number(), z.boolean()]))
  .readonly();
export type ExportChoices = z.infer<typeof exportChoicesSchema>;

const width = z.number().int().min(1).max(10_000).optional();
export const panelWidthsSchema = z.strictObject({ library: width, side: width }).readonly();
export type PanelWidths = z.infer<typeof panelWidthsSchema>;

export const settingsSchema = z.strictObject({
  theme: z.enum(["system", "light", "dark"]).optional(),
  speed: z.number().min(0.25).max(4).optional(),
  panels: z
    .strictObject({
      library: z.boolean(),
      side: z.boolean(),
      tab: z.enum(sidePanelIds),
      network: z.enum(["off", "beside", "instead"]),
    })
    .partial()
    .optional(),
  /** Widths of the panels at the sides, in CSS px. */
  widths: panelWidthsSchema.optional(),
  /** A person's own shortcuts by command; a list without any for a command that is to have none. */
  keys: z
    .record(z.string().min(1).max(200), z.array(z.string().min(1).max(40)).max(4).readonly())
    .readonly()
    .optional(),
  /** What was chosen at the last export, and of each format when it was used last. */
  exports: z
    .strictObject({
      formats: z.array(z.string().min(1).max(40)).max(50).readonly(),
      choices: z.record(z.string().min(1).max(40), exportChoicesSchema).readonly(),
    })
    .readonly()
    .optional(),
});
export type Settings = z.infer<typeof settingsSchema>;
