import { z } from "zod";
import { type Flow, FORMAT, type Scenario, VERSION, type View } from "../flow.ts";
import { fail, ok, type Result } from "../result.ts";
import { id } from "../scalars.ts";
import { devices, server } from "./naming.ts";

/** What a new flow may start from. Functions instead of documents: how many devices and which networks is asked for. */

/** A number that a template asks for. */
export interface TemplateCount {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
}

export interface Template {
  readonly id: TemplateId;
  readonly title: string;
  /** One sentence: what the flow has in it. */
  readonly says: string;
  /** The networks it has, with the names that they have unless others are asked for. */
  readonly networks: readonly { readonly label: string; readonly value: string }[];
  readonly count?: TemplateCount;
}

const templateIds = ["blank", "cpmOneToOne", "cpmGroup", "transfer", "sipProxies"] as const;
export type TemplateId = (typeof templateIds)[number];

const invitedDevices: TemplateCount = { label: "Devices of the invited user", min: 1, max: 200, value: 1 };

export const templates: readonly Template[] = [
  {
    id: "blank",
    title: "Blank",
    says: "Participants without rules; every message is drawn by hand.",
    networks: [],
    count: { label: "Participants", min: 1, max: 200, value: 2 },
  },
  {
    id: "cpmOneToOne",
    title: "CPM 1-1 session",
    says: "A user invites another one, each served by a network of their own.",
    networks: [
      { label: "Inviting network", value: "A" },
      { label: "Invited network", value: "B" },
    ],
    count: invitedDevices,
  },
  {
    id: "cpmGroup",
    title: "CPM group session",
    says: "A controlling function invites a user who has several devices.",
    networks: [
      { label: "Inviting network", value: "X" },
      { label: "Invited network", value: "B" },
    ],
    count: { ...invitedDevices, value: 2 },
  },
  {
    id: "transfer",
    title: "CPM session transfer",
    says: "A session that is up moves from one device of a user to another.",
    networks: [
      { label: "Network of the user who transfers", value: "A" },
      { label: "Network of the other user", value: "B" },
    ],
  },
  {
    id: "sipProxies",
    title: "SIP proxy chain",
    says: "Alice calls Bob through one proxy that serves both, or through one of hers and one of his.",
    networks: [],
    count: { label: "Proxies", min: 1, max: 2, value: 2 },
  },
];

/** What is asked for; what is absent is as the template has it. */
export const fromTemplateSchema = z.strictObject({
  template: z.enum(templateIds),
  networks: z.array(id.max(40, "the name of a network has at most 40 characters")).max(10).optional(),
  count: z.int().min(1).max(200).optional(),
});
export type FromTemplate = z.infer<typeof fromTemplateSchema>;

interface Content {
  readonly scenario: Scenario;
  readonly script: Flow["variants"][number]["script"];
  readonly variant: string;
  readonly view?: View;
}

type Make = (networks: readonly [string, string], count: number) => Content;

