import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { asOne } from "../../shared/flow/passages.ts";
import { kindOf } from "../editor/drafts.ts";
import { stepsWith } from "../player/caption.ts";
import type { AppStore } from "../store/app-store.ts";
import { useFinding } from "./find-store.ts";
import { type Hit, hitsOf, isReplaceable, replacementOf } from "./search.ts";

/** The hits in what is shown now. */
export function currentHits(app: AppStore): readonly Hit[] {
  const { open, diagram } = app.getState();
  return open === undefined ? [] : hitsOf(open.flow, diagram, useFinding.getState());
}

/** Makes a hit the current one and goes to its step, if it has one. */
export function goToHit(app: AppStore, hits: readonly Hit[], at: number): void {
  useFinding.setState({ at });
  const place = hits[at]?.place;
  const { diagram, actions } = app.getState();
  if (place === undefined || diagram === undefined) return;
  if (place.kind === "label") actions.goToStep(place.step);
  else if (place.hop !== undefined) {
    const [step] = stepsWith(diagram, [place.hop]);
    if (step !== undefined) actions.goToStep(step);
  }
}

/** Goes to the next hit, or back; after the last comes the first. Without anything sought, the panel asks. */
export function findNext(app: AppStore, by: 1 | -1): void {
  const hits = currentHits(app);
  const { at, text } = useFinding.getState();
  if (text === "") app.getState().actions.showSidePanel("find", "find");
  if (hits.length === 0) return;
  const next = at < 0 && by < 0 ? hits.length - 1 : (at + by + hits.length) % hits.length;
  goToHit(app, hits, next);
}

/** Replaces some hits, what is written and the names of drawn messages, as one edit. */
export async function replaceHits(app: AppStore, hits: readonly Hit[]): Promise<void> {
  const { text, replacement } = useFinding.getState();
  const { open, actions, diagram } = app.getState();
  if (open === undefined) return;
  const { edits, labels } = replacementOf(open.flow, hits.filter(isReplaceable), replacement);
  const edit = asOne(edits);
  const label = `Replace “${text.slice(0, 60)}”`;
  const steps = new Map(stepsOf(diagram).flatMap((step) => step.hops.map((hop) => [hop, step] as const)));
  const changes = labels.map(({ hop, label }) => {
    const line = steps.get(hop)?.line;
    const kind = kindOf(label, line === "media" ? "media" : line === "dashed" ? "response" : "request");
    return { hop, message: { label, kind } };
  });
  if (changes.length > 0)
    await actions.gesture({ kind: "rename", changes }, { label, edit: edit ?? { kind: "group", edits: [] } });
  else if (edit !== undefined) await actions.edit(label, edit);
}
