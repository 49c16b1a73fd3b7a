import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fdatasync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, join } from "node:path";
import { crc32 } from "node:zlib";
import { z } from "zod";
import { apply, type Edit, editSchema } from "../../shared/flow/edit.ts";
import { readFlow, writeFlow } from "../../shared/flow/file.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Journal } from "../workspace/ports.ts";

/**
 * The recovery store: a journal for each document with unsaved edits, outside the person's own files. A journal is text:
 * one line with the document as it was before, then one line an edit, each with its checksum.
 */
export interface Recovery extends Journal {
  /** What sessions before this one left behind. */
  list(): readonly Recoverable[];
  /** The document of one of them. */
  read(id: string): Result<Recovered>;
  discard(id: string): void;
  /** Writes what is still waiting. */
  flush(): void;
  /** What was left behind is open again: it goes once the new journal is whole in its file, and else waits for the next start. */
  takenOver(id: string, handle: string): void;
}

/** Unsaved work of a session that did not end properly. */
export interface Recoverable {
  readonly id: string;
  readonly name: string;
  readonly path?: string;
  /** How many edits can be had back. */
  readonly edits: number;
  /** When the last of them was made, in ms since 1970. */
  readonly at: number;
  /** A sentence, when not all of it could be read. */
  readonly damage?: string;
}

export interface Recovered extends Recoverable {
  readonly flow: Flow;
  /** SHA-256 of the file's bytes as the session saw them. */
  readonly seen?: string;
}

const headSchema = z.object({
  journal: z.literal(1),
  name: z.string(),
  path: z.string().optional(),
  seen: z.string().optional(),
  document: z.string(),
});
type Head = z.infer<typeof headSchema>;

/** Edits reach the file at most so late, in ms, and the disk itself soon after. */
const WRITE_WITHIN = 150;
/** A journal of more edits than this is written anew. */
const EDITS_KEPT = 500;
const ENDING = ".journal";

interface Written {
  readonly file: string;
  head: Head;
  flow: Flow;
  waiting: Edit[];
  fd?: number;
  edits: number;
}

/** Opens the store in `folder`, which is made when it is first needed. `warn` hears of what cannot be written. */
export function openRecovery(folder: string, warn: (sentence: string) => void): Recovery {
  const before = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(ENDING)) : [];
  const left = new Set(before);
  const session = `${Date.now().toString(36)}-${process.pid}`;
  const journals = new Map<string, Written>();
  let timer: NodeJS.Timeout | undefined;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    for (const journal of journals.values()) {
      try {
        put(folder, journal);
      } catch (error) {
        warn(`The recovery journal of “${journal.head.name}” could not be written: ${String(error)}`);
      }
    }
  };
  const soon = () => {
    timer ??= setTimeout(flush, WRITE_WITHIN);
  };
  const start: Journal["start"] = ({ handle, name, path, flow }, seen) => {
    const head: Head = { journal: 1, name, document: writeFlow(flow) };
    if (path !== undefined) head.path = path;
    if (seen !== undefined) head.seen = hashOf(seen);
    const file = join(folder, `${session}-${handle}${ENDING}`);
    journals.set(handle, { file, head, flow, waiting: [], edits: 0 });
    soon();
  };
  return {
    start,
    record: (open, edit, after, seen) => {
      if (!journals.has(open.handle)) start(open, seen);
      const journal = journals.get(open.handle);
      journal?.waiting.push(edit);
      if (journal !== undefined) journal.flow = after;
      soon();
    },
    forget: (handle) => {
      const journal = journals.get(handle);
      journals.delete(handle);
      if (journal?.fd === undefined) return;
      closeSync(journal.fd);
      rmSync(journal.file, { force: true });
    },
    list: () =>
      [...left].flatMap((id) => {
        const found = readJournal(folder, id);
        if (!found.ok) {
          warn(`${id} in the recovery folder cannot be read: ${found.failure.message}`);
          return [];
        }
        const { flow: _, seen: __, ...recoverable } = found.value;
        return [recoverable];
      }),
    read: (id) => (left.has(id) ? readJournal(folder, id) : fail("There is nothing to recover by that name.")),
    discard: (id) => {
      if (left.delete(id)) rmSync(join(folder, id), { force: true });
    },
    flush,
    takenOver: (id, handle) => {
      flush();
      if (!left.delete(id)) return;
      const journal = journals.get(handle);
      if (journal !== undefined && isWhole(folder, journal)) rmSync(join(folder, id), { force: true });
    },
  };
}

