import type { Piece } from "./prose-changes.ts";

/** Two texts in one: what only the first has is struck through, what only the second has is underlined. */
export function Words({ pieces }: { readonly pieces: readonly Piece[] }) {
  return pieces.map((piece, i) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place.
    if (piece.in === "both") return <span key={i}>{piece.text}</span>;
    const Tag = piece.in === "a" ? "del" : "ins";
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place.
      <Tag key={i} className="compare-word">
        <span className="visually-hidden">{piece.in === "a" ? "removed: " : "added: "}</span>
        {piece.text}
      </Tag>
    );
  });
}
