import type { Flow } from "../flow/flow.ts";

/** For each side, the name of a participant that both know; of one that is not there its id is that name. */
export type SideNames = readonly [ReadonlyMap<string, string>, ReadonlyMap<string, string>];

/**
 * The participants of two flows under one name: those of one id; those whose name occurs once on either side; those that
 * stand at one place of both lists with the same role. Everybody else gets a name that the other side does not have.
 */
export function commonNames(a: Flow, b: Flow): SideNames {
  const [listA, listB] = [a.scenario.participants, b.scenario.participants];
  const names: [Map<string, string>, Map<string, string>] = [new Map(), new Map()];
  const idsB = new Set(listB.map(({ id }) => id));
  const shared = new Set(listA.flatMap(({ id }) => (idsB.has(id) ? [id] : [])));
  const [ownA, ownB] = [listA, listB].map((list) => list.filter(({ id }) => !shared.has(id)));
  const [onceA, onceB] = [once(ownA ?? []), once(ownB ?? [])];
  for (const [name, id] of onceA) {
    const other = onceB.get(name);
    if (other === undefined) continue;
    names[0].set(id, `“${name}”`);
    names[1].set(other, `“${name}”`);
  }
  const places = [listA, listB].map((list, side) => {
    let before = "";
    let count = 0;
    const found = new Map<string, string>();
    for (const { id, role } of list) {
      const common = shared.has(id) ? id : names[side as 0 | 1].get(id);
      if (common !== undefined) [before, count] = [common, 0];
      else found.set(`${role} ${++count} after ${before}`, id);
    }
    return found;
  });
  for (const [place, id] of places[0] ?? []) {
    const other = places[1]?.get(place);
    names[0].set(id, other === undefined ? `a ${id}` : `(${place})`);
    if (other !== undefined) names[1].set(other, `(${place})`);
  }
  for (const { id } of ownB ?? []) if (!names[1].has(id)) names[1].set(id, `b ${id}`);
  return names;
}

/** Ids by the names that occur once. */
function once(list: readonly { readonly id: string; readonly name: string }[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const many = new Set<string>();
  for (const { id, name } of list) {
    if (found.has(name)) many.add(name);
    found.set(name, id);
  }
  for (const name of many) found.delete(name);
  return found;
}
