import { describe, expect, it } from "vitest";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Response } from "../../shared/ipc/contract.ts";
import type { Compared } from "../../shared/ipc/shapes.ts";
import type { Get, Put } from "./app-store.ts";
import { compareActions } from "./compare-actions.ts";
import type { Ports } from "./ports.ts";
import type { AppState } from "./state.ts";

type Answer = Result<Response<"flow.compare">>;

function setUp() {
  const waiting: ((answer: Answer) => void)[] = [];
  const ports = { compare: () => new Promise<Answer>((resolve) => waiting.push(resolve)) } as unknown as Ports;
  let state = { actions: { pause: () => {} } } as unknown as AppState;
  const set = ((patch: Partial<AppState>) => {
    state = { ...state, ...patch };
  }) as Put;
  const actions = compareActions(ports, set, (() => state) as Get, async () => {});
  return { actions, waiting, comparing: () => state.comparing };
}

const open = (variant: string): Compared => ({ from: "open", handle: "flow-1", variant });
const answer = (a: string, b: string): Answer => {
  const side = (variant: string) => ({ compared: open(variant), name: "F", flow: {}, variant, run: {} });
  return ok({ a: side(a), b: side(b) } as never);
};
const turn = () => new Promise((resolve) => setTimeout(resolve));

describe("B47 comparing", () => {
  it("shows what was asked for last, and the sides before until it is there", async () => {
    const { actions, waiting, comparing } = setUp();
    const first = actions.compare(open("a"), open("b"));
    await turn();
    expect(comparing()).toMatchObject({ a: open("a"), sides: undefined });
    waiting[0]?.(answer("a", "b"));
    await first;
    expect(comparing()).toMatchObject({ sides: { b: { variant: "b" } } });
    const late = actions.compare(open("a"), open("c"));
    await turn();
    const last = actions.compare(open("a"), open("d"));
    await turn();
    waiting[2]?.(answer("a", "d"));
    await last;
    waiting[1]?.(answer("a", "c"));
    await late;
    expect(comparing()).toMatchObject({ sides: { b: { variant: "d" } } });
  });

  it("stays where it was when no file is chosen, and says what went wrong", async () => {
    const { actions, waiting, comparing } = setUp();
    const none = actions.compare(open("a"), { from: "dialog" });
    await turn();
    waiting[0]?.(ok(null));
    await none;
    expect(comparing()).toBeUndefined();
    const broken = actions.compare(open("a"), open("b"));
    await turn();
    waiting[1]?.(fail("It cannot be played."));
    await broken;
    expect(comparing()).toMatchObject({ failure: { message: "It cannot be played." } });
    actions.endComparison();
    expect(comparing()).toBeUndefined();
  });

  it("does not come back when it was closed while it was made", async () => {
    const { actions, waiting, comparing } = setUp();
    const asked = actions.compare(open("a"), open("b"));
    await turn();
    actions.endComparison();
    waiting[0]?.(answer("a", "b"));
    await asked;
    expect(comparing()).toBeUndefined();
  });
});
