import type { Choice, HopName } from "../run/choice.ts";
import { checkBranches } from "../run/tree.ts";
import { type Flow, type Participant, type Role, roles } from "./flow.ts";
import { nearest } from "./nearest.ts";
import type { OfSome } from "./only.ts";
import { type Path, place, pointer } from "./place.ts";
import { isFile, type Refers, wrongPath } from "./refers.ts";
import type { Diagnostic, Severity } from "./result.ts";

/**
 * Everything in a document that names something which the document does not have, and every id that two things share.
 * It reads the document alone: whether a hop that is named ever happens is for whoever has the run. Linear in the size
 * of the document.
 */
export function checkReferences(flow: Flow): Diagnostic[] {
  const check: Check = { names: namesOf(flow), found: [], at: [] };
  checkRepeatedIds(flow, check);
  inside(check, "scenario", () => checkScenario(flow, check));
  each(check, "variants", flow.variants, ({ script }) => {
    each(check, "script", script, (choice) => checkChoice(choice, check));
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
  /** Where in the document the check stands. A path of its own is made only for what is wrong: documents are long. */
  readonly at: (string | number)[];
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

/** Reports what stands in `field` of the thing at which the check stands, or that thing itself. */
function report(check: Check, severity: Severity, code: string, field: string | undefined, says: string): void {
  const path: Path = field === undefined ? check.at : [...check.at, field];
  check.found.push({ severity, code, message: `${place(path)} ${says}.`, at: pointer(path) });
}

/** Which of those that there are is likely to be meant. */
function like(id: string, known: Iterable<string>): string {
  const found = nearest(id, known);
  return found === undefined ? "" : `; “${found}” is one`;
}

/** The participant named here exists, and has one of `wanted` where that matters. */
function participant(check: Check, id: string, field?: string, wanted?: readonly Role[]): void {
  const found = check.names.participants.get(id);
  if (found === undefined) {
    report(
      check,
      "error",
      "unknown-participant",
      field,
      `names “${id}”, which is not a participant${like(id, check.names.participants.keys())}`,
    );
  } else if (wanted !== undefined && !wanted.includes(found.role)) {
    const roleNames = wanted.map((role) => ROLE_NAMES[role]).join(" or ");
    report(check, "error", "wrong-role", field, `names “${id}”, which is not a ${roleNames}`);
  }
}

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  client: "client",
  core: "SIP/IP core",
  participatingFunction: "participating function",
  controllingFunction: "controlling function",
  other: "participant without a role",
};

function user(check: Check, id: string, field: string): void {
  if (check.names.users.has(id)) return;
  report(check, "error", "unknown-user", field, `names “${id}”, which is not a user${like(id, check.names.users)}`);
}

function session(check: Check, id: string, field: string): void {
  if (check.names.sessions.has(id)) return;
  report(
    check,
    "error",
    "unknown-session",
    field,
    `names “${id}”, which is neither a given session nor an invitation${like(id, check.names.sessions)}`,
  );
}

function domain(check: Check, id: string, field: string): void {
  if (check.names.domains.has(id)) return;
  report(check, "error", "unknown-domain", field, `names the domain “${id}”, to which nobody belongs`);
}

/** Calls `visit` for each element of a list that may be absent, standing at the element. */
function each<T>(check: Check, name: string, list: readonly T[] | undefined, visit: (element: T) => void): void {
  if (list === undefined) return;
  const { at } = check;
  const last = at.push(name, 0) - 1;
  list.forEach((element, index) => {
    at[last] = index;
    visit(element);
  });
  at.length -= 2;
}

/** Stands in a field of the thing at which the check stands. */
function inside(check: Check, field: string, look: () => void): void {
  check.at.push(field);
  look();
  check.at.pop();
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
    else {
      const says = `is “${id}”, which ${place([...path, before])} has too`;
      report({ ...check, at: [...path, index] }, "error", "repeated-id", "id", says);
    }
  }
}

function checkScenario({ scenario }: Flow, check: Check): void {
  each(check, "participants", scenario.participants, (p) => {
    if (p.role === "client") user(check, p.user, "user");
  });
  each(check, "users", scenario.users, (u) => {
    each(check, "preferences", u.preferences, (preference) => clients(check, preference.clients));
  });
  each(check, "policies", scenario.policies, (policy) => {
    domain(check, policy.domain, "domain");
    clients(check, policy.clients);
  });
  each(check, "sessions", scenario.sessions, (s) => {
    participant(check, s.from, "from", ["client"]);
    participant(check, s.to, "to", ["client"]);
  });
  each(check, "invitations", scenario.invitations, (invitation) => {
    participant(check, invitation.from, "from", ["client", "controllingFunction"]);
    if (invitation.focus !== undefined) participant(check, invitation.focus, "focus", ["controllingFunction"]);
    each(check, "to", invitation.to, (invitee) => {
      user(check, invitee.user, "user");
      if (invitee.replaces !== undefined) session(check, invitee.replaces, "replaces");
    });
  });
  each(check, "transfers", scenario.transfers, (transfer) => {
    session(check, transfer.session, "session");
    participant(check, transfer.from, "from", ["client"]);
    participant(check, transfer.to, "to", ["client"]);
  });
  each(check, "chats", scenario.chats, (chat) => {
    session(check, chat.session, "session");
    participant(check, chat.from, "from", ["client"]);
  });
  inside(check, "options", () => {
    each(check, "challenge", scenario.options?.challenge, (id) => participant(check, id, undefined, ["core"]));
  });
}

function clients(check: Check, ids: readonly string[]): void {
  each(check, "clients", ids, (id) => participant(check, id, undefined, ["client"]));
}

function checkChoice(choice: Choice, check: Check): void {
  const { participants, subjects } = check.names;
  switch (choice.kind) {
    case "inject":
      participant(check, choice.from, "from");
      participant(check, choice.to, "to");
      return;
    case "expire":
      participant(check, choice.participant, "participant");
      return;
    case "stimulate":
      participant(check, choice.participant, "participant");
      if (choice.what !== undefined && !subjects.has(choice.what)) {
        const says = `names “${choice.what}”, which is not an invitation, session, transfer or chat${like(choice.what, subjects)}`;
        report(check, "error", "unknown-subject", "what", says);
      }
      return;
    default:
      if (!isHop(choice.hop, participants)) hop(check, choice.hop, "hop");
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

function hop(check: Check, name: HopName | undefined, field?: string): void {
  if (name === undefined) return;
  const ends = hopEnds(name);
  if (ends === undefined) {
    const says = `is “${name}”, but a hop is written as its edge, message and count: clientA>coreA OK#1`;
    report(check, "error", "wrong-hop", field, says);
    return;
  }
  const unknown = ends.filter((id) => !check.names.participants.has(id));
  for (const id of new Set(unknown)) {
    const says = `names the hop “${name}”, but “${id}” is not a participant`;
    report(check, "error", "unknown-participant", field, says);
  }
}

/** What is said of some variants only names variants that there are. */
function checkOnly(flow: Flow, check: Check): void {
  const ids = new Set(flow.variants.map(({ id }) => id));
  for (const list of ["prose", "notes", "arrows", "marks"] as const)
    each<OfSome>(check, list, flow[list], ({ only }) => {
      each(check, "only", only, (id) => {
        if (!ids.has(id))
          report(check, "warning", "unknown-variant", undefined, `names “${id}”, which is not a variant`);
      });
    });
}

/** What people wrote about the flow: prose, notes, requirements and the view. */
function checkWords({ prose, notes, requirements, view, marks }: Flow, check: Check): void {
  const markIds = new Set((marks ?? []).map((mark) => mark.id));
  each(check, "prose", prose, (entry) => {
    hop(check, entry.at, "at");
    hop(check, entry.to, "to");
  });
  each(check, "notes", notes, (note) => {
    hop(check, note.at, "at");
    if (note.under !== undefined && !markIds.has(note.under))
      report(check, "error", "unknown-mark", "under", `names “${note.under}”, which is not a mark`);
    each(check, "over", note.over, (id) => participant(check, id));
  });
  each(check, "requirements", requirements, (requirement) => {
    each(check, "steps", requirement.steps, (name) => hop(check, name));
  });
  inside(check, "view", () => {
    each(check, "hide", view?.hide, (name) => {
      if (check.names.participants.has(name) || (roles as readonly string[]).includes(name)) return;
      const says = `names “${name}”, which is neither a participant nor a role`;
      report(check, "warning", "unknown-participant", undefined, says);
    });
  });
}

/** How arrows are drawn, what stands between them, and the boxes around participants. */
function checkDrawn({ arrows, marks, boxes }: Flow, check: Check): void {
  each(check, "arrows", arrows, (arrow) => hop(check, arrow.at, "at"));
  const fragments = new Set((marks ?? []).flatMap((mark) => (mark.kind === "fragment" ? [mark.id] : [])));
  each(check, "marks", marks, (mark) => {
    hop(check, mark.at, "at");
    if ("on" in mark) participant(check, mark.on, "on");
    if (mark.kind === "fragment") {
      if (mark.refers !== undefined) checkReference(mark.refers, check);
      each(check, "over", mark.over, (id) => participant(check, id));
    }
    if ("of" in mark && !fragments.has(mark.of))
      report(check, "error", "unknown-mark", "of", `names “${mark.of}”, which is not a fragment`);
  });
  each(check, "boxes", boxes, (box) => {
    each(check, "participants", box.participants, (id) => participant(check, id));
  });
}

function checkReference({ flow: file, participants }: Refers, check: Check): void {
  inside(check, "refers", () => {
    const wrong = isFile(file) ? wrongPath(file) : undefined;
    if (wrong !== undefined)
      report(check, "error", "wrong-reference", "flow", `is not followed: ${wrong.replace(/[.]$/, "")}`);
    each(check, "participants", participants, ({ here }) => participant(check, here, "here"));
  });
}