export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Writes what waits of a journal; from the start when there is no file yet or the file has become long. */
function put(folder: string, journal: Written): void {
  if (journal.fd !== undefined && journal.waiting.length === 0) return;
  if (journal.fd === undefined) {
    mkdirSync(folder, { recursive: true });
    journal.fd = begun(journal.file, journal.head);
  }
  const edits = journal.waiting;
  if (journal.edits + edits.length > EDITS_KEPT) begunAnew(journal);
  else {
    append(journal.fd, edits.map(line).join(""));
    journal.edits += edits.length;
  }
  journal.waiting = [];
  fdatasync(journal.fd, () => {});
}

/** A journal with its first line. Where that cannot be written whole, no file is left and the error thrown. */
function begun(file: string, head: Head): number {
  const fd = openSync(file, "w", 0o600);
  try {
    append(fd, line(head));
    if (readFileSync(file, "utf8") !== line(head)) throw new Error("what was written cannot be read again");
    return fd;
  } catch (error) {
    closeSync(fd);
    rmSync(file, { force: true });
    throw error;
  }
}

/** Writes all of a text at the end of a file, or nothing: after half an edit no later one could be read. */
function append(fd: number, text: string): void {
  const before = fstatSync(fd).size;
  const bytes = Buffer.from(text);
  try {
    // A disk that becomes full takes a part first.
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, before + done);
  } catch (error) {
    ftruncateSync(fd, before);
    throw error;
  }
}

/** The same document in a journal without edits, in place of the old one only when it is whole. */
function begunAnew(journal: Written): void {
  const aside = `${journal.file}.new`;
  const head = { ...journal.head, document: writeFlow(journal.flow) };
  const fd = begun(aside, head);
  renameSync(aside, journal.file);
  if (journal.fd !== undefined) closeSync(journal.fd);
  journal.head = head;
  journal.fd = fd;
  journal.edits = 0;
}

function line(value: unknown): string {
  const text = JSON.stringify(value);
  return `${crc32(text).toString(16).padStart(8, "0")} ${text}\n`;
}

/** The value of a line, or undefined when it is torn or damaged. */
function contentOf(text: string): unknown {
  const json = text.slice(9);
  if (crc32(json).toString(16).padStart(8, "0") !== text.slice(0, 8)) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Whether a journal is in its file to its last edit, as reading it tells. */
function isWhole(folder: string, { file, fd, waiting, edits }: Written): boolean {
  if (fd === undefined || waiting.length > 0) return false;
  const found = readJournal(folder, basename(file));
  return found.ok && found.value.damage === undefined && found.value.edits === edits;
}

/** Reads a journal as far as it is whole. Fails only when not even the document before the edits can be read. */
function readJournal(folder: string, id: string): Result<Recovered> {
  try {
    const path = join(folder, id);
    const lines = readFileSync(path, "utf8").split("\n");
    const head = headSchema.safeParse(contentOf(lines[0] ?? ""));
    if (!head.success) return fail("its first line is damaged.");
    const base = readFlow(head.data.document, head.data.name);
    if (!base.ok) return base;
    let { flow } = base.value;
    let edits = 0;
    const rest = lines.slice(1).filter((text) => text !== "");
    for (const text of rest) {
      const edit = editSchema.safeParse(contentOf(text));
      const next = edit.success ? apply(flow, edit.data) : undefined;
      if (next?.ok !== true) break;
      flow = next.value;
      edits++;
    }
    const missing = rest.length - edits;
    const { name, path: file, seen } = head.data;
    return ok({
      id,
      name,
      edits,
      at: statSync(path).mtimeMs,
      flow,
      ...(file === undefined ? undefined : { path: file }),
      ...(seen === undefined ? undefined : { seen }),
      ...(missing === 0 ? undefined : { damage: damaged(edits, missing) }),
    });
  } catch (error) {
    return fail("it cannot be opened.", String(error));
  }
}

function damaged(edits: number, missing: number): string {
  const last = missing === 1 ? "The last edit" : `The last ${missing} edits`;
  return `${last} could not be read; ${edits === 0 ? "what was there before is" : `the ${edits} before are`} offered.`;
}
