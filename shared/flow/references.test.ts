import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readFlow } from "./file.ts";
import type { Flow } from "./flow.ts";
import { checkReferences } from "./references.ts";

function everyField(): Flow {
  const opened = readFlow(
    readFileSync(new URL("../../test/old-files/v1/every-field.flow.json", import.meta.url)),
    "every-field.flow.json",
  );
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.value.flow;
}

/** The document with one value in it replaced: `at` is a JSON pointer without keys that need escaping. */
function withValue(at: string, value: unknown): Flow {
  const flow = structuredClone(everyField());
  const keys = at.split("/").slice(1);
  const last = keys.pop() ?? "";
  let holder = flow as unknown as Record<string, unknown>;
  for (const key of keys) holder = holder[key] as Record<string, unknown>;
  expect(holder).toHaveProperty([last]);
  holder[last] = value;
  return flow;
}

describe("D17: every name that leads nowhere is told", () => {
  it("finds nothing in a document that is right", () => {
    expect(checkReferences(everyField())).toEqual([]);
  });

  it.each([
    ["/scenario/participants/0/user", "unknown-user"],
    ["/scenario/users/1/preferences/1/clients/0", "unknown-participant"],
    ["/scenario/policies/0/domain", "unknown-domain"],
    ["/scenario/policies/0/clients/0", "unknown-participant"],
    ["/scenario/sessions/0/from", "unknown-participant"],
    ["/scenario/sessions/0/to", "unknown-participant"],
    ["/scenario/invitations/0/from", "unknown-participant"],
    ["/scenario/invitations/0/focus", "unknown-participant"],
    ["/scenario/invitations/0/to/0/user", "unknown-user"],
    ["/scenario/invitations/0/to/0/replaces", "unknown-session"],
    ["/scenario/transfers/0/session", "unknown-session"],
    ["/scenario/transfers/0/from", "unknown-participant"],
    ["/scenario/transfers/0/to", "unknown-participant"],
    ["/scenario/chats/0/session", "unknown-session"],
    ["/scenario/chats/0/from", "unknown-participant"],
    ["/scenario/options/challenge/0", "unknown-participant"],
    ["/variants/0/script/0/participant", "unknown-participant"],
    ["/variants/0/script/0/what", "unknown-subject"],
    ["/variants/0/script/2/from", "unknown-participant"],
    ["/variants/0/script/2/to", "unknown-participant"],
    ["/variants/1/script/3/participant", "unknown-participant"],
    ["/notes/1/over/0", "unknown-participant"],
  ])("%s", (at, code) => {
    const found = checkReferences(withValue(at, "nobody"));
    expect(found.map((diagnostic) => [diagnostic.at, diagnostic.code])).toEqual([[at, code]]);
    expect(found[0]?.message).toMatch(/^\S+ names .*“nobody”.*\.$/);
  });

  it("tells an unknown parent of a variant", () => {
    expect(checkReferences(withValue("/variants/1/branch/from", "nobody"))).toEqual([
      {
        severity: "error",
        code: "wrong-branch",
        message: "variants[1].branch: The variant “loss” branches from “nobody”, which the flow does not have.",
        at: "/variants/1/branch",
      },
    ]);
  });

  it.each([
    "/variants/0/script/1/hop",
    "/variants/1/script/0/hop",
    "/variants/1/script/1/hop",
    "/variants/1/script/2/hop",
    "/prose/0/at",
    "/prose/0/to",
    "/notes/1/at",
    "/requirements/0/steps/0",
  ])("%s: a hop between participants that exist", (at) => {
    const codes = (hop: string) => checkReferences(withValue(at, hop)).map((found) => [found.at, found.code]);
    expect(codes("clientA>nobody OK#1")).toEqual([[at, "unknown-participant"]]);
    expect(codes("nobody>clientA OK#1")).toEqual([[at, "unknown-participant"]]);
    expect(codes("clientA>coreA OK#12")).toEqual([]);
    for (const wrong of ["clientA coreA OK#1", "clientA>coreA OK", "clientA>coreA#1", ">coreA OK#1"]) {
      expect(codes(wrong)).toEqual([[at, "wrong-hop"]]);
    }
  });

  it("says when what is named has another role than it needs", () => {
    const found = checkReferences(withValue("/scenario/invitations/0/focus", "serverA"));
    expect(found.map(({ message }) => message)).toEqual([
      "scenario.invitations[0].focus names “serverA”, which is not a controlling function.",
    ]);
    expect(checkReferences(withValue("/scenario/options/challenge/0", "clientA"))[0]?.code).toBe("wrong-role");
  });

  it("only warns of a hidden name that hides nothing", () => {
    expect(checkReferences(withValue("/view/hide", ["client", "archive", "ghost"]))).toEqual([
      {
        severity: "warning",
        code: "unknown-participant",
        message: "view.hide[2] names “ghost”, which is neither a participant nor a role.",
        at: "/view/hide/2",
      },
    ]);
  });
});

describe("D18: an id is had once in its list", () => {
  it.each([
    "scenario/participants",
    "scenario/users",
    "scenario/sessions",
    "scenario/invitations",
    "scenario/transfers",
    "scenario/chats",
    "variants",
    "requirements",
  ])("%s", (list) => {
    const flow = everyField();
    const holder = list.startsWith("scenario/") ? flow.scenario : flow;
    const name = list.replace("scenario/", "");
    const elements = (holder as Record<string, unknown>)[name] as readonly object[];
    const found = checkReferences(withValue(`/${list}`, [...elements, elements[0]]));
    const repeated = found.filter(({ code }) => code === "repeated-id");
    expect(repeated.map(({ at }) => at)).toEqual([`/${list}/${elements.length}/id`]);
  });
});
