import { SIZE_LIMIT } from "../../shared/flow/decode.ts";
import { readFlow } from "../../shared/flow/file.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { isFile, type Refers, wrongPath } from "../../shared/flow/refers.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Bundle, Nearby } from "./ports.ts";

/** The way by which a person came to a flow: where each flow on it is from, the one that is shown last. */
export interface Trail {
  /** Ids of bundled flows and paths of files. */
  readonly came: readonly string[];
  /** The file beside which its references are looked for. */
  readonly path?: string | undefined;
}

export interface Referred {
  readonly flow: Flow;
  readonly trail: Trail;
}

/**
 * The flow for which a reference stands. Fails, with a sentence, for one that is not there or that cannot be read, for a
 * file that is not in the folder of the flow that refers to it, and for a flow through which the way has come already.
 */
export async function referred(
  flow: string,
  { came, path }: Trail,
  bundle: Bundle,
  nearby: Nearby | undefined,
): Promise<Result<Referred>> {
  const found = isFile(flow) ? await fromFile(flow, path, nearby) : await fromBundle(flow, bundle);
  if (!found.ok) return found;
  const { key, bytes, path: file } = found.value;
  const read = readFlow(bytes, flow);
  if (!read.ok) return read;
  if (came.includes(key))
    return fail(`“${read.value.flow.title}” refers to itself, so it cannot be gone into once more.`);
  return ok({ flow: read.value.flow, trail: { came: [...came, key], path: file } });
}

interface Found {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly path?: string;
}

async function fromBundle(id: string, bundle: Bundle): Promise<Result<Found>> {
  if (!(await bundle.ids()).includes(id))
    return fail(`There is no bundled flow “${id}”; the name of a file ends with .flow.json.`);
  const bytes = await bundle.read(id);
  return bytes.ok ? ok({ key: id, bytes: bytes.value }) : bytes;
}

async function fromFile(
  name: string,
  document: string | undefined,
  nearby: Nearby | undefined,
): Promise<Result<Found>> {
  const wrong = wrongPath(name);
  if (wrong !== undefined) return fail(wrong);
  if (document === undefined || nearby === undefined)
    return fail(`“${name}” is looked for in the folder of this flow; save the flow first.`);
  const read = await nearby.read(document, name, SIZE_LIMIT);
  return read.ok ? ok({ key: read.value.path, ...read.value }) : read;
}

/** The flow with the names of those that its participants are in the flow `from`, and a sentence where one is nobody there. */
export function asNamedIn(from: Flow, { participants = [] }: Refers, flow: Flow): { flow: Flow; remark?: string } {
  const here = new Map(from.scenario.participants.map(({ id, name }) => [id, name]));
  const names = new Map(participants.map((one) => [one.there, here.get(one.here)]));
  const nobody = flow.scenario.participants.filter(({ id }) => names.get(id) === undefined).map(({ name }) => name);
  const named = flow.scenario.participants.map((one) => ({ ...one, name: names.get(one.id) ?? one.name }));
  const stands = nobody.length === 1 ? "stands for nobody" : "stand for nobody";
  return {
    flow: { ...flow, scenario: { ...flow.scenario, participants: named } },
    ...(nobody.length > 0 && {
      remark: `${nobody.map((name) => `“${name}”`).join(", ")} ${stands} of the flow that refers here; the names are those of this flow.`,
    }),
  };
}
