import { networksOf } from "../../shared/flow/scenario/participants.ts";
import { stimuli } from "../../shared/run/choice.ts";
import { stimulusWords } from "../../shared/run/stimulus-words.ts";
import {
  clients,
  controllingFunctions,
  everyone,
  type Field,
  givenSessions,
  inviters,
  sessions,
  subjects,
  users,
} from "./fields.ts";
import { devices, freshId, freshSubject, joined, type List, media, named, network, offered, word } from "./list.ts";

/** The lists of a document that forms are made for. */

const userList: List = {
  list: "users",
  title: "Users",
  one: "user",
  says: "People with an address; clients are their devices.",
  fields: [
    {
      key: "name",
      label: "Name",
      says: "As the text calls the user.",
      input: { kind: "line", absent: "CPM User and the id" },
    },
    {
      key: "address",
      label: "CPM Address",
      says: "Where invitations for the user are sent.",
      input: { kind: "line", absent: "made from id and network" },
    },
    network("The network that serves the user; it decides to which devices an invitation goes."),
    {
      key: "preferences",
      label: "Preferences",
      says: "On which devices the user wants to be reached.",
      input: {
        kind: "list",
        one: "preference",
        fields: [offered, devices("Deliver only to", "All other devices of the user get no invitation.")],
        make: (flow) => {
          const first = clients(flow)[0]?.value;
          return first === undefined ? undefined : { clients: [first] };
        },
      },
    },
  ],
  make: (flow) => ({ id: freshId("user", flow.scenario.users), domain: networksOf(flow)[0] ?? "A" }),
  name: ({ name, id }) => word(name) || word(id),
  detail: ({ domain }) => `Network ${word(domain)}`,
};

const policyList: List = {
  list: "policies",
  title: "Provider policies",
  one: "policy",
  says: "To which devices a network does not deliver, whatever its users prefer.",
  fields: [
    network("The network whose provider sets the policy."),
    offered,
    devices("Do not deliver to", "These devices get no invitation."),
    { key: "reason", label: "Reason", says: "What the steps say why.", input: { kind: "line", absent: "none" } },
  ],
  make: (flow) => {
    const domain = networksOf(flow)[0];
    return domain === undefined
      ? undefined
      : {
          domain,
          clients: clients(flow)
            .slice(0, 1)
            .map(({ value }) => value),
        };
  },
  lacks: "A policy needs a network: give a participant one first.",
  name: ({ domain, media: about }) => `Network ${word(domain)}: ${word(about) || "any media"}`,
  detail: ({ clients: barred }, flow) => `Not to ${(barred as string[]).map((id) => named(flow, id)).join(", ")}`,
};

const sessionList: List = {
  list: "sessions",
  title: "Sessions before step 1",
  one: "given session",
  says: "Sessions that are up when the flow begins.",
  fields: [
    { key: "from", label: "Who invited", says: "The client that set it up.", input: { kind: "one", picks: clients } },
    { key: "to", label: "Who accepted", says: "The client at its other end.", input: { kind: "one", picks: clients } },
    media("What the session carries.", "not said"),
  ],
  make: (flow) => {
    const [from, to] = clients(flow);
    return from === undefined || to === undefined
      ? undefined
      : { id: freshSubject("existing", flow), from: from.value, to: to.value, media: ["messages"] };
  },
  lacks: "A session needs two clients.",
  name: ({ id }) => word(id),
  detail: ({ from, to }, flow) => `${named(flow, from)} – ${named(flow, to)}`,
};

const invitationList: List = {
  list: "invitations",
  title: "Invitations",
  one: "invitation",
  says: "What somebody may invite to; it happens by a turn “invite”.",
  fields: [
    {
      key: "from",
      label: "Who invites",
      says: "A client, or the controlling function of a pre-defined group.",
      input: { kind: "one", picks: inviters },
    },
    {
      key: "focus",
      label: "Controlling function",
      says: "Whom a client asks to invite several users.",
      input: { kind: "one", picks: controllingFunctions, absent: "none: a 1-1 session" },
    },
    {
      key: "to",
      label: "Invited users",
      says: "Who is invited; a session that there is may be replaced by the new one.",
      input: {
        kind: "list",
        one: "user",
        needed: true,
        fields: [
          { key: "user", label: "User", says: "Who is invited.", input: { kind: "one", picks: users } },
          {
            key: "replaces",
            label: "Replaces",
            says: "A given session that goes over into this one.",
            input: { kind: "one", picks: givenSessions, absent: "nothing" },
          },
        ],
        make: (flow) => {
          const first = users(flow)[0]?.value;
          return first === undefined ? undefined : { user: first };
        },
      },
    },
    media("What is offered: clients without it get no invitation.", "nothing in particular"),
    {
      key: "group",
      label: "Group",
      says: "The name of the CPM Pre-defined Group.",
      input: { kind: "line", absent: "none" },
    },
  ],
  make: (flow) => {
    const from = inviters(flow)[0]?.value;
    const user = users(flow).at(-1)?.value;
    return from === undefined || user === undefined
      ? undefined
      : { id: freshSubject("session", flow), from, to: [{ user }], media: ["messages"] };
  },
  lacks: "An invitation needs a client or controlling function, and a user.",
  name: ({ id, group }) => word(group) || word(id),
  detail: ({ from, to, media: offer }, flow) => {
    const invited = (to as { user: string }[]).map(({ user }) => named(flow, user)).join(", ");
    return `${named(flow, from)} invites ${invited}${joined(offer) === "" ? "" : ` to ${joined(offer)}`}`;
  },
};

