import type { DocumentDifference } from "./comparison.ts";

/** What the elements of the lists of a document are called: one, and many. Those without a name are only counted. */
const lists: Readonly<Record<string, readonly [one: string, many: string]>> = {
  participants: ["participant", "participants"],
  users: ["user", "users"],
  policies: ["policy", "policies"],
  sessions: ["given session", "given sessions"],
  invitations: ["invitation", "invitations"],
  transfers: ["transfer", "transfers"],
  chats: ["chat message", "chat messages"],
  variants: ["variant", "variants"],
  prose: ["paragraph of its own", "paragraphs of their own"],
  notes: ["note", "notes"],
  arrows: ["arrow’s look", "arrows’ looks"],
  marks: ["mark", "marks"],
  boxes: ["box around participants", "boxes around participants"],
  definitions: ["definition", "definitions"],
  requirements: ["requirement", "requirements"],
};

/** What the other fields of a document are called. */
const fields: Readonly<Record<string, string>> = {
  title: "title",
  clause: "clause",
  figure: "caption",
  introduction: "introduction",
  source: "source",
  changeRequest: "change request",
  view: "view",
  options: "options",
  timers: "timers",
  rules: "rules that are switched off",
};

/** Longer texts are not said whole. */
const SHORT = 80;

/** Where two documents differ, in sentences, told from the first to the second. */
export function documentInWords(differences: readonly DocumentDifference[]): readonly string[] {
  const said: string[] = [];
  const groups = new Map<string, DocumentDifference[]>();
  for (const one of differences) {
    const list = one.at.split(" ", 1)[0] ?? "";
    if (lists[list] === undefined || one.at === list) said.push(fieldInWords(one));
    else if (groups.has(list)) groups.get(list)?.push(one);
    else groups.set(list, [one]);
  }
  return [...said, ...[...groups].flatMap(([list, of]) => listInWords(list, of))];
}

function fieldInWords({ at, a, b }: DocumentDifference): string {
  const ordered = /^order of (.*)$/.exec(at)?.[1];
  if (ordered !== undefined) return `The ${lists[ordered]?.[1] ?? ordered} stand in another order.`;
  const name = fields[at] ?? at;
  if (isShort(a) && isShort(b)) return `The ${name} is “${b}” instead of “${a}”.`;
  if (a === undefined) return `The ${name} is only in the second.`;
  if (b === undefined) return `The ${name} is only in the first.`;
  return `The ${name} ${name.endsWith("s") ? "differ" : "differs"}.`;
}

const isShort = (value: unknown): boolean => typeof value === "string" && value.length <= SHORT;

function listInWords(list: string, differences: readonly DocumentDifference[]): readonly string[] {
  const said: string[] = [];
  const gone = differences.filter(({ b }) => b === undefined);
  const come = differences.filter(({ a }) => a === undefined);
  if (gone.length > 0)
    said.push(
      `Only in the first: ${called(
        list,
        gone.map(({ a }) => a),
      )}.`,
    );
  if (come.length > 0)
    said.push(
      `Only in the second: ${called(
        list,
        come.map(({ b }) => b),
      )}.`,
    );
  const changed = differences.filter(({ a, b }) => a !== undefined && b !== undefined);
  const renamed = changed.filter(({ a, b }) => nameOf(a) !== nameOf(b));
  for (const { a, b } of renamed.slice(0, 4)) said.push(`“${nameOf(a)}” is now “${nameOf(b)}”.`);
  const others = [...changed.filter((one) => !renamed.includes(one)), ...renamed.slice(4)];
  if (others.length > 0) {
    const text = called(
      list,
      others.map(({ b }) => b),
    );
    said.push(`${others.length === 1 ? "One element differs" : "These differ"}: ${text}.`);
  }
  return said;
}

/** "the participants CPM Client B2 and B3", "2 notes". */
function called(list: string, elements: readonly unknown[]): string {
  const [one = list, many = list] = lists[list] ?? [];
  const names = elements.flatMap((element) => nameOf(element) ?? []);
  if (names.length < elements.length) return elements.length === 1 ? `a ${one}` : `${elements.length} ${many}`;
  const some = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const text = some.length === 1 ? some[0] : `${some.slice(0, -1).join(", ")} and ${some.at(-1)}`;
  return `the ${names.length === 1 ? one : many} ${text}`;
}

function nameOf(element: unknown): string | undefined {
  if (typeof element !== "object" || element === null) return undefined;
  const { name, title, term, id } = element as Readonly<Record<string, unknown>>;
  const found = name ?? title ?? term ?? id;
  return typeof found === "string" ? found : undefined;
}
