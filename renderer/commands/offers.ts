import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { commandsWith, titleOf } from "../../shared/keys.ts";
import { captionOf } from "../player/caption.ts";
import type { AppState } from "../store/state.ts";
import { matches } from "../ui/matches.ts";

/** What the palette offers. Pure. */
export interface Offer {
  readonly id: string;
  readonly group: "Commands" | "Steps" | "Variants" | "Flows";
  readonly title: string;
  /** What tells it from others with its title. */
  readonly about?: string;
  readonly keys?: string;
  readonly act:
    | { readonly command: string }
    | { readonly step: number }
    | { readonly variant: string }
    | { readonly flow: string };
}

type Known = Pick<AppState, "keys" | "scene" | "diagram" | "open" | "variant" | "library">;

/** How many of a kind are shown. */
const MOST = 30;

/** What fits what was typed, those first whose title starts with it. Without anything typed, the commands. */
export function offersFor(state: Known, query: string): readonly Offer[] {
  const typed = query.trim();
  const kinds = [stepOffers(state, typed), commandOffers(state), variantOffers(state), flowOffers(state)];
  const wanted = typed.toLowerCase();
  const rank = ({ title }: Offer) => (title.toLowerCase().startsWith(wanted) ? 0 : 1);
  return kinds.flatMap((offers, kind) =>
    (kind === 0 ? offers : offers.filter(({ title, about = "" }) => matches(typed, title, about)))
      .toSorted((a, b) => rank(a) - rank(b))
      .slice(0, kind === 1 && typed === "" ? undefined : typed === "" ? 0 : MOST),
  );
}

function commandOffers({ keys, scene }: Known): readonly Offer[] {
  return commandsWith(keys)
    .filter((command) => command.id !== "help.palette" && (scene !== undefined || command.needsFlow !== true))
    .map((command) => ({
      id: command.id,
      group: "Commands",
      title: titleOf(command),
      about: command.menu,
      ...(command.keys[0] !== undefined && { keys: command.keys[0] }),
      act: { command: command.id },
    }));
}

/** The steps of a number, else those whose arrow is named so; looked through only as far as they are shown. */
function stepOffers({ diagram }: Known, typed: string): readonly Offer[] {
  if (diagram === undefined || typed === "") return [];
  const number = /^(?:(?:go to )?step )?(\d+(?:\.\d+)*[a-z]{0,2})$/i.exec(typed)?.[1];
  const found: Offer[] = [];
  for (const step of stepsOf(diagram)) {
    const printed = step.number || `(${step.index + 1})`;
    if (number === undefined ? !matches(typed, step.label, `step ${printed}`) : step.number !== number) continue;
    const caption = captionOf(diagram, step.index);
    const about = [caption?.from, caption?.to].filter(Boolean).join(" → ");
    const title = `Go to step ${printed}: ${step.label}`;
    found.push({ id: `step ${step.index}`, group: "Steps", title, about, act: { step: step.index } });
    if (found.length >= MOST) break;
  }
  return found;
}

function variantOffers({ open, variant }: Known): readonly Offer[] {
  return (open?.flow.variants ?? [])
    .filter(({ id }) => id !== variant)
    .map(({ id, title }) => ({
      id: `variant ${id}`,
      group: "Variants",
      title: `Variant: ${title}`,
      act: { variant: id },
    }));
}

function flowOffers({ library }: Known): readonly Offer[] {
  return library.map(({ id, title, clause }) => ({
    id: `flow ${id}`,
    group: "Flows",
    title: `Open ${title}`,
    ...(clause !== undefined && { about: clause }),
    act: { flow: id },
  }));
}
