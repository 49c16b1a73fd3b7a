import { afterEach, describe, expect, it, vi } from "vitest";
import type { Exposed } from "../../shared/ipc/channels.ts";
import { call, listen, openFile } from "./bridge.ts";

const flow = { format: "callflow", version: 1, title: "T", scenario: { participants: [] }, variants: [{ id: "main" }] };
const opened = { handle: "flow-1", name: "T", flow, revision: 0, history: {}, unsaved: false, diagnostics: [] };

function main(answer: (name: string, request: unknown, file?: unknown) => unknown) {
  let hear: ((name: string, payload: string) => void) | undefined;
  const exposed: Exposed = {
    call: async (name, request, file) => JSON.stringify(answer(name, JSON.parse(request), file)),
    on: (listener) => {
      hear = listener;
      return () => {
        hear = undefined;
      };
    },
  };
  vi.stubGlobal("window", { callflow: exposed });
  return { tell: (name: string, payload: unknown) => hear?.(name, JSON.stringify(payload)) };
}

afterEach(() => vi.unstubAllGlobals());

describe("call", () => {
  it("S4: gives what main answers", async () => {
    main((name, request) => ({ ok: true, value: { ...opened, name: `${name} ${JSON.stringify(request)}` } }));
    const result = await call("flow.openBundled", { id: "cpm/a" });
    expect(result.ok && result.value.name).toBe('flow.openBundled {"id":"cpm/a"}');
  });

  it("S4: gives main's failure as it is", async () => {
    main(() => ({ ok: false, failure: { message: "No.", detail: "why" } }));
    expect(await call("flow.close", { handle: "x" })).toEqual({
      ok: false,
      failure: { message: "No.", detail: "why" },
    });
  });

  it.each([
    ["nothing", undefined],
    ["no result", {}],
    ["another form", { ok: true, value: { handle: 1 } }],
    ["a flow without variants", { ok: true, value: { ...opened, flow: { format: "callflow", scenario: {} } } }],
    ["a failure without a sentence", { ok: false, failure: {} }],
  ])("S4: an answer that is %s is a failure", async (_what, answer) => {
    main(() => answer);
    const result = await call("flow.openBundled", { id: "a" });
    expect(result.ok ? "" : result.failure.message).toContain("does not understand");
  });

  it("never rejects: when main is gone, and outside of the app", async () => {
    main(() => {
      throw new Error("gone");
    });
    expect((await call("app.about", {})).ok).toBe(false);
    vi.stubGlobal("window", {});
    const result = await call("app.about", {});
    expect(result.ok ? "" : result.failure.message).toContain("inside the Callflow app only");
  });
});

describe("listen", () => {
  it("S4: hears what fits and nothing else, until it ends", () => {
    const { tell } = main(() => undefined);
    const command = vi.fn<(payload: { id: string }) => void>();
    const end = listen({ command });
    tell("command", { id: "play.next" });
    tell("command", { id: 7 });
    tell("no.such.event", { id: "play.next" });
    tell("problem", { message: "not listened to" });
    end();
    tell("command", { id: "play.last" });
    expect(command.mock.calls).toEqual([[{ id: "play.next" }]]);
  });
});

describe("openFile", () => {
  it("S7: opens a file by its path where main knows it", async () => {
    const asked: unknown[] = [];
    main((name, _request, file) => {
      asked.push(name, (file as File).name);
      return { ok: true, value: opened };
    });
    expect(await openFile(new File(["x"], "a.json"))).toEqual({ ok: true, value: opened });
    expect(asked).toEqual(["flow.openFile", "a.json"]);
  });

  it("S7: else by its text", async () => {
    main((name, request) => ({
      ok: true,
      value: name === "flow.openFile" ? null : { ...opened, name: JSON.stringify(request) },
    }));
    const result = await openFile(new File(["text"], "a.json"));
    expect(result.ok && result.value.name).toBe('{"name":"a.json","text":"text"}');
  });

  it("S7: refuses a file that is too large, or cannot be read, with a sentence", async () => {
    main(() => ({ ok: true, value: null }));
    const large = { name: "large.json", size: 65 * 1024 * 1024 } as File;
    const unreadable = { name: "gone.json", size: 1, text: () => Promise.reject(new Error("gone")) } as unknown as File;
    for (const file of [large, unreadable]) {
      const result = await openFile(file);
      expect(result.ok ? "" : result.failure.message).toContain(`“${file.name}”`);
    }
  });
});
