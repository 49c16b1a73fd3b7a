import { readFileSync, renameSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { dirname } from "node:path";
import { Script } from "node:vm";

/** How Node turns the text of a CommonJS file into its exports. */
interface Compiler {
  _compile(this: NodeJS.Module, source: string, file: string, ...rest: unknown[]): unknown;
}

type Wrapped = (exports: unknown, require: unknown, module: unknown, file: string, folder: string) => unknown;

/**
 * From now on keeps what V8 compiles of the CommonJS files in `folder` in `FILE.compiled` beside them, for the next time:
 * compiling is half of what a short command takes. A file's text must not change under its name; what another version of
 * V8 has compiled is refused by this one, and made anew. Where nothing can be written nothing is kept.
 *
 * Node 22.8 and later have the like (`module.enableCompileCache`).
 * @param atEnd called with what is to be done when all has been called that will be: that is compiled too by then
 * @returns ends it
 */
export function keepCompiled(
  folder: string,
  atEnd: (save: () => void) => void = (save) => process.on("exit", save),
): () => void {
  const compiler = Module.prototype as unknown as Compiler;
  const { _compile } = compiler;
  const fresh = new Map<string, Script>();
  compiler._compile = function (source, file, ...rest) {
    if (dirname(file) !== folder) return _compile.call(this, source, file, ...rest);
    const kept = `${file}.compiled`;
    const script = new Script(Module.wrap(source), { filename: file, cachedData: contentOf(kept) });
    if (script.cachedDataRejected !== false) fresh.set(kept, script);
    const wrapped = script.runInThisContext() as Wrapped;
    return wrapped.call(this.exports, this.exports, (id: string): unknown => this.require(id), this, file, folder);
  };
  atEnd(() => {
    for (const [kept, script] of fresh) keep(kept, script.createCachedData());
  });
  return () => {
    compiler._compile = _compile;
  };
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Whole or not at all: another command may be reading it. */
function keep(file: string, compiled: Buffer): void {
  try {
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, compiled);
    renameSync(aside, file);
  } catch {
    // A program that cannot be written to.
  }
}
