/** Finding flows in the library. Pure. */

/** What of a flow the search looks at. */
export interface Entry {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly clause?: string | undefined;
  readonly description?: string | undefined;
  /** Names of its participants. */
  readonly participants?: readonly string[] | undefined;
}

/** Flows of one family, in the order in which they came. */
export interface Family {
  readonly name: string;
  readonly entries: readonly Entry[];
}

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether every word of the query is in the flow's title, clause, family, description or a participant's name. */
export function matches(entry: Entry, query: string): boolean {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { title, clause = "", group, description = "", participants = [] } = entry;
  const text = plain([title, clause, group, description, ...participants].join("\n"));
  return words.every((word) => text.includes(word));
}

/** The families of the flows found, families and flows in the order in which they came. */
export function families(entries: readonly Entry[], query: string): readonly Family[] {
  const found = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (!matches(entry, query)) continue;
    const family = found.get(entry.group);
    if (family === undefined) found.set(entry.group, [entry]);
    else family.push(entry);
  }
  return [...found].map(([name, flows]) => ({ name, entries: flows }));
}

/** The participants' names that the query is found in and nothing else of the entry is: why it is in the list. */
export function foundParticipants(entry: Entry, query: string): readonly string[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const { participants = [], ...rest } = entry;
  if (words.length === 0 || matches(rest, query)) return [];
  return participants.filter((name) => words.some((word) => plain(name).includes(word)));
}

/** The folder of a path, for telling two files of one name apart; "" for a bare name. Either kind of separator. */
export function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, "") === path ? "" : path.replace(/[\\/][^\\/]*$/, "") || "/";
}
