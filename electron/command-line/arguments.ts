import { parseArgs } from "node:util";
import { didYouMean } from "../../shared/flow/nearest.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";

/** An option of a command: `value` names what follows it, and is absent for one that stands alone. */
export interface OptionInfo {
  readonly name: string;
  readonly short?: string;
  readonly value?: string;
  readonly multiple?: boolean;
  readonly says: string;
}

export interface Arguments {
  readonly positionals: readonly string[];
  /** Of each option given its values, in order; `[""]` for one that stands alone. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** Splits the words after a command. Fails with a sentence for an option that is unknown, repeated or lacks its value. */
export function readArguments(words: readonly string[], known: readonly OptionInfo[]): Result<Arguments> {
  const { tokens } = parseArgs({
    args: [...words],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      known.map(({ name, short, value }) => [
        name,
        { type: value === undefined ? "boolean" : "string", ...(short === undefined ? undefined : { short }) },
      ]),
    ),
  });
  const positionals: string[] = [];
  const options = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const option = known.find(({ name }) => name === token.name);
    if (option === undefined) {
      const meant = didYouMean(
        token.name,
        known.map(({ name }) => name),
      ).replace(/mean /, "mean --");
      return fail(`There is no option ${token.rawName}.${meant}`);
    }
    const given = options.get(option.name) ?? [];
    if (given.length > 0 && !option.multiple) return fail(`The option ${token.rawName} is given twice.`);
    if (option.value === undefined && token.value !== undefined)
      return fail(`The option ${token.rawName} takes no value.`);
    if (option.value !== undefined && token.value === undefined) {
      return fail(`The option ${token.rawName} needs a value: ${token.rawName} ${option.value}.`);
    }
    options.set(option.name, [...given, token.value ?? ""]);
  }
  return ok({ positionals, options });
}

/** The single value of an option, where it was given. */
export function optionValue({ options }: Arguments, name: string): string | undefined {
  return options.get(name)?.at(-1);
}
