import { useMemo } from "react";
import type { Explored, Outcome, Violation } from "../../shared/run/exploration.ts";
import { sameVariant } from "../store/keep-variant.ts";
import { useApp } from "../store/use-app.ts";
import { variantFor } from "./found.ts";

/** The title of the variant that goes the way of a witness already. */
export function useKept({ variant }: Explored, { witness, summary }: Outcome | Violation): string | undefined {
  const flow = useApp((state) => state.open?.flow);
  return useMemo(() => {
    const id = flow === undefined ? undefined : sameVariant(flow, variantFor(flow, variant, witness, summary));
    return flow?.variants.find((each) => each.id === id)?.title;
  }, [flow, variant, witness, summary]);
}
