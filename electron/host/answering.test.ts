import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Flow } from "../../shared/flow/flow.ts";
import type { Result } from "../../shared/flow/result.ts";
import { builtWorker } from "../../test/built-worker.ts";
import { type Aside, withKnownParts } from "../workspace/aside.ts";
import { createWorkspace } from "../workspace/workspace.ts";
import { createAside } from "./answering.ts";
import { bundleIn } from "./bundle.ts";
import { disk } from "./disk.ts";

const built = builtWorker("answer.worker");
const bundle = bundleIn(resolve(import.meta.dirname, "../../flows"));

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** What the workspace says about the flow, and which kinds of questions it has asked of others. */
async function asked(flow: Flow, aside?: Aside) {
  const kinds: string[] = [];
  const counted: Aside = async (handle, question) => {
    kinds.push(question.kind);
    return aside?.(handle, question);
  };
  const workspace = createWorkspace(disk, bundle, aside === undefined ? {} : { aside: counted });
  const { handle } = value(workspace.openText("a.flow.json", JSON.stringify(flow)));
  const ids = flow.variants.map(({ id }) => id);
  const answers = [
    value(await workspace.check(handle, ids[0] ?? "")),
    value(await workspace.variants(handle, ids)),
    value(await workspace.missing(handle)),
    value(await workspace.variants(handle, ids.slice(1))),
    value(await workspace.whatIf(handle, ids[0] ?? "", 5)),
  ];
  return { kinds, answers };
}

const read = async (id: string): Promise<Flow> => value(await createWorkspace(disk, bundle).openBundled(id)).flow;

/** With so many variants that judging takes a while. */
const long = (flow: Flow): Flow => ({
  ...flow,
  variants: [
    ...flow.variants,
    ...Array.from({ length: 20 }, (_, i) => ({ ...flow.variants[0], id: `copy${i}`, title: "Copy" })),
  ] as Flow["variants"],
});

describe("S31 what takes long is answered in a thread", () => {
  it("as it would be here, of a flow that is long; of others all but the missing branches are answered here", async () => {
    const aside = createAside(built.worker);
    const flow = await read("cpm/group-invitation");
    const there = await asked(long(flow), aside);
    expect(there.kinds).toEqual(["check", "variants", "missing", "variants"]);
    expect(there.answers).toEqual((await asked(long(flow))).answers);
    const busy = await read("sip/busy");
    const here = await asked(busy, aside);
    expect(here.kinds).toEqual(["missing"]);
    expect(here.answers).toEqual((await asked(busy)).answers);
  }, 60_000);

  it("what else may happen too, of a run that is long", async () => {
    const aside = createAside(built.worker);
    const flow = await read("cpm/one-to-one");
    const chats = Array.from({ length: 30 }, (_, i) => ({
      id: `m${i}`,
      session: "session",
      from: "clientA",
      text: "Hi",
    }));
    const sends = chats.map(
      ({ id }) => ({ kind: "stimulate", participant: "clientA", stimulus: "send", what: id }) as const,
    );
    const [main] = flow.variants;
    const longRun = {
      ...flow,
      scenario: { ...flow.scenario, chats },
      variants: [{ ...main, script: [...(main?.script.slice(0, 2) ?? []), ...sends] }],
    } as Flow;
    const there = await asked(longRun, aside);
    expect(there.kinds).toContain("whatIf");
    expect(there.answers).toEqual((await asked(longRun)).answers);
  }, 60_000);

  it("and here where the thread cannot answer", async () => {
    const nobody = createAside(built.missing);
    const flow = long(await read("sip/busy"));
    expect((await asked(flow, nobody)).answers).toEqual((await asked(flow)).answers);
  }, 60_000);

  it("keeps what it has computed of a flow for as long as that stays the same", async () => {
    const flow = await read("cpm/group-invitation");
    const copy = structuredClone(flow);
    const same = withKnownParts(flow, copy);
    expect(same).toEqual(flow);
    expect(same.scenario).toBe(flow.scenario);
    expect(same.variants[0]?.script[0]).toBe(flow.variants[0]?.script[0]);
    const edited = withKnownParts(flow, { ...copy, scenario: { ...copy.scenario, rules: { off: ["PF-NONE"] } } });
    expect(edited.scenario).not.toBe(flow.scenario);
    expect(edited.scenario.rules).toEqual({ off: ["PF-NONE"] });
  });
});
