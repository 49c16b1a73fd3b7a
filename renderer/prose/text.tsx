import { stretches } from "./unbroken.ts";

/** A text in which names and numbers are not broken over two lines. */
export function Text({ children }: { readonly children: string }) {
  return stretches(children).map(({ text, keep }, at) =>
    keep ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is known by its place.
      <span key={at} className="prose-keep">
        {text}
      </span>
    ) : (
      text
    ),
  );
}
