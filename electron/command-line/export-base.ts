import { existsSync } from "node:fs";
import { readFlow } from "../../shared/flow/file.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import { type Compared, compared, noSuchBase } from "../export/bases.ts";
import { disk } from "../host/disk.ts";
import { type Arguments, optionValue } from "./arguments.ts";
import { flowsIn, isFolder } from "./export-folder.ts";
import { openProjected, openSide, type Projected, projected } from "./projected.ts";
import type { Terminal } from "./terminal.ts";

/** A Word document is not larger. */
const LARGEST = 200 * 1024 * 1024;

/**
 * What each of the flows was, as `--base` says: a variant, another flow as FILE or FILE#ID, or for several flows a folder of
 * flows or a Word document that carries them. Nothing where the first flow is compared with a variant of its own, which is
 * drawn by the exporter. Fails with a sentence.
 */
export async function openBases(
  flows: readonly Projected[],
  args: Arguments,
  terminal: Terminal,
): Promise<Result<readonly Compared<Projected>[]>> {
  const name = optionValue(args, "base");
  if (name === undefined) return ok(flows.map(() => ({})));
  const [first, ...others] = flows as readonly [Projected, ...Projected[]];
  if (first.flow.variants.some(({ id }) => id === name)) return ofVariants(others, name);
  const bases = await basesIn(name, args, terminal);
  if (!bases.ok) return bases;
  return compared(
    flows.map(({ flow }) => flow),
    bases.value,
    name,
  );
}

async function ofVariants(
  others: readonly Projected[],
  variant: string,
): Promise<Result<readonly Compared<Projected>[]>> {
  const found: Compared<Projected>[] = [{}];
  for (const other of others) {
    if (!other.flow.variants.some(({ id }) => id === variant)) return noSuchBase(other.flow, variant);
    const drawn = await other.draw(variant);
    if (!drawn.ok) return drawn;
    found.push({ base: { ...other, ...drawn.value } });
  }
  return ok(found);
}

async function basesIn(name: string, args: Arguments, terminal: Terminal): Promise<Result<readonly Projected[]>> {
  const without = { ...args, options: new Map([...args.options].filter(([option]) => option !== "variant")) };
  const bases: Projected[] = [];
  const carried = existsSync(name) && !isFolder(name) ? await carriedBy(name) : [];
  if (carried.length > 1) {
    for (const { flow, variant } of carried) {
      const read = readFlow(flow, name);
      if (!read.ok) return read;
      const base = projected(
        read.value,
        { ...without, options: new Map([...without.options, ["variant", [variant]]]) },
        terminal,
      );
      if (!base.ok) return base;
      bases.push(base.value);
    }
    return ok(bases);
  }
  for (const file of isFolder(name) ? flowsIn(name) : [name]) {
    const base = isFolder(name)
      ? await openProjected(file, without, terminal)
      : await openSide(file, undefined, without, terminal);
    if (!base.ok) return base;
    bases.push(base.value);
  }
  return ok(bases);
}

async function carriedBy(path: string) {
  const bytes = await disk.read(path, LARGEST);
  // Loaded when it is needed, as it brings what reads Word documents.
  return bytes.ok ? (await import("../export/word/carried.ts")).flowsCarried(bytes.value) : [];
}
