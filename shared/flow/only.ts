/** What is written about a flow may be about some of its variants only. */
export interface OfSome {
  /** Ids of the variants; all of them when absent. */
  readonly only?: readonly string[] | undefined;
}

/** Whether something that is written holds for a variant; for any, where none is named. */
export function holdsFor({ only }: OfSome, variant: string | undefined): boolean {
  return only === undefined || variant === undefined || only.includes(variant);
}
