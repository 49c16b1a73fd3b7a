import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";

/** How Node turns the text of a CommonJS file into its exports. */
interface Compiler {
  _compile(this: NodeJS.Module, source: string, file: string, ...rest: unknown[]): unknown;
}

type Wrapped = (exports: unknown, require: unknown, module: unknown, file: string, folder: string) => unknown;

interface Keeping {
  /** Where it is kept; beside the files where it is not given. */
  readonly into?: string;
  /** Called with what is to be done when all has been called that will be: that is compiled too by then. */
  readonly atEnd?: (save: () => void) => void;
}

/**
 * From now on keeps what V8 compiles of the CommonJS files in `folder` in `FILE.compiled`, for the next time: compiling is
 * half of what a short command takes. A file's text must not change under its name; what another version of V8 has compiled
 * is refused by this one, and made anew. Where nothing can be written nothing is kept.
 *
 * Node 22.8 and later have the like (`module.enableCompileCache`).
 * @returns ends it
 */
export function keepCompiled(
  folder: string,
  { into = folder, atEnd = (save) => process.on("exit", save) }: Keeping = {},
): () => void {
  const compiler = Module.prototype as unknown as Compiler;
  const { _compile } = compiler;
  const fresh = new Map<string, Script>();
  const ending = ".compiled";
  compiler._compile = function (source, file, ...rest) {
    if (dirname(file) !== folder) return _compile.call(this, source, file, ...rest);
    const kept = join(into, `${basename(file)}${ending}`);
    const script = new Script(Module.wrap(source), { filename: file, cachedData: contentOf(kept) });
    if (script.cachedDataRejected !== false) fresh.set(kept, script);
    const wrapped = script.runInThisContext() as Wrapped;
    return wrapped.call(this.exports, this.exports, (id: string): unknown => this.require(id), this, file, folder);
  };
  atEnd(() => {
    for (const [kept, script] of fresh) keep(kept, script.createCachedData());
    if (fresh.size > 0)
      forget(into, (name) => name.endsWith(ending) && !existsSync(join(folder, name.slice(0, -ending.length))));
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
  const aside = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(aside, compiled);
    renameSync(aside, file);
  } catch {
    // A program that cannot be written to, or a full disk.
    rmSync(aside, { force: true });
  }
}

/** Removes from a folder what an earlier version of the program has left there. */
function forget(folder: string, isOld: (name: string) => boolean): void {
  try {
    for (const name of readdirSync(folder).filter(isOld)) rmSync(join(folder, name));
  } catch {
    // The folder is not there, or cannot be written to.
  }
}
