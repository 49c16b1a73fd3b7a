/** A place in a handout, as the part of its address after `#` says it. */
export interface Place {
  readonly variant?: string;
  /** Index of a step; -1 before the first. */
  readonly step?: number;
}

/** Reads `#variant=b2-first&step=12`, steps counted from 1; what does not fit is left out. */
export function placeIn(hash: string, variants: readonly string[]): Place {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const variant = said.get("variant") ?? "";
  const step = Number(said.get("step") ?? Number.NaN);
  return {
    ...(variants.includes(variant) && { variant }),
    ...(Number.isInteger(step) && step >= 0 && { step: step - 1 }),
  };
}

/** The part of the address after `#` that leads to a place. */
export function addressOf({ variant, step }: Required<Place>): string {
  return `#${new URLSearchParams({ variant, step: String(step + 1) })}`;
}
