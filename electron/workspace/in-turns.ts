/** Long work bit by bit: it yields where somebody else may have a turn. */
export type InTurns<T> = Generator<void, T, void>;

/** Does all of it in this turn. */
export function atOnce<T>(work: InTurns<T>): T {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
  }
}

/** Does each bit in a turn of its own, so that calls that come meanwhile are answered meanwhile. */
export async function byTurns<T>(work: InTurns<T>): Promise<T> {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
