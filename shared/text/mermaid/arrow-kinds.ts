import type { ArrowEnd } from "../../flow/drawn.ts";

/** Mermaid's arrows: how each is written, and what it looks like. */
export interface ArrowKind {
  readonly written: string;
  readonly line: "solid" | "dashed";
  readonly head: ArrowEnd;
  readonly tail: ArrowEnd;
}

const solid: readonly (readonly [written: string, head: ArrowEnd, tail: ArrowEnd])[] = [
  ["<<->>", "filled", "filled"],
  ["->>", "filled", "none"],
  ["->", "none", "none"],
  ["-x", "cross", "none"],
  ["-)", "open", "none"],
  ["-|\\", "halfTop", "none"],
  ["-|/", "halfBottom", "none"],
  ["-\\\\", "stickTop", "none"],
  ["-//", "stickBottom", "none"],
  ["/|-", "none", "halfTop"],
  ["\\|-", "none", "halfBottom"],
  ["//-", "none", "stickTop"],
  ["\\\\-", "none", "stickBottom"],
];

/** The longer ones first, so that none is taken for the beginning of another. */
export const arrowKinds: readonly ArrowKind[] = solid
  .flatMap(([written, head, tail]): ArrowKind[] => [
    { written, head, tail, line: "solid" },
    { written: written.replace("-", "--"), head, tail, line: "dashed" },
  ])
  .sort((a, b) => b.written.length - a.written.length);

/** The first arrow of a statement; undefined where it has none after its first character. */
export function arrowAt(
  text: string,
): { readonly at: number; readonly length: number; readonly kind: ArrowKind } | undefined {
  for (let at = 1; at < text.length; at++) {
    if (text[at] === ":") return undefined;
    const kind = arrowKinds.find(({ written }) => text.startsWith(written, at));
    if (kind !== undefined) return { at, length: kind.written.length, kind };
  }
  return undefined;
}
