import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { keepCompiled } from "./host/compiled.ts";

// The command line: plain Node, no Electron, no display. The commands and their exit codes are in command-line/. All else is
// loaded when it is known where what was compiled of it lies.

keepCompiled(dirname(fileURLToPath(import.meta.url)));
void import("./command-line/process.ts").then(({ runProcess }) => runProcess(new URL("..", import.meta.url)));
