import type { Stats } from "node:fs";
import { type FileHandle, open, realpath, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Content, isInPieces } from "../../shared/content.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Disk } from "../workspace/ports.ts";

/** Files on Node. Every failure that a user may meet is a sentence. */
export const disk: Disk = { read, write: (path, content) => write(path, content, true) };

/**
 * For what can be made again, as exports: as whole for every reader, but it does not wait until the bytes are on the disk
 * itself, which takes longer than most exports.
 */
export const exportDisk: Disk = { read, write: (path, content) => write(path, content, false) };

/** A larger file is refused without being read whole. */
async function read(path: string, limit: number): Promise<Result<Uint8Array>> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, "r");
    const found = await file.stat();
    if (found.isDirectory()) return fail(isFolder(path));
    if (found.size > limit) return fail(tooLarge(path, limit));
    return found.isFile() && found.size > 0
      ? await readSized(file, path, found.size, limit)
      : await readStream(file, path, limit);
  } catch (error) {
    return fail(cannot(path, "read", error), String(error));
  } finally {
    await file?.close().catch(() => {});
  }
}

/** A file of known size in one read; one that is growing meanwhile is read as far as it is then. */
async function readSized(file: FileHandle, path: string, size: number, limit: number): Promise<Result<Uint8Array>> {
  const bytes = Buffer.allocUnsafe(size + 1);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, null);
    if (bytesRead === 0) return ok(bytes.subarray(0, length));
    length += bytesRead;
  }
  const rest = await readStream(file, path, limit - length);
  return rest.ok ? ok(Buffer.concat([bytes, rest.value])) : rest;
}

/** What says no size of its own, as a pipe, as long as it stays within the limit. */
async function readStream(file: FileHandle, path: string, limit: number): Promise<Result<Uint8Array>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(64 * 1024);
    const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) return ok(Buffer.concat(chunks));
    length += bytesRead;
    if (length > limit) return fail(tooLarge(path, limit));
    chunks.push(chunk.subarray(0, bytesRead));
  }
}

async function write(path: string, content: Content, synced: boolean): Promise<Result<void>> {
  try {
    // What a link leads to is written, not the link.
    const target = await realpath(path).catch(() => path);
    const there = await stat(target).catch(() => undefined);
    if (there?.isDirectory()) return fail(isFolder(path));
    // A device or a pipe must not be replaced by a file.
    if (there === undefined || there.isFile()) await replace(target, content, synced, there);
    else await writeInto(await open(target, "w"), content, false);
    return ok(undefined);
  } catch (error) {
    return fail(cannot(path, "written", error), String(error));
  }
}

let written = 0;

/** Writes beside the target and renames over it: no reader, and no crash, ever meets a half of it. */
async function replace(target: string, content: Content, synced: boolean, before?: Stats): Promise<void> {
  const aside = join(dirname(target), `.callflow-${process.pid}-${++written}.tmp`);
  const file = await open(aside, "wx", before?.mode);
  try {
    await writeInto(file, content, synced, before);
    await rename(aside, target);
  } catch (error) {
    await unlink(aside).catch(() => {});
    throw error;
  }
}

async function writeInto(file: FileHandle, content: Content, synced: boolean, like?: Stats): Promise<void> {
  try {
    // Who owned the file before goes on owning it where the system lets us say so.
    if (like !== undefined) await file.chown(like.uid, like.gid).catch(() => {});
    if (like !== undefined) await file.chmod(like.mode).catch(() => {});
    if (isInPieces(content)) await writePieces(file, content);
    else await file.writeFile(content);
    if (synced) await file.sync();
  } finally {
    await file.close();
  }
}

/** Bytes that are encoded before they are written. */
const AT_ONCE = 1024 * 1024;

/** Every piece is encoded into the same room: that of a long text would be new memory, which costs more than the writing. */
async function writePieces(file: FileHandle, pieces: readonly string[]): Promise<void> {
  const room = Buffer.allocUnsafe(AT_ONCE);
  let filled = 0;
  const flush = async (): Promise<void> => {
    await writeWhole(file, room.subarray(0, filled));
    filled = 0;
  };
  for (const piece of pieces) {
    const most = 3 * piece.length;
    if (filled + most > room.length) await flush();
    if (most > room.length) await writeWhole(file, Buffer.from(piece));
    else filled += room.write(piece, filled);
  }
  await flush();
}

/** The system may take less than it is given. */
async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

const isFolder = (path: string) => `“${path}” is a folder, not a file.`;

function tooLarge(path: string, limit: number): string {
  return `“${basename(path)}” is larger than ${Math.floor(limit / (1024 * 1024))} MB, which is the most that is opened.`;
}

function cannot(path: string, done: "read" | "written", error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) throw error;
  switch (code) {
    case "ENOENT":
      return done === "read" ? `There is no file “${path}”.` : `There is no folder “${dirname(path)}” to write to.`;
    case "ENOTDIR":
      return `“${path}” cannot be ${done}: a part of its path is not a folder.`;
    case "EISDIR":
      return isFolder(path);
    case "EACCES":
    case "EPERM":
      return `“${path}” cannot be ${done}: there is no permission to.`;
    case "EROFS":
      return `“${path}” cannot be written: its disk is read-only.`;
    case "ENOSPC":
    case "EDQUOT":
      return `“${path}” cannot be written: there is no space left on the disk.`;
    default:
      return `“${path}” cannot be ${done} (${code}).`;
  }
}
