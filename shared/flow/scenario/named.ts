import type { Choice, HopName, ParticipantId } from "../../run/choice.ts";
import type { Mark } from "../drawn.ts";
import type { Edit, ListName } from "../edit.ts";
import { type Flow, roles, type Scenario, type Variant } from "../flow.ts";
import type { Refers } from "../refers.ts";

/**
 * Everything of a document that names a participant, given other names or none. A participant that is taken out of the
 * list stays named; these are the ways to put that right.
 */

type SingleEdit = Exclude<Edit, { kind: "group" }>;

/** What is to be called instead of an id; undefined: what names it goes. Ids that are not meant stay as they are. */
type Instead = (id: ParticipantId) => ParticipantId | undefined;

/** The edit that lets `other` stand wherever `id` is named; undefined where nothing names it. */
export function replaceParticipant(flow: Flow, id: ParticipantId, other: ParticipantId): Edit | undefined {
  return asEdit(revised(flow, (named) => (named === id ? other : named)));
}

/** The edit that takes out all that cannot be without `id`, and its name from the rest; undefined where nothing names it. */
export function removeReferences(flow: Flow, id: ParticipantId): Edit | undefined {
  return asEdit(revised(flow, (named) => (named === id ? undefined : named)));
}

/** How many things of the document name a participant; its place among the participants is none of them. */
export function referencesTo(flow: Flow, id: ParticipantId): number {
  return revised(flow, (named) => (named === id ? undefined : named)).filter(({ kind }) => kind !== "list").length;
}

const asEdit = (edits: readonly SingleEdit[]): Edit | undefined =>
  edits.length === 0 ? undefined : { kind: "group", edits };

function revised(flow: Flow, instead: Instead): SingleEdit[] {
  const gone = new Set<string>();
  return [
    ...scenarioEdits(flow.scenario, instead, gone),
    ...scriptEdits(flow.variants, instead, gone),
    ...wordEdits(flow, instead),
  ];
}

/** The edits of a list whose elements become something else, or nothing. */
function listEdits<T>(list: ListName, elements: readonly T[] | undefined, revise: (element: T) => T | undefined) {
  const edits: SingleEdit[] = [];
  let left = elements?.length ?? 0;
  // From the end, so that the positions before stay what they are.
  for (let index = left - 1; index >= 0; index--) {
    const before = elements?.[index] as T;
    const element = revise(before);
    if (element === undefined) {
      edits.push({ kind: "remove", list, index } as SingleEdit);
      left -= 1;
    } else if (element !== before) edits.push({ kind: "replace", list, index, element } as SingleEdit);
  }
  if (left === 0 && edits.length > 0) edits.push({ kind: "list", list, present: false } as SingleEdit);
  return edits;
}

/** Several ids under their new names, each once; the same list where nothing changes. */
function ids(list: readonly ParticipantId[], instead: Instead): ParticipantId[] {
  const next = list.flatMap((id) => instead(id) ?? []);
  return next.length === list.length && next.every((id, i) => id === list[i])
    ? (list as ParticipantId[])
    : [...new Set(next)];
}

/** A thing with some of its fields changed; the same thing where nothing is new, nothing where one of them has to go. */
function withFields<T extends object>(thing: T, fields: Partial<T>, needed: readonly (keyof T)[]): T | undefined {
  if (needed.some((key) => thing[key] !== undefined && fields[key] === undefined)) return undefined;
  const next = { ...thing, ...fields };
  for (const key of Object.keys(fields) as (keyof T)[]) if (next[key] === undefined) delete next[key];
  return (Object.keys(fields) as (keyof T)[]).every((key) => next[key] === thing[key]) ? thing : next;
}

