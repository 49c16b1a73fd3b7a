import { type FSWatcher, watch } from "node:fs";
import { basename, dirname } from "node:path";

/** Tells when files change, whoever changes them. */
export interface Watching {
  /** From now on these files are watched, and no others. */
  follow(paths: readonly string[]): void;
  stop(): void;
}

/** Programs write in several steps; what is told of comes when they have been quiet for so long, in ms. */
const QUIET = 150;

/**
 * Watches the folders, because most programs put a new file in place of the old one. A folder that cannot be watched is
 * left alone: changes are then noticed when the file is saved.
 */
export function createWatching(changed: (path: string) => void): Watching {
  const folders = new Map<string, FSWatcher>();
  let followed: ReadonlySet<string> = new Set();
  const waiting = new Map<string, NodeJS.Timeout>();

  const tell = (path: string) => {
    clearTimeout(waiting.get(path));
    waiting.set(
      path,
      setTimeout(() => {
        waiting.delete(path);
        if (followed.has(path)) changed(path);
      }, QUIET),
    );
  };
  const open = (folder: string) => {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        for (const path of followed)
          if (dirname(path) === folder && (name === null || basename(path) === name)) tell(path);
      });
      watcher.on("error", () => close(folder));
      folders.set(folder, watcher);
    } catch {
      // As said above.
    }
  };
  const close = (folder: string) => {
    folders.get(folder)?.close();
    folders.delete(folder);
  };
  return {
    follow(paths) {
      followed = new Set(paths);
      const wanted = new Set(paths.map((path) => dirname(path)));
      for (const folder of folders.keys()) if (!wanted.has(folder)) close(folder);
      for (const folder of wanted) if (!folders.has(folder)) open(folder);
    },
    stop() {
      for (const folder of [...folders.keys()]) close(folder);
      for (const timer of waiting.values()) clearTimeout(timer);
      followed = new Set();
    },
  };
}
