import type { LogFunctions } from "electron-log";

type Level = "info" | "warn" | "error";
type Entry = readonly [level: Level, message: unknown];

/** Writes to a file, one line an entry. */
export type Log = { readonly [Name in Level]: (message: unknown) => void };

/**
 * A log that keeps its entries until `open` says where they go, so that the first ones cost the start nothing and none is
 * missing.
 */
export function createLog(): Log & { readonly open: (path: string, toConsole: boolean) => Promise<void> } {
  let waiting: Entry[] = [];
  let target: LogFunctions | undefined;
  const put = (level: Level) => (message: unknown) => {
    if (target === undefined) waiting.push([level, message]);
    else target[level](message);
  };
  return {
    info: put("info"),
    warn: put("warn"),
    error: put("error"),
    async open(path, toConsole) {
      const { default: log } = await import("electron-log/node");
      log.transports.file.resolvePathFn = () => path;
      log.transports.console.level = toConsole ? "info" : false;
      target = log;
      for (const [level, message] of waiting) log[level](message);
      waiting = [];
    },
  };
}
