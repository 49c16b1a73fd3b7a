import type { Item, Step } from "../../diagram/diagram.ts";

/** The lines that make Mermaid count as the diagram does, by the item before which they stand. */
export interface NumberLines {
  readonly before: ReadonlyMap<number, string>;
  /** A number that Mermaid cannot count to. */
  readonly remark?: string;
}

/** @param isArrow whether Mermaid counts the step. */
export function numberLines(items: readonly Item[], isArrow: (step: Step) => boolean): NumberLines {
  /** The next arrow from a place on; the number of items where there is none. */
  const arrowFrom = (start: number): number => {
    let at = start;
    for (let item = items[at]; item !== undefined && !(item.type === "step" && isArrow(item)); item = items[at]) at++;
    return at;
  };
  const before = new Map<number, string>();
  let shown = false;
  let count = 1;
  let by = 1;
  let remark: string | undefined;
  for (let at = arrowFrom(0); at < items.length; at = arrowFrom(at + 1)) {
    const number = numberOf(items[at] as Step);
    if (number === "off") {
      if (shown) before.set(at, "autonumber off");
      shown = false;
      continue;
    }
    if (number === "own") remark = "Numbers that are not whole, as 5.1, are left out: Mermaid counts by itself.";
    else if (!shown || number !== count) {
      const after = items[arrowFrom(at + 1)] as Step | undefined;
      const next = after === undefined ? "off" : numberOf(after);
      by = typeof next === "number" && next > number ? next - number : 1;
      count = number;
      before.set(at, by !== 1 ? `autonumber ${number} ${by}` : number !== 1 ? `autonumber ${number}` : "autonumber");
      shown = true;
    }
    count += by;
  }
  return { before, ...(remark !== undefined && { remark }) };
}

function numberOf({ number, unnumbered }: Step): number | "off" | "own" {
  if (unnumbered === true || number === "") return "off";
  return /^\d{1,7}$/.test(number) ? Number(number) : "own";
}