/** @param gone takes in the ids of sessions, invitations, transfers and chats that go. */
function scenarioEdits(scenario: Scenario, instead: Instead, gone: Set<string>): SingleEdit[] {
  const { users, policies, sessions, invitations, transfers, chats, options } = scenario;
  /** Notes what goes with it. */
  const noting = <T extends { readonly id: string }>(revise: (element: T) => T | undefined) => {
    return (element: T) => {
      const next = revise(element);
      if (next === undefined) gone.add(element.id);
      return next;
    };
  };
  const session = (id: string) => (gone.has(id) ? undefined : id);
  const end = (id: ParticipantId) => instead(id) as ParticipantId;
  // A list of clients that becomes empty would say the opposite of what it said.
  const chosen = <T extends { clients: string[] }>(one: T): T | undefined => {
    const clients = ids(one.clients, instead);
    return clients.length === 0 && one.clients.length > 0
      ? undefined
      : clients === one.clients
        ? one
        : { ...one, clients };
  };
  const chatEdits = (): SingleEdit[] => {
    const before = gone.size;
    const edits = listEdits(
      "chats",
      chats,
      noting((one) =>
        withFields(one, { session: session(one.session) as string, from: end(one.from) }, ["session", "from"]),
      ),
    );
    // A chat may be about another one.
    return gone.size === before ? edits : chatEdits();
  };
  const edits = [
    ...listEdits("users", users, (user) => {
      const preferences = user.preferences?.flatMap((preference) => chosen(preference) ?? []);
      const same = preferences?.every((one, i) => one === user.preferences?.[i]) ?? true;
      if (same && preferences?.length === user.preferences?.length) return user;
      const { preferences: _, ...rest } = user;
      return preferences?.length === 0 ? rest : { ...user, preferences: preferences ?? [] };
    }),
    ...listEdits("policies", policies, chosen),
    ...listEdits(
      "sessions",
      sessions,
      noting((one) => withFields(one, { from: end(one.from), to: end(one.to) }, ["from", "to"])),
    ),
    ...listEdits(
      "invitations",
      invitations,
      noting((one) => {
        const to = one.to.map((invitee) => withFields(invitee, { replaces: goneWith(invitee.replaces, session) }, []));
        const same = to.every((invitee, i) => invitee === one.to[i]);
        const focus = one.focus === undefined ? undefined : end(one.focus);
        return withFields(one, { from: end(one.from), focus, to: same ? one.to : (to as typeof one.to) }, [
          "from",
          "focus",
        ]);
      }),
    ),
    ...listEdits(
      "transfers",
      transfers,
      noting((one) =>
        withFields(one, { session: session(one.session) as string, from: end(one.from), to: end(one.to) }, [
          "session",
          "from",
          "to",
        ]),
      ),
    ),
    ...chatEdits(),
  ];
  const challenge = options?.challenge === undefined ? undefined : ids(options.challenge, instead);
  if (options === undefined || challenge === options.challenge) return edits;
  const { challenge: _, ...others } = options;
  const value = challenge?.length === 0 ? others : { ...options, challenge };
  return [...edits, { kind: "set", field: "options", ...(Object.keys(value).length > 0 && { value }) } as SingleEdit];
}

const goneWith = (id: string | undefined, session: (id: string) => string | undefined) =>
  id === undefined ? undefined : session(id);

/** A hop between others; undefined where one of its ends goes. */
function hop(name: HopName, instead: Instead): HopName | undefined {
  const arrow = name.indexOf(">");
  const space = name.indexOf(" ", arrow);
  if (arrow < 1 || space < arrow + 2) return name;
  const from = instead(name.slice(0, arrow));
  const to = instead(name.slice(arrow + 1, space));
  return from === undefined || to === undefined ? undefined : `${from}>${to}${name.slice(space)}`;
}

const hopOr = (name: HopName | undefined, instead: Instead) => (name === undefined ? undefined : hop(name, instead));

function choice(one: Choice, instead: Instead, gone: ReadonlySet<string>): Choice | undefined {
  switch (one.kind) {
    case "stimulate":
      if (one.what !== undefined && gone.has(one.what)) return undefined;
      return withFields(one, { participant: instead(one.participant) as string }, ["participant"]);
    case "expire": {
      // A timer is named by its own name and the hop that it guards.
      const [timer = "", ...guarded] = one.timer.split(" ");
      const guards = guarded.length === 0 ? undefined : hop(guarded.join(" "), instead);
      if (guarded.length > 0 && guards === undefined) return undefined;
      const renamed = guards === undefined ? timer : `${timer} ${guards}`;
      return withFields(one, { participant: instead(one.participant) as string, timer: renamed }, ["participant"]);
    }
    case "inject":
      return withFields(one, { from: instead(one.from) as string, to: instead(one.to) as string }, ["from", "to"]);
    default: {
      const name = hop(one.hop, instead);
      return name === undefined ? undefined : name === one.hop ? one : { ...one, hop: name };
    }
  }
}

/** Scripts without the choices that go; variants leave their parents at the same choice as before. */
function scriptEdits(variants: readonly Variant[], instead: Instead, gone: ReadonlySet<string>): SingleEdit[] {
  const byId = new Map(variants.map((variant) => [variant.id, variant]));
  const scripts = new Map(
    variants.map((variant) => [variant, variant.script.map((one) => choice(one, instead, gone))] as const),
  );
  /** How many of the first `count` choices of a variant's whole script go. */
  const lost = (variant: Variant | undefined, count: number, depth = 0): number => {
    // Variants that descend from themselves, in a wrong document, end the search.
    if (variant === undefined || depth > variants.length) return 0;
    const keep = variant.branch?.keep ?? 0;
    const own = scripts.get(variant)?.slice(0, Math.max(0, count - keep)) ?? [];
    const before =
      variant.branch === undefined ? 0 : lost(byId.get(variant.branch.from), Math.min(count, keep), depth + 1);
    return before + own.filter((one) => one === undefined).length;
  };
  return listEdits("variants", variants, (variant) => {
    const next = scripts.get(variant) ?? [];
    const script = next.every((one, i) => one === variant.script[i])
      ? variant.script
      : next.flatMap((one) => one ?? []);
    const { branch } = variant;
    const less = branch === undefined ? 0 : lost(byId.get(branch.from), branch.keep);
    if (script === variant.script && less === 0) return variant;
    const kept = branch === undefined ? undefined : { branch: { ...branch, keep: branch.keep - less } };
    return { ...variant, ...kept, script };
  });
}

