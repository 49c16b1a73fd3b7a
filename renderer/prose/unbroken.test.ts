import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stretches } from "./unbroken.ts";

const kept = (text: string) => stretches(text).flatMap((stretch) => (stretch.keep ? [stretch.text] : []));

describe("unbroken text", () => {
  it("W6 keeps names and numbers on one line", () => {
    expect(kept("Extending CPM 1-1 Session to a 1-N Session")).toEqual(["1-1", "1-N"]);
    expect(kept("The CPM Client B1 and CPM User B, in step 12 of RFC 3665 §3.1.")).toEqual([
      "Client B1",
      "User B",
      "step 12",
      "§3.1.",
    ]);
    expect(kept("A plain sentence about Nothing Big")).toEqual([]);
  });

  it("W6 changes no text", () => {
    const words = fc.constantFrom("CPM", "Client", "B1", "1-1", "§3.1", "step", "12", ",", " ", "é", "a-b");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((all) => all.join(" ")),
        ),
        (text) => {
          expect(
            stretches(text)
              .map((stretch) => stretch.text)
              .join(""),
          ).toBe(text);
        },
      ),
    );
  });
});
