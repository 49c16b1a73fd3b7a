import { CircleCheck, Signpost, TriangleAlert } from "lucide-react";
import type { VariantInfo } from "../../shared/run/variant-info.ts";
import { departsText, verdictText } from "./variant-words.ts";

/** What a variant is worth: whether it breaks requirements, and a mark where it departs from the rules. */
export function VariantVerdict({ info }: { readonly info: VariantInfo | undefined }) {
  const verdict = verdictText(info);
  const departs = departsText(info);
  const isBroken = (info?.broken ?? 0) > 0;
  const Icon = isBroken ? TriangleAlert : CircleCheck;
  return (
    <>
      {verdict !== "" && (
        <span
          className={isBroken ? "variant-fact variant-broken" : "variant-fact"}
          title={isBroken ? "Requirements of level SHALL or MUST" : "It breaks no requirement of level SHALL or MUST"}
        >
          <Icon size={12} aria-hidden="true" /> {verdict}
        </span>
      )}
      {departs !== "" && (
        <span className="variant-fact variant-departs">
          <Signpost size={12} aria-hidden="true" /> {departs}
        </span>
      )}
    </>
  );
}
