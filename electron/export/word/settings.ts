import type { ExportInput } from "../formats.ts";
import type { Author } from "./host-document.ts";

/** Who made the revisions and when, as the settings say; otherwise now, as the caller's clock has it. */
export function authorOf({ settings = {}, now }: ExportInput): Author {
  const author = String(settings.author ?? "").trim() || "Callflow";
  const date = dateOf(String(settings.date ?? "")) ?? now;
  return { author, ...(date !== undefined && { date }) };
}

/** A day or a moment as Word writes it, 2026-11-21T12:00:00Z; undefined for other words. */
export function dateOf(words: string): string | undefined {
  const [, day, time = "00:00", seconds = ":00"] =
    words
      .trim()
      .match(
        /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:T([01]\d:[0-5]\d|2[0-3]:[0-5]\d)(:[0-5]\d)?(?:\.\d+)?Z?)?$/,
      ) ?? [];
  return day === undefined ? undefined : `${day}T${time}${seconds}Z`;
}
