import { describe, expect, it } from "vitest";
import { callflow } from "../../test/command-line.ts";

const flow = "cpm/group-invitation";

describe("B8 callflow diff", () => {
  it("says nothing but that two are the same", async () => {
    expect(await callflow("diff", flow, `${flow}#main`)).toEqual({
      code: 0,
      out: "The two are the same.\n",
      error: "",
    });
  });

  it("tells from which step another device answers, and whom that cancels", async () => {
    const { code, out } = await callflow("diff", flow, flow, "--variant-b", "b2-first");
    expect(code).toBe(1);
    expect(out).toContain("From step 13 the CPM Client B2 accepts instead of the CPM Client B1.");
    expect(out).toContain("18 – 19 now cancel the CPM Client B1 instead of the CPM Client B2.");
    expect(out).toContain("~ 13. CPM Client B2 → SIP/IP Core B: OK response (was 13.; from, prose)");
  });

  it("prints JSON of the documented shape", async () => {
    const { out } = await callflow("diff", flow, `${flow}#b1-declines`, "--json");
    const found = JSON.parse(out) as Record<string, unknown>;
    expect(found).toMatchObject({ verdict: "different", first: { a: { number: "13" }, b: { number: "13" } } });
    expect(found).toMatchObject({ onlyB: [{ from: "clientB2", number: "14" }], moved: [], document: [] });
  });

  it("refuses one file alone and a variant that is not there", async () => {
    expect(await callflow("diff", flow)).toMatchObject({ code: 2, out: "" });
    expect(await callflow("diff", flow, `${flow}#nobody`)).toMatchObject({ code: 2, out: "" });
  });
});
