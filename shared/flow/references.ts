import type { Choice, HopName } from "../run/choice.ts";
import { checkBranches } from "../run/tree.ts";
import { type Flow, type Participant, type Role, roles } from "./flow.ts";
import { nearest } from "./nearest.ts";
import type { OfSome } from "./only.ts";
import { type Path, place, pointer } from "./place.ts";
import { isFile, wrongPath } from "./refers.ts";
import type { Diagnostic, Severity } from "./result.ts";

/**
 * Everything in a document that names something which the document does not have, and every id that two things share.
 * It reads the document alone: whether a hop that is named ever happens is for whoever has the run. Linear in the size
 * of the document.
 */
export function checkReferences(flow: Flow): Diagnostic[] {
  const check: Check = { names: namesOf(flow), found: [] };
  checkRepeatedIds(flow, check);
  checkScenario(flow, check);
  flow.variants.forEach((variant, v) => {
    variant.script.forEach((choice, c) => {
      checkChoice(choice, v, c, check);
    });
  });
  checkWords(flow, check);
  checkDrawn(flow, check);
  checkOnly(flow, check);
  return [...check.found, ...checkBranches(flow)];
}

interface Names {
  readonly participants: ReadonlyMap<string, Participant>;
  readonly users: ReadonlySet<string>;
  readonly domains: ReadonlySet<string>;
  /** Given sessions and those that invitations set up. */
  readonly sessions: ReadonlySet<string>;
  /** What a stimulus may be about. */
  readonly subjects: ReadonlySet<string>;
}

interface Check {
  readonly names: Names;
  readonly found: Diagnostic[];
}

function namesOf({ scenario }: Flow): Names {
  const ids = (list: readonly { readonly id: string }[] | undefined) => (list ?? []).map((element) => element.id);
  const sessions = ids(scenario.sessions);
  return {
    participants: new Map(scenario.participants.map((participant) => [participant.id, participant])),
    users: new Set(ids(scenario.users)),
    domains: new Set([...scenario.participants, ...(scenario.users ?? [])].flatMap(({ domain }) => domain ?? [])),
    sessions: new Set([...sessions, ...ids(scenario.invitations)]),
    subjects: new Set([...sessions, ...ids(scenario.invitations), ...ids(scenario.transfers), ...ids(scenario.chats)]),
  };
}

function report(check: Check, severity: Severity, code: string, path: Path, says: string): void {
  check.found.push({ severity, code, message: `${place(path)} ${says}.`, at: pointer(path) });
}

/** Which of those that there are is likely to be meant. */
function like(id: string, known: Iterable<string>): string {
  const found = nearest(id, known);
  return found === undefined ? "" : `; “${found}” is one`;
}

/** The participant named at `path` exists, and has one of `wanted` where that matters. */
function participant(check: Check, id: string, path: Path, wanted?: readonly Role[]): void {
  const found = check.names.participants.get(id);
  if (found === undefined) {
    report(
      check,
      "error",
      "unknown-participant",
      path,
      `names “${id}”, which is not a participant${like(id, check.names.participants.keys())}`,
    );
  } else if (wanted !== undefined && !wanted.includes(found.role)) {
    const roleNames = wanted.map((role) => ROLE_NAMES[role]).join(" or ");
    report(check, "error", "wrong-role", path, `names “${id}”, which is not a ${roleNames}`);
  }
}

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  client: "client",
  core: "SIP/IP core",
  participatingFunction: "participating function",
  controllingFunction: "controlling function",
  other: "participant without a role",
};

function user(check: Check, id: string, path: Path): void {
  if (check.names.users.has(id)) return;
  report(check, "error", "unknown-user", path, `names “${id}”, which is not a user${like(id, check.names.users)}`);
}

function session(check: Check, id: string, path: Path): void {
  if (check.names.sessions.has(id)) return;
  report(
    check,
    "error",
    "unknown-session",
    path,
    `names “${id}”, which is neither a given session nor an invitation${like(id, check.names.sessions)}`,
  );
}

function domain(check: Check, id: string, path: Path): void {
  if (check.names.domains.has(id)) return;
  report(check, "error", "unknown-domain", path, `names the domain “${id}”, to which nobody belongs`);
}

/** Calls `visit` for each element of a list that may be absent, with the element's path. */
function each<T>(list: readonly T[] | undefined, path: Path, visit: (element: T, path: Path) => void): void {
  for (const [index, element] of (list ?? []).entries()) visit(element, [...path, index]);
}

