import { CircleSlash2 } from "lucide-react";
import { useMemo, useState } from "react";
import type { Point, Scene } from "../../shared/diagram/scene.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { stepBefore } from "../../shared/run/departures.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { MenuAction, MenuAt } from "../ui/menu.tsx";
import { openWithheld, withheldEntries } from "./departure-entries.ts";
import { gapBelow } from "./hit.ts";

/** So far apart are two marks at one place, in px of the screen. */
const APART = 22;

/**
 * A mark for each message that the rules send and the author took out, where it would stand. Pressed, it can be accepted or
 * put back. By keyboard the same is in the menu of the step above and in *Why*.
 */
export function Withheld(props: {
  readonly scene: Scene;
  readonly place: (at: Point) => { readonly left: number; readonly top: number };
}) {
  const { scene, place } = props;
  const run = useApp((state) => state.run);
  const diagram = useApp((state) => state.diagram);
  const actions = useActions();
  const [open, setOpen] = useState<{ readonly hop: string; readonly x: number; readonly y: number }>();
  const found = useMemo(() => openWithheld({ run }), [run]);
  if (found.length === 0) return null;
  const used = new Map<string, number>();
  const nameOf = (id: string) => diagram?.lifelines.find((lifeline) => lifeline.id === id)?.name ?? id;
  const chosen = found.find(({ hop }) => hop.name === open?.hop);
  return (
    <>
      {found.map(({ hop, turn }) => {
        const xs = scene.heads.filter(({ id }) => id === hop.from || id === hop.to).map(({ x }) => x);
        const above = stepBefore(stepsOf(diagram), turn);
        const x = xs.length === 0 ? scene.width / 2 : xs.reduce((a, b) => a + b) / xs.length;
        const key = `${above} ${x}`;
        const nth = used.get(key) ?? 0;
        used.set(key, nth + 1);
        const { left, top } = place({ x, y: gapBelow(scene, above) });
        const says = `Taken out: “${hop.message.name}” from ${nameOf(hop.from)} to ${nameOf(hop.to)}`;
        return (
          <button
            key={hop.name}
            type="button"
            className="editor-withheld"
            tabIndex={-1}
            title={says}
            aria-label={says}
            style={{ left: left + nth * APART, top }}
            onPointerDown={(event) => event.stopPropagation()}
            onClick={(event) => {
              event.stopPropagation();
              setOpen({ hop: hop.name, x: event.clientX, y: event.clientY });
              actions.goToStep(above);
            }}
          >
            <CircleSlash2 size={14} aria-hidden="true" />
          </button>
        );
      })}
      {open !== undefined && chosen !== undefined && (
        <MenuAt x={open.x} y={open.y} onClose={() => setOpen(undefined)}>
          {withheldEntries(chosen, actions).map(({ text, off, act }) => (
            <MenuAction key={text} disabled={off} onSelect={act}>
              {text}
            </MenuAction>
          ))}
          <MenuAction onSelect={() => actions.setPanels({ side: true, tab: "why" })}>Why</MenuAction>
        </MenuAt>
      )}
    </>
  );
}
