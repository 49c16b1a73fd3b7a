import { readFile } from "node:fs/promises";
import { didYouMean } from "../../shared/flow/nearest.ts";
import { type Arguments, type OptionInfo, readArguments } from "./arguments.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

/** One file each; its module is loaded when the command is used. */
interface Command {
  readonly name: string;
  readonly usage: string;
  readonly says: string;
  /** It takes several files; the module finds them among the arguments. */
  readonly many?: boolean;
  /** What the file is, where it is not a flow. */
  readonly fileHelp?: string;
  readonly load: () => Promise<{
    readonly options: readonly OptionInfo[];
    readonly perform: (file: string, args: Arguments, terminal: Terminal) => Promise<ExitCode>;
  }>;
}

const commands: readonly Command[] = [
  {
    name: "run",
    usage: "run FILE [OPTION…]",
    says: "prints the steps of a flow, one numbered line each",
    load: async () => {
      const { options, run } = await import("./run.ts");
      return { options, perform: run };
    },
  },
  {
    name: "explore",
    usage: "explore FILE [--free LIST] [OPTION…]",
    says: "lists all that may come of a flow, each outcome with a script that leads to it",
    load: async () => {
      const { options, explore } = await import("./explore.ts");
      return { options, perform: explore };
    },
  },
  {
    name: "export",
    usage: "export FILE… --to FORMAT,… [-o OUT] [OPTION…]",
    says: "writes documents of a flow, or of every flow in a folder",
    many: true,
    load: async () => {
      const { options, exportFlow } = await import("./export.ts");
      return { options, perform: exportFlow };
    },
  },
  {
    name: "check",
    usage: "check FILE… [OPTION…]",
    says: "judges flows by their diagnostics and by every requirement",
    many: true,
    load: async () => {
      const { options, check } = await import("./check.ts");
      return { options, perform: check };
    },
  },
  {
    name: "diff",
    usage: "diff A B [OPTION…]",
    says: "compares two flows, or two variants as FILE#ID, by what caused each step",
    many: true,
    load: async () => {
      const { options, diff } = await import("./diff.ts");
      return { options, perform: diff };
    },
  },
  {
    name: "combine",
    usage: "combine FILE -o OUT.flow.json [OPTION…]",
    says: "makes one flow of variants, with a fragment where they part",
    load: async () => {
      const { options, combineVariants } = await import("./combine.ts");
      return { options, perform: combineVariants };
    },
  },
  {
    name: "import",
    usage: "import IN [--from FORMAT] -o OUT.flow.json [OPTION…]",
    says: "makes a flow of a step table",
    fileHelp: "IN is a table of tab-separated lines: n, kind (msg or media), from, to, label, note.",
    load: async () => {
      const { options, importFlow } = await import("./import.ts");
      return { options, perform: importFlow };
    },
  },
];

/** Performs what the words after the program's name say; never throws for anything a user may type. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    const text = await help();
    if (name !== undefined) terminal.out(text);
    else terminal.error(text);
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    terminal.out(`${await version(terminal.home)}\n`);
    return 0;
  }
  const command = commands.find((known) => known.name === name);
  if (command === undefined) {
    const known = commands.map((one) => one.name).join(", ");
    terminal.error(
      `There is no command “${name}”; the commands are ${known}. See callflow --help.${didYouMean(
        name,
        commands.map((one) => one.name),
      )}\n`,
    );
    return 2;
  }
  return perform(command, rest, terminal);
}

async function perform(command: Command, words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const loaded = await command.load();
  const help: OptionInfo = { name: "help", short: "h", says: "print this" };
  const args = readArguments(words, [...loaded.options, help]);
  if (!args.ok) {
    terminal.error(`${args.failure.message} See callflow ${command.name} --help.\n`);
    return 2;
  }
  if (args.value.options.has("help")) {
    terminal.out(commandHelp(command, [...loaded.options, help]));
    return 0;
  }
  const [file, ...others] = args.value.positionals;
  if (file === undefined || (others.length > 0 && command.many !== true)) {
    const said = file === undefined ? "Say which flow" : `“${others[0]}” is one file too many`;
    terminal.error(`${said}: callflow ${command.usage}\n`);
    return 2;
  }
  return loaded.perform(file, args.value, terminal);
}

function commandHelp({ usage, says, fileHelp = FILE_HELP }: Command, options: readonly OptionInfo[]): string {
  const left = options.map(({ name, short, value }) => {
    const flags = short === undefined ? `    --${name}` : `-${short}, --${name}`;
    return value === undefined ? flags : `${flags} ${value}`;
  });
  const width = Math.max(...left.map((text) => text.length));
  const lines = options.map((option, index) => `  ${(left[index] ?? "").padEnd(width)}  ${option.says}`);
  return `callflow ${usage}\n\n${says[0]?.toUpperCase()}${says.slice(1)}.\n${fileHelp}\n\nOptions\n${lines.join("\n")}\n`;
}

const FILE_HELP = "FILE is a path, the id of a bundled flow such as cpm/group-invitation, or - for standard input.";

async function help(): Promise<string> {
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  const lines = commands.map(({ usage, says }) => `  ${usage.padEnd(width)}  ${says}`);
  return `Callflow: call flows computed from a scenario and a script of choices.

Usage: callflow COMMAND …
${lines.join("\n")}
  ${"--help".padEnd(width)}  prints this; callflow COMMAND --help tells the options of a command
  ${"--version".padEnd(width)}  prints the version

${FILE_HELP}
Results go to standard output. Exit code 0: fine; 1: there are findings, or the run does not come to rest; 2: unusable input or arguments, nothing written.
`;
}

async function version(home: URL): Promise<string> {
  const info: unknown = JSON.parse(await readFile(new URL("package.json", home), "utf8"));
  return String((info as { readonly version?: unknown }).version);
}