const transferList: List = {
  list: "transfers",
  title: "Transfers",
  one: "transfer",
  says: "What somebody may hand over to another device; it happens by a turn “transfer”.",
  fields: [
    {
      key: "session",
      label: "Session",
      says: "What moves: a given session, or that of an invitation.",
      input: { kind: "one", picks: sessions },
    },
    { key: "from", label: "Transferor", says: "The device that has it now.", input: { kind: "one", picks: clients } },
    { key: "to", label: "Target", says: "The device that is to have it.", input: { kind: "one", picks: clients } },
    {
      key: "requestedBy",
      label: "Who asks for it",
      says: "The device that has the session, or the one that fetches it.",
      input: { kind: "one", picks: () => [{ value: "target", text: "The target" }], absent: "the transferor" },
    },
    {
      key: "allowed",
      label: "Allowed",
      says: "The provider lets this transferor transfer.",
      input: { kind: "switch", absent: true },
    },
  ],
  make: (flow) => {
    const session = flow.scenario.sessions?.[0];
    const to = clients(flow).find(({ value }) => value !== session?.from && value !== session?.to);
    return session === undefined || to === undefined
      ? undefined
      : { id: freshSubject("transfer", flow), session: session.id, from: session.from, to: to.value };
  },
  lacks: "A transfer needs a session before step 1, and a third client as its target.",
  name: ({ id }) => word(id),
  detail: ({ from, to }, flow) => `${named(flow, from)} → ${named(flow, to)}`,
};

const chatList: List = {
  list: "chats",
  title: "Chat messages",
  one: "chat message",
  says: "What somebody may send in a session; it happens by a turn “send”.",
  fields: [
    {
      key: "session",
      label: "Session",
      says: "A given session, or that of an invitation.",
      input: { kind: "one", picks: sessions },
    },
    { key: "from", label: "Who sends", says: "A client of the session.", input: { kind: "one", picks: clients } },
    { key: "text", label: "Text", says: "What is sent.", input: { kind: "line", needed: true } },
  ],
  make: (flow) => {
    const session = sessions(flow)[0]?.value;
    const from = clients(flow)[0]?.value;
    return session === undefined || from === undefined
      ? undefined
      : { id: freshSubject("chat", flow), session, from, text: "Hello" };
  },
  lacks: "A chat message needs an invitation or a given session, and a client.",
  name: ({ text }) => `“${word(text)}”`,
  detail: ({ from, session }, flow) => `${named(flow, from)}, in ${word(session)}`,
};

export const definitionList: List = {
  list: "definitions",
  title: "Definitions",
  one: "definition",
  says: "Terms that the text explains.",
  fields: [
    { key: "term", label: "Term", says: "What is explained.", input: { kind: "line", needed: true } },
    { key: "text", label: "Meaning", says: "What it means, as a sentence.", input: { kind: "text" } },
  ],
  make: () => ({ term: "New term", text: "" }),
  name: ({ term }) => word(term),
  detail: ({ text }) => word(text),
};

export const peopleLists: readonly List[] = [userList, policyList];
export const sessionLists: readonly List[] = [sessionList, invitationList, transferList, chatList];

/** The fields of what a person does in a turn. */
export const actFields: readonly Field[] = [
  { key: "participant", label: "Who", says: "Whose user, or operator, acts.", input: { kind: "one", picks: everyone } },
  {
    key: "stimulus",
    label: "Does what",
    says: "Only what is possible then happens; else the run stops there and says so.",
    input: {
      kind: "one",
      picks: () => stimuli.map((value) => ({ value, text: stimulusWords[value] })),
    },
  },
  {
    key: "what",
    label: "What",
    says: "The invitation, session, transfer or chat message it is about.",
    input: { kind: "one", picks: subjects, absent: "the only one possible" },
  },
  {
    key: "code",
    label: "Status code",
    says: "Of a decline or a refusal; 603 speaks for all devices.",
    input: { kind: "code", absent: 0 },
  },
  {
    key: "now",
    label: "At once",
    says: "Before the messages that are under way arrive.",
    input: { kind: "switch", absent: false },
  },
];

/** What is particular to clients, beside name, network and user. */
export const clientFields: readonly Field[] = [
  media("What the client supports; an invitation that offers anything else does not reach it.", "every type"),
  {
    key: "registered",
    label: "Registered",
    says: "Its network knows the device and delivers to it.",
    input: { kind: "switch", absent: true },
  },
  {
    key: "reachable",
    label: "Reachable",
    says: "Messages arrive. Off: it is registered, but nothing reaches it.",
    input: { kind: "switch", absent: true },
  },
  {
    key: "busy",
    label: "Busy",
    says: "It answers every invitation with the busy code.",
    input: { kind: "switch", absent: false },
  },
  {
    key: "answer",
    label: "Answers",
    says: "Whether it rings until its user acts.",
    input: {
      kind: "one",
      picks: () => [{ value: "auto", text: "by itself, without ringing" }],
      absent: "when its user accepts",
    },
  },
];

export const allLists: readonly List[] = [...peopleLists, ...sessionLists, definitionList];
