import { describe, expect, it, vi } from "vitest";
import type { Result } from "../../shared/flow/result.ts";
import { calls, type Handlers } from "../../shared/ipc/contract.ts";
import { serve } from "./serve.ts";

type Ask = (name: unknown, request: unknown, path?: unknown) => Promise<Result<unknown>>;

function served(handlers: Partial<Handlers>, { trusted = true } = {}) {
  const log = vi.fn<(message: string) => void>();
  const answer = serve<string>({ handlers: handlers as Handlers, isTrusted: () => trusted, log });
  const ask: Ask = async (name, request, path) => JSON.parse(await answer("event", name, request, path));
  return { ask, log };
}

const message = (result: Result<unknown>) => (result.ok ? "" : result.failure.message);

describe("serve", () => {
  it("S1: refuses a caller that is not the app's own page", async () => {
    const close = vi.fn<Handlers["flow.close"]>();
    const { ask, log } = served({ "flow.close": close }, { trusted: false });
    expect(message(await ask("flow.close", '{"handle":"flow-1"}'))).toContain("own page");
    expect(close).not.toHaveBeenCalled();
    expect(log).toHaveBeenCalledOnce();
  });

  it.each(["flow.shred", "", "__proto__", "constructor", "toString", 7, null, ["flow.close"]])(
    "S2: refuses the call %j",
    async (name) => {
      const { ask, log } = served({});
      expect(message(await ask(name, "{}"))).toBe("There is no such call.");
      expect(log).toHaveBeenCalledOnce();
    },
  );

  it.each([
    ["not JSON", "{handle"],
    ["no text", { handle: "flow-1" }],
    ["nothing", undefined],
    ["another type", '"flow-1"'],
    ["a field missing", "{}"],
    ["a field too many", '{"handle":"flow-1","path":"/etc/passwd"}'],
    ["a wrong type", '{"handle":1}'],
    ["a long handle", JSON.stringify({ handle: "x".repeat(1000) })],
  ])("S2: refuses a request that is %s", async (_what, request) => {
    const close = vi.fn<Handlers["flow.close"]>();
    const { ask, log } = served({ "flow.close": close });
    expect(message(await ask("flow.close", request))).toBe("The request for flow.close is not of the agreed form.");
    expect(close).not.toHaveBeenCalled();
    expect(log).toHaveBeenCalledOnce();
  });

  it("S3: answers what a handler throws with a sentence, and logs it", async () => {
    const { ask, log } = served({
      "flow.close": async () => {
        throw new Error("a mistake of ours");
      },
    });
    expect(message(await ask("flow.close", '{"handle":"flow-1"}'))).toContain("Something went wrong inside Callflow");
    expect(log.mock.calls[0]?.[0]).toContain("a mistake of ours");
  });

  it("S4: does not send an answer that is not of the agreed form", async () => {
    const about = { version: 1, runtime: "x", chrome: "x", node: "x" } as unknown;
    const { ask, log } = served({ "app.about": (async () => ({ ok: true, value: about })) as Handlers["app.about"] });
    expect((await ask("app.about", "{}")).ok).toBe(false);
    expect(log).toHaveBeenCalledOnce();
  });

  it("S7: hands the path of a dropped file to the handler, and nothing that is no text", async () => {
    const open = vi.fn<Handlers["flow.openFile"]>(async () => ({ ok: true, value: null }));
    const { ask } = served({ "flow.openFile": open });
    await ask("flow.openFile", "{}", "/home/a/b.flow.json");
    await ask("flow.openFile", "{}", { path: "/etc/passwd" });
    expect(open.mock.calls.map(([, path]) => path)).toEqual(["/home/a/b.flow.json", ""]);
  });

  it("S5: a call without a handler does not compile", () => {
    const { "flow.close": _, ...rest } = {} as Handlers;
    // @ts-expect-error flow.close is missing
    const incomplete: Handlers = rest;
    expect(incomplete).toEqual({});
  });

  it("S2: every call refuses a field that it does not know", () => {
    for (const [name, { request }] of Object.entries(calls)) {
      const parsed = request.safeParse({ unknownField: 1 });
      const codes = parsed.success ? [] : parsed.error.issues.map((issue) => issue.code);
      expect(codes, name).toContain("unrecognized_keys");
    }
  });
});
