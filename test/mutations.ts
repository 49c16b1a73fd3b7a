/** One row of a step table, in ids of participants. */
export interface Row {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly media?: boolean;
}

/** A flow with one thing done to it, and the participants it was done between. */
export interface Mutation {
  readonly kind: "drop" | "double" | "swap" | "misdirect" | "reverse";
  readonly rows: readonly Row[];
  readonly row: Row;
  readonly touched: ReadonlySet<string>;
}

/** Every message in turn dropped, doubled, swapped with the next, sent to somebody else, and turned round. */
export function* mutationsOf(rows: readonly Row[]): Generator<Mutation> {
  const ids = [...new Set(rows.flatMap((r) => [r.from, r.to]))];
  for (const [i, row] of rows.entries()) {
    if (row.media) continue;
    const ends = [row.from, row.to];
    const of = (kind: Mutation["kind"], changed: readonly Row[], ...more: string[]): Mutation => ({
      kind,
      rows: changed,
      row,
      touched: new Set([...ends, ...more]),
    });
    yield of("drop", rows.toSpliced(i, 1));
    yield of("double", rows.toSpliced(i, 0, row));
    const next = rows[i + 1];
    if (next !== undefined && !next.media && ends.some((id) => id === next.from || id === next.to))
      yield of("swap", rows.toSpliced(i, 2, next, row), next.from, next.to);
    const other = ids.find((id) => !ends.includes(id));
    if (other !== undefined) yield of("misdirect", rows.toSpliced(i, 1, { ...row, to: other }), other);
    yield of("reverse", rows.toSpliced(i, 1, { ...row, from: row.to, to: row.from }));
  }
}
