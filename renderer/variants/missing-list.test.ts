import { expect, test } from "vitest";
import type { MissingBranch } from "../../shared/run/missing-branch.ts";
import { missingVariant } from "./missing-list.tsx";

test("B84 the variant of a missing branch leaves the main one, and says by which rule and clause", () => {
  const branch: MissingBranch = {
    side: "refuse pfT transfer 403",
    choice: { kind: "stimulate", participant: "pfT", stimulus: "refuse" },
    says: "the operator refuses (403)",
    leads: "transfer refused with 403",
    rule: { id: "TS-DENIED", title: "Not allowed", clause: "5.2.5.1.1", at: "pfT", guards: [] },
    script: [
      { kind: "stimulate", participant: "clientT", stimulus: "transfer" },
      { kind: "stimulate", participant: "pfT", stimulus: "refuse" },
    ],
    keep: 1,
  };
  expect(missingVariant(branch, "main")).toEqual({
    title: "The operator refuses (403)",
    description: "Transfer refused with 403. By TS-DENIED, Not allowed (5.2.5.1.1).",
    branch: { from: "main", keep: 1 },
    script: [{ kind: "stimulate", participant: "pfT", stimulus: "refuse" }],
  });
});