function checkRepeatedIds({ scenario, variants, requirements, marks, boxes }: Flow, check: Check): void {
  const { participants, users, sessions, invitations, transfers, chats } = scenario;
  const lists = { participants, users, sessions, invitations, transfers, chats };
  for (const [name, list] of Object.entries(lists)) repeatedIds(list, ["scenario", name], check);
  repeatedIds(variants, ["variants"], check);
  repeatedIds(requirements, ["requirements"], check);
  repeatedIds(marks, ["marks"], check);
  repeatedIds(boxes, ["boxes"], check);
}

function repeatedIds(list: readonly { readonly id?: string }[] | undefined, path: Path, check: Check): void {
  const first = new Map<string, number>();
  for (const [index, { id }] of (list ?? []).entries()) {
    if (id === undefined) continue;
    const before = first.get(id);
    if (before === undefined) first.set(id, index);
    else
      report(
        check,
        "error",
        "repeated-id",
        [...path, index, "id"],
        `is “${id}”, which ${place([...path, before])} has too`,
      );
  }
}

function checkScenario({ scenario }: Flow, check: Check): void {
  const at = (list: string): Path => ["scenario", list];
  each(scenario.participants, at("participants"), (p, path) => {
    if (p.role === "client") user(check, p.user, [...path, "user"]);
  });
  each(scenario.users, at("users"), (u, path) => {
    each(u.preferences, [...path, "preferences"], (preference, inner) => clients(check, preference.clients, inner));
  });
  each(scenario.policies, at("policies"), (policy, path) => {
    domain(check, policy.domain, [...path, "domain"]);
    clients(check, policy.clients, path);
  });
  each(scenario.sessions, at("sessions"), (s, path) => {
    participant(check, s.from, [...path, "from"], ["client"]);
    participant(check, s.to, [...path, "to"], ["client"]);
  });
  each(scenario.invitations, at("invitations"), (invitation, path) => {
    participant(check, invitation.from, [...path, "from"], ["client", "controllingFunction"]);
    if (invitation.focus !== undefined) {
      participant(check, invitation.focus, [...path, "focus"], ["controllingFunction"]);
    }
    each(invitation.to, [...path, "to"], (invitee, inner) => {
      user(check, invitee.user, [...inner, "user"]);
      if (invitee.replaces !== undefined) session(check, invitee.replaces, [...inner, "replaces"]);
    });
  });
  each(scenario.transfers, at("transfers"), (transfer, path) => {
    session(check, transfer.session, [...path, "session"]);
    participant(check, transfer.from, [...path, "from"], ["client"]);
    participant(check, transfer.to, [...path, "to"], ["client"]);
  });
  each(scenario.chats, at("chats"), (chat, path) => {
    session(check, chat.session, [...path, "session"]);
    participant(check, chat.from, [...path, "from"], ["client"]);
  });
  each(scenario.options?.challenge, [...at("options"), "challenge"], (id, path) =>
    participant(check, id, path, ["core"]),
  );
}

function clients(check: Check, ids: readonly string[], path: Path): void {
  each(ids, [...path, "clients"], (id, inner) => participant(check, id, inner, ["client"]));
}

/** Paths are made only for what is wrong: scripts are long. */
function checkChoice(choice: Choice, v: number, c: number, check: Check): void {
  const { participants, subjects } = check.names;
  const at = (field: string): Path => ["variants", v, "script", c, field];
  switch (choice.kind) {
    case "inject":
      if (!participants.has(choice.from)) participant(check, choice.from, at("from"));
      if (!participants.has(choice.to)) participant(check, choice.to, at("to"));
      return;
    case "expire":
      if (!participants.has(choice.participant)) participant(check, choice.participant, at("participant"));
      return;
    case "stimulate":
      if (!participants.has(choice.participant)) participant(check, choice.participant, at("participant"));
      if (choice.what !== undefined && !subjects.has(choice.what)) {
        const says = `names “${choice.what}”, which is not an invitation, session, transfer or chat${like(choice.what, subjects)}`;
        report(check, "error", "unknown-subject", at("what"), says);
      }
      return;
    default:
      if (!isHop(choice.hop, participants)) hop(check, choice.hop, at("hop"));
  }
}

