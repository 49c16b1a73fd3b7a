import { runCommandLine } from "./command-line/commands.ts";

// The command line: plain Node, no Electron, no display. The commands and their exit codes are in command-line/.

// A reader that has enough, as `head`, closes its end; that is no error of ours, and nothing is left to do.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 2);
});

try {
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
    home: new URL("..", import.meta.url),
  });
} catch (error) {
  // Nothing that a user does leads here.
  process.stderr.write(`This is a mistake in Callflow itself. ${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 2;
}
