/** Whether each word of the query stands in one of the texts, in any order and case. */
export function matches(query: string, ...texts: readonly string[]): boolean {
  const text = texts.join("\n").toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
