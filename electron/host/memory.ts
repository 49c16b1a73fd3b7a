import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { settingsSchema } from "../../shared/ipc/settings.ts";

/** What is remembered from one start to the next: a file of the app's own, never a flow. */
const rememberedSchema = z.strictObject({
  settings: settingsSchema.optional(),
  window: z
    .strictObject({
      x: z.int().optional(),
      y: z.int().optional(),
      width: z.int().min(200).max(20_000),
      height: z.int().min(200).max(20_000),
      maximized: z.boolean(),
    })
    .optional(),
  /** Files opened or saved, the latest first. */
  recent: z.array(z.string().min(1).max(4096)).max(20).optional(),
});
export type Remembered = z.infer<typeof rememberedSchema>;

export interface Memory {
  readonly now: () => Remembered;
  /** Changes what is remembered; written soon after. */
  readonly change: (patch: Partial<Remembered>) => void;
  /** Writes at once what has not been written yet: an app that quits waits for nothing. */
  readonly flush: () => void;
}

const WRITE_AFTER_MS = 500;

/**
 * Opens the memory at `path`. A file that cannot be read is set aside under `.broken`, and `warn` hears of it; the app
 * starts with nothing remembered. What cannot be written is forgotten, and `warn` hears of that too.
 */
export function openMemory(path: string, warn: (sentence: string) => void): Memory {
  let remembered = load(path, warn);
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, `${JSON.stringify(remembered, undefined, 2)}\n`);
      renameSync(`${path}.new`, path);
    } catch (error) {
      warn(`The settings could not be written: ${String(error)}`);
    }
  };
  return {
    now: () => remembered,
    change: (patch) => {
      remembered = { ...remembered, ...patch };
      clearTimeout(timer);
      timer = setTimeout(flush, WRITE_AFTER_MS);
    },
    flush,
  };
}

function load(path: string, warn: (sentence: string) => void): Remembered {
  if (!existsSync(path)) return {};
  try {
    return rememberedSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    warn(`The settings could not be read and were set aside as ${path}.broken: ${String(error)}`);
    try {
      renameSync(path, `${path}.broken`);
    } catch (moveError) {
      warn(`They could not be set aside either: ${String(moveError)}`);
    }
    return {};
  }
}
