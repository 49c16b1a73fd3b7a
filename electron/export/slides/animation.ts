import type { Placed } from "./sheet.ts";

/**
 * What clicks do on an animated slide (ECMA-376 part 1, clause 19.5): each shows one more step, its line drawn from where
 * the message comes from, its words fading in. `clicks` are the shapes of each click.
 */
export function timingXml(clicks: readonly (readonly Placed[])[]): string {
  let last = 2;
  const nextId = () => ++last;
  const steps = clicks.filter((shapes) => shapes.length > 0).map((shapes) => clickXml(shapes, nextId));
  if (steps.length === 0) return "";
  const builds = clicks
    .flat()
    .filter(({ builds }) => builds)
    .map(({ id }) => `<p:bldP spid="${id}" grpId="0" animBg="1"/>`)
    .join("");
  const at = (event: string) => `<p:cond evt="${event}" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>`;
  return `<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst><p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>${steps.join("")}</p:childTnLst></p:cTn><p:prevCondLst>${at("onPrev")}</p:prevCondLst><p:nextCondLst>${at("onNext")}</p:nextCondLst></p:seq></p:childTnLst></p:cTn></p:par></p:tnLst>${builds === "" ? "" : `<p:bldLst>${builds}</p:bldLst>`}</p:timing>`;
}

function clickXml(shapes: readonly Placed[], nextId: () => number): string {
  const outer = nextId();
  const inner = nextId();
  const effects = shapes.map((shape, i) => effectXml(shape, i === 0 ? "clickEffect" : "withEffect", nextId)).join("");
  return `<p:par><p:cTn id="${outer}" fill="hold"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst><p:childTnLst><p:par><p:cTn id="${inner}" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>${effects}</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par>`;
}

/** PowerPoint's own numbers for its effects, and for the side from which one comes. */
const WIPE = 22;
const FADE = 10;
const SIDES = { left: 8, right: 2, up: 1 } as const;
const MILLISECONDS = 500;

function effectXml({ id, wipe, builds }: Placed, node: string, nextId: () => number): string {
  const target = `<p:tgtEl><p:spTgt spid="${id}"/></p:tgtEl>`;
  const [preset, side, filter] = wipe === undefined ? [FADE, 0, "fade"] : [WIPE, SIDES[wipe], `wipe(${wipe})`];
  const group = builds ? ' grpId="0"' : "";
  const [effect, set, change] = [nextId(), nextId(), nextId()];
  return `<p:par><p:cTn id="${effect}" presetID="${preset}" presetClass="entr" presetSubtype="${side}" fill="hold"${group} nodeType="${node}"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst><p:set><p:cBhvr><p:cTn id="${set}" dur="1" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst></p:cTn>${target}<p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr><p:to><p:strVal val="visible"/></p:to></p:set><p:animEffect transition="in" filter="${filter}"><p:cBhvr><p:cTn id="${change}" dur="${MILLISECONDS}"/>${target}</p:cBhvr></p:animEffect></p:childTnLst></p:cTn></p:par>`;
}
