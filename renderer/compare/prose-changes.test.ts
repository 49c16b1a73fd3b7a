import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareWords } from "./prose-changes.ts";

describe("B45 texts compared by word", () => {
  test("tells which words went and which came", () => {
    expect(compareWords("The client B1 accepts.", "The client B2 accepts.")).toEqual([
      { text: "The client ", in: "both" },
      { text: "B1", in: "a" },
      { text: "B2", in: "b" },
      { text: " accepts.", in: "both" },
    ]);
  });

  test("loses nothing of either text", () => {
    const word = fc.constantFrom("a", "b", "INVITE", " ", "\n", ".", "“x”");
    const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(""));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const pieces = compareWords(a, b);
        const of = (side: "a" | "b") =>
          pieces.flatMap((piece) => (piece.in === "both" || piece.in === side ? piece.text : [])).join("");
        expect([of("a"), of("b")]).toEqual([a, b]);
      }),
    );
  });
});