const makers: Readonly<Record<TemplateId, Make>> = {
  blank: (_, count) => ({
    scenario: {
      participants: Array.from({ length: count }, (_, i) => ({
        id: `participant${i + 1}`,
        name: `Participant ${i + 1}`,
        role: "other",
      })),
    },
    variant: "Main",
    script: [],
  }),
  cpmOneToOne: ([from, to], count) => ({
    scenario: {
      participants: [
        ...devices(from, from, 1),
        server("core", from),
        server("participatingFunction", from),
        server("core", to),
        server("participatingFunction", to),
        ...devices(to, to, count),
      ],
      users: [user(from), user(to)],
      invitations: [{ id: "session", from: `client${from}`, to: [{ user: to }], media: ["messages"] }],
    },
    variant: `${firstDevice(to, count)} accepts`,
    script: [
      { kind: "stimulate", participant: `client${from}`, stimulus: "invite", what: "session" },
      { kind: "stimulate", participant: `client${firstDevice(to, count)}`, stimulus: "accept" },
      { kind: "stimulate", participant: `client${from}`, stimulus: "end" },
    ],
  }),
  cpmGroup: ([from, to], count) => ({
    scenario: {
      participants: [
        server("controllingFunction", from),
        server("core", from),
        server("core", to),
        server("participatingFunction", to),
        ...devices(to, to, count),
      ],
      users: [user(to)],
      invitations: [
        { id: "group", from: `cf${from}`, to: [{ user: to }], media: ["messages"], group: `Group of ${from}` },
      ],
    },
    variant: `${firstDevice(to, count)} accepts`,
    script: [
      { kind: "stimulate", participant: `cf${from}`, stimulus: "invite", what: "group" },
      { kind: "stimulate", participant: `client${firstDevice(to, count)}`, stimulus: "accept" },
    ],
  }),
  transfer: ([own, other]) => ({
    scenario: {
      participants: [
        ...devices(own, own, 2),
        server("core", own),
        server("participatingFunction", own),
        server("core", other),
        server("participatingFunction", other),
        ...devices(other, other, 1).map((device) => ({ ...device, answer: "auto" as const })),
      ],
      users: [user(own), user(other)],
      sessions: [{ id: "existing", from: `client${own}1`, to: `client${other}`, media: ["messages"] }],
      transfers: [{ id: "transfer", session: "existing", from: `client${own}1`, to: `client${own}2` }],
    },
    variant: "The transfer succeeds",
    script: [{ kind: "stimulate", participant: `client${own}1`, stimulus: "transfer", what: "transfer" }],
  }),
  sipProxies: (_, count) => {
    const home = count === 1 ? "atlanta" : "biloxi";
    return {
      scenario: {
        participants: [
          { id: "alice", name: "Alice", role: "client", user: "alice" },
          { id: "proxy1", name: count === 1 ? "Proxy" : "Proxy 1", domain: "atlanta", role: "core" },
          ...(count === 1 ? [] : [{ id: "proxy2", name: "Proxy 2", domain: home, role: "core" as const }]),
          { id: "bob", name: "Bob", role: "client", user: "bob" },
        ],
        users: [
          { id: "alice", name: "Alice", domain: "atlanta" },
          { id: "bob", name: "Bob", domain: home },
        ],
        invitations: [{ id: "call", from: "alice", to: [{ user: "bob" }], media: ["audio"] }],
        options: { trying: true },
      },
      variant: "Bob answers",
      script: [
        { kind: "stimulate", participant: "alice", stimulus: "invite", what: "call" },
        { kind: "stimulate", participant: "bob", stimulus: "accept" },
        { kind: "stimulate", participant: "bob", stimulus: "end" },
      ],
      view: { level: "sip" },
    };
  },
};

const user = (network: string) => ({ id: network, name: `CPM User ${network}`, domain: network });
const firstDevice = (network: string, count: number) => `${network}${count === 1 ? "" : 1}`;

/** A new flow. Fails with a sentence when two networks have one name, or the number is not one the template can have. */
export function makeFlow(title: string, { template: wanted, networks = [], count }: FromTemplate): Result<Flow> {
  const template = templates.find(({ id }) => id === wanted);
  if (template === undefined) return fail(`There is no template “${wanted}”.`);
  const names = template.networks.map(({ value }, i) => networks[i] ?? value);
  if (new Set(names).size < names.length) return fail("Give the networks different names.");
  const number = count ?? template.count?.value ?? 1;
  const { label = "", min = 1, max = number } = template.count ?? {};
  if (number < min || number > max) return fail(`${label}: choose a number from ${min} to ${max}.`);
  const { scenario, script, variant, view } = makers[wanted]([names[0] ?? "A", names[1] ?? "B"], number);
  return ok({
    format: FORMAT,
    version: VERSION,
    title,
    scenario,
    variants: [{ id: "main", title: variant, script }],
    ...(view === undefined ? undefined : { view }),
  });
}
