import { runCommandLine } from "./command-line/commands.ts";

// The command line: plain Node, no Electron, no display. The commands and their exit codes are in command-line/.

// A reader that has enough, as `head`, closes its end; that is no error of ours, and nothing is left to do.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 2);
});

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  home: new URL("..", import.meta.url),
});
