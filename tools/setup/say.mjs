// What the set-up tells the person. On standard error, so that the command line's own output stays clean.

/** Prints one line. @param {string} sentence */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/** Something only the person can mend: ends the process with one sentence and no stack trace. */
export class SetupFailure extends Error {}

/** Runs a script's main function; a SetupFailure becomes its sentence and exit code 1. @param {() => Promise<number>} main */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
