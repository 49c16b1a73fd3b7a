import { z } from "zod";
import { sidePanelIds } from "../side-panels.ts";

/**
 * What a person chose of the window and its keys. Apart from the calls, because the app reads it before its window opens
 * and should not wait for every schema there is.
 */
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
  /** A person's own shortcuts by command; a list without any for a command that is to have none. */
  keys: z
    .record(z.string().min(1).max(200), z.array(z.string().min(1).max(40)).max(4).readonly())
    .readonly()
    .optional(),
});
export type Settings = z.infer<typeof settingsSchema>;
