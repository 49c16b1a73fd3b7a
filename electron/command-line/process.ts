import { writeSync } from "node:fs";
import { isInPieces } from "../../shared/content.ts";
import { runCommandLine } from "./commands.ts";
import { printable } from "./terminal.ts";

/** Runs the command line on this process's words, streams and exit code. @param home the program's own folder */
export async function runProcess(home: URL): Promise<void> {
  // A reader that has enough, as `head`, closes its end; that is no error of ours, and nothing is left to do.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    const why = error.code === "ENOSPC" ? "there is no space left" : (error.code ?? error.message);
    writeSync(2, `The result cannot be written to standard output: ${why}.\n`);
    process.exit(2);
  });
  process.stderr.on("error", () => {});
  try {
    process.exitCode = await runCommandLine(process.argv.slice(2), {
      out: (content) => {
        for (const piece of isInPieces(content) ? content : [content]) process.stdout.write(piece);
      },
      error: (text) => void process.stderr.write(printable(text)),
      // Not before it is asked for: most commands have no use for it.
      get input() {
        return process.stdin;
      },
      home,
    });
  } catch (error) {
    // Nothing that a user does leads here.
    process.stderr.write(`This is a mistake in Callflow itself. ${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 2;
  }
}
