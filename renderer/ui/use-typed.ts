import { type KeyboardEvent, useEffect, useRef, useState } from "react";

/**
 * What is being typed in a field, taken over when it is complete: by Enter, by leaving the field, or when the field goes
 * away. Escape puts back what was there.
 * @param take gets what was typed, if anything was; what it does not want it leaves alone.
 */
export function useTyped(value: string, take: (typed: string) => void) {
  const [typed, setTyped] = useState<string>();
  const latest = useRef({ typed, take });
  latest.current = { typed, take };
  const finish = () => {
    const { typed: last, take: taker } = latest.current;
    if (last === undefined) return;
    latest.current = { typed: undefined, take: taker };
    setTyped(undefined);
    taker(last);
  };
  const ending = useRef(finish);
  ending.current = finish;
  useEffect(() => () => ending.current(), []);
  return {
    value: typed ?? value,
    onChange: (event: { readonly target: { readonly value: string } }) => setTyped(event.target.value),
    onBlur: finish,
    onKeyDown: (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      if (event.key === "Enter" && !(event.target instanceof HTMLTextAreaElement)) finish();
      if (event.key !== "Escape" || typed === undefined) return;
      event.stopPropagation();
      setTyped(undefined);
    },
  };
}