/** Edge, message and count, `clientB1>coreB ALERTING#1`, and both ends are participants. */
function isHop(name: HopName, participants: ReadonlyMap<string, Participant>): boolean {
  return hopEnds(name)?.every((id) => participants.has(id)) ?? false;
}

function hopEnds(name: HopName): readonly [from: string, to: string] | undefined {
  const arrow = name.indexOf(">");
  const space = name.indexOf(" ", arrow);
  if (arrow < 1 || space < arrow + 2 || !/#\d+$/.test(name.slice(space))) return undefined;
  return [name.slice(0, arrow), name.slice(arrow + 1, space)];
}

function hop(check: Check, name: HopName | undefined, path: Path): void {
  if (name === undefined) return;
  const ends = hopEnds(name);
  if (ends === undefined) {
    const says = `is “${name}”, but a hop is written as its edge, message and count: clientA>coreA OK#1`;
    report(check, "error", "wrong-hop", path, says);
    return;
  }
  const unknown = ends.filter((id) => !check.names.participants.has(id));
  for (const id of new Set(unknown)) {
    const says = `names the hop “${name}”, but “${id}” is not a participant`;
    report(check, "error", "unknown-participant", path, says);
  }
}

/** What is said of some variants only names variants that there are. */
function checkOnly(flow: Flow, check: Check): void {
  const ids = new Set(flow.variants.map(({ id }) => id));
  for (const list of ["prose", "notes", "arrows", "marks"] as const)
    each<OfSome>(flow[list], [list], ({ only }, path) => {
      each(only, [...path, "only"], (id, inner) => {
        if (!ids.has(id)) report(check, "warning", "unknown-variant", inner, `names “${id}”, which is not a variant`);
      });
    });
}

/** What people wrote about the flow: prose, notes, requirements and the view. */
function checkWords({ prose, notes, requirements, view, marks }: Flow, check: Check): void {
  const markIds = new Set((marks ?? []).map((mark) => mark.id));
  each(prose, ["prose"], (entry, path) => {
    hop(check, entry.at, [...path, "at"]);
    hop(check, entry.to, [...path, "to"]);
  });
  each(notes, ["notes"], (note, path) => {
    hop(check, note.at, [...path, "at"]);
    if (note.under !== undefined && !markIds.has(note.under))
      report(check, "error", "unknown-mark", [...path, "under"], `names “${note.under}”, which is not a mark`);
    each(note.over, [...path, "over"], (id, inner) => participant(check, id, inner));
  });
  each(requirements, ["requirements"], (requirement, path) => {
    each(requirement.steps, [...path, "steps"], (name, inner) => hop(check, name, inner));
  });
  each(view?.hide, ["view", "hide"], (name, path) => {
    if (check.names.participants.has(name) || (roles as readonly string[]).includes(name)) return;
    report(check, "warning", "unknown-participant", path, `names “${name}”, which is neither a participant nor a role`);
  });
}

/** How arrows are drawn, what stands between them, and the boxes around participants. */
function checkDrawn({ arrows, marks, boxes }: Flow, check: Check): void {
  each(arrows, ["arrows"], (arrow, path) => hop(check, arrow.at, [...path, "at"]));
  const fragments = new Set((marks ?? []).flatMap((mark) => (mark.kind === "fragment" ? [mark.id] : [])));
  each(marks, ["marks"], (mark, path) => {
    hop(check, mark.at, [...path, "at"]);
    if ("on" in mark) participant(check, mark.on, [...path, "on"]);
    if (mark.kind === "fragment" && mark.refers !== undefined) {
      const { flow: file, participants } = mark.refers;
      const wrong = isFile(file) ? wrongPath(file) : undefined;
      if (wrong !== undefined)
        report(
          check,
          "error",
          "wrong-reference",
          [...path, "refers", "flow"],
          `is not followed: ${wrong.replace(/[.]$/, "")}`,
        );
      each(participants, [...path, "refers", "participants"], ({ here }, inner) =>
        participant(check, here, [...inner, "here"]),
      );
    }
    if (mark.kind === "fragment") each(mark.over, [...path, "over"], (id, inner) => participant(check, id, inner));
    if ("of" in mark && !fragments.has(mark.of))
      report(check, "error", "unknown-mark", [...path, "of"], `names “${mark.of}”, which is not a fragment`);
  });
  each(boxes, ["boxes"], (box, path) => {
    each(box.participants, [...path, "participants"], (id, inner) => participant(check, id, inner));
  });
}
