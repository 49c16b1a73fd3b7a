import { useEffect, useState } from "react";
import type { VariantInfo } from "../../shared/run/variant-info.ts";
import { useActions, useApp } from "../store/use-app.ts";

/** So many variants are asked about at once: main does other things in between. */
const BATCH = 12;
/** How long the flow has to stay as it is before main is asked, in ms. */
const SETTLE_MS = 200;

/** What is known about each variant of the flow shown; what is not known yet, or only as it was before, comes in by and by. */
export function useVariants(): ReadonlyMap<string, VariantInfo> {
  const { variants: ask } = useActions();
  const flow = useApp((state) => state.open?.flow);
  const handle = useApp((state) => state.open?.handle);
  const [known, setKnown] = useState<{ handle: string | undefined; infos: ReadonlyMap<string, VariantInfo> }>();
  useEffect(() => {
    if (flow === undefined) return;
    let wanted = true;
    const askAll = async () => {
      const ids = flow.variants.map(({ id }) => id);
      for (let at = 0; at < ids.length && wanted; at += BATCH) {
        const answer = await ask(ids.slice(at, at + BATCH));
        if (!wanted || !answer.ok) return;
        setKnown((before) => {
          const infos = new Map(before?.handle === handle ? before?.infos : undefined);
          for (const info of answer.value) infos.set(info.id, info);
          return { handle, infos };
        });
      }
    };
    const timer = setTimeout(() => void askAll(), SETTLE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [flow, handle, ask]);
  return known !== undefined && known.handle === handle ? known.infos : nothing;
}

const nothing: ReadonlyMap<string, VariantInfo> = new Map();