/** What people wrote and drew. */
function wordEdits(flow: Flow, instead: Instead): SingleEdit[] {
  const { prose, notes, requirements, arrows, marks, boxes, view } = flow;
  const kept = keptMarks(marks ?? [], instead);
  const edits = [
    ...listEdits("prose", prose, (one) =>
      withFields(one, { at: hop(one.at, instead) as string, to: hopOr(one.to, instead) }, ["at"]),
    ),
    ...listEdits("notes", notes, (one) => {
      if (one.under !== undefined && kept.gone.has(one.under)) return undefined;
      const over = one.over === undefined ? undefined : ids(one.over, instead);
      return withFields(one, { at: hopOr(one.at, instead), over: over?.length === 0 ? undefined : over }, [
        "at",
        "over",
      ]);
    }),
    ...listEdits("requirements", requirements, (one) => {
      if (one.steps === undefined) return one;
      const steps = one.steps.flatMap((name) => hop(name, instead) ?? []);
      const same = steps.length === one.steps.length && steps.every((name, i) => name === one.steps?.[i]);
      return withFields(one, { steps: same ? one.steps : steps.length === 0 ? undefined : [...new Set(steps)] }, []);
    }),
    ...listEdits("arrows", arrows, (one) => withFields(one, { at: hop(one.at, instead) as string }, ["at"])),
    ...listEdits("marks", marks, (one) => kept.marks.get(one)),
    ...listEdits("boxes", boxes, (one) => {
      const participants = ids(one.participants, instead);
      if (participants === one.participants) return one;
      return participants.length === 0 ? undefined : { ...one, participants };
    }),
  ];
  const hide = view?.hide === undefined ? undefined : ids(view.hide, instead);
  if (view === undefined || hide === view.hide) return edits;
  const { hide: _, ...others } = view;
  return [
    ...edits,
    { kind: "set", field: "view", value: hide?.length === 0 ? others : { ...view, hide } } as SingleEdit,
  ];
}

/**
 * What becomes of the marks. Frames stay whole: the parts of one that stand at a hop which goes move up to the mark before
 * them. Whatever else stands there goes.
 * @returns the marks as they become, by what they were, and the ids of those that go.
 */
function keptMarks(marks: readonly Mark[], instead: Instead) {
  const next = new Map<Mark, Mark | undefined>();
  const gone = new Set<string>();
  let last: HopName | undefined;
  for (const mark of marks) {
    const isFrame =
      mark.kind === "fragment" || mark.kind === "else" || mark.kind === "end" || mark.kind === "numbering";
    const named = hopOr(mark.at, instead);
    const at = named === undefined && mark.at !== undefined && isFrame ? last : named;
    let one: Mark | undefined = withFields<Mark>(mark, { at }, isFrame ? [] : ["at"]);
    if (one !== undefined && "on" in one) one = withFields(one, { on: instead(one.on) as string }, ["on"]);
    if (one?.kind === "fragment" && one.over !== undefined) {
      const over = ids(one.over, instead);
      one = withFields(one, { over: over.length === 0 ? undefined : over }, []);
    }
    if (one?.kind === "fragment" && one.refers !== undefined)
      one = withFields(one, { refers: referring(one.refers, instead) }, []);
    next.set(mark, one);
    if (one === undefined && mark.id !== undefined) gone.add(mark.id);
    else last = at ?? last;
  }
  return { marks: next, gone };
}

/** A reference with those of its participants that are left; the same one where nothing changes. */
function referring(refers: Refers, instead: Instead): Refers {
  const { participants, ...rest } = refers;
  const next = participants?.flatMap(({ there, here }) => {
    const now = instead(here);
    return now === undefined ? [] : [{ there, here: now }];
  });
  const same =
    next?.length === participants?.length && (next?.every(({ here }, i) => here === participants?.[i]?.here) ?? true);
  if (same) return refers;
  return next === undefined || next.length === 0 ? rest : { ...rest, participants: next };
}

/** The ids that the document names as participants and that are none. */
export function missingParticipants(flow: Flow): readonly ParticipantId[] {
  const known = new Set<string>([...flow.scenario.participants.map(({ id }) => id), ...roles]);
  const missing = new Set<ParticipantId>();
  revised(flow, (id) => {
    if (!known.has(id)) missing.add(id);
    return id;
  });
  return [...missing];
}
