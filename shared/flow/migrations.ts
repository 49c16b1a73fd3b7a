import { VERSION } from "./flow.ts";
import { fail, ok, type Result } from "./result.ts";

/** Brings a document of version `from` to `from + 1`. */
export interface Migration {
  readonly from: number;
  /** What changed, as a phrase: "variants carry their own options". */
  readonly title: string;
  /** Gets the parsed document, which nobody else holds; returns it in its new form. Must not throw on a wrong one. */
  readonly up: (document: Record<string, unknown>) => Record<string, unknown>;
}

/**
 * One entry for each version that there was before this one, in order. Version 1 is the first, so there is none yet.
 * To add version n + 1: raise `VERSION`, add the entry, freeze documents of version n in test/old-files.
 */
export const migrations: readonly Migration[] = [];

export interface Migrated {
  readonly document: Record<string, unknown>;
  /** Titles of the migrations that were applied, oldest first. */
  readonly applied: readonly string[];
}

/**
 * Brings a parsed document to the current version; its `version` field says where it stands. Fails with a sentence that
 * continues "… " after the file's name, when the version is none, or one that this Callflow does not know.
 */
export function migrate(
  document: Record<string, unknown>,
  table: readonly Migration[] = migrations,
  current: number = VERSION,
): Result<Migrated> {
  const version = document.version;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) {
    return fail('does not say which version of the format it has: "version" should be a whole number from 1 on.');
  }
  if (version > current) {
    return fail(
      `was written by a newer Callflow: it has version ${version} of the format, and this Callflow reads versions up to ${current}.`,
    );
  }
  let migrated = document;
  const applied: string[] = [];
  for (let from = version; from < current; from++) {
    const migration = table.find((entry) => entry.from === from);
    if (migration === undefined) return fail(`has version ${version} of the format, which this Callflow cannot read.`);
    migrated = { ...migration.up(migrated), version: from + 1 };
    applied.push(migration.title);
  }
  return ok({ document: migrated, applied });
}
