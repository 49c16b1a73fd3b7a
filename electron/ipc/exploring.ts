import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { EventPayload, Handlers, Request } from "../../shared/ipc/contract.ts";
import { type Exploration, type Explored, type Freedom, freedomText } from "../../shared/run/exploration.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { prefixLength, readFreedoms, requirements } from "../engine/index.ts";
import type { ExploreRequest } from "../host/explore-request.ts";
import type { RunningExploration } from "../host/exploring.ts";
import type { Workspace } from "../workspace/workspace.ts";

type Asked = Request<"explore.start">;

/** Starts an exploration in a thread; `startExploring` with the worker known. */
export type StartThread = (
  request: ExploreRequest,
  onProgress: (progress: Pick<Exploration, "states" | "transitions">) => void,
) => RunningExploration;

export interface Explorer {
  readonly handlers: Pick<Handlers, "explore.start" | "explore.stop">;
  /** Ends what is under way at once; with a handle, only if it is about that flow. */
  end(handle?: string): void;
}

/** The page hears of progress at most so often, in seconds. */
const TELL_EVERY = 0.15;

interface Going {
  readonly handle: string;
  /** Absent while it is still being planned. */
  running?: RunningExploration;
  /** The person asked for no more. */
  stopped: boolean;
  /** Nobody waits for it any more. */
  ended: boolean;
}

/** What main does for the calls that explore an open flow. At most one exploration goes on at a time. */
export function createExplorer(
  workspace: Workspace,
  start: StartThread,
  tell: (progress: EventPayload<"explore.progress">) => void,
): Explorer {
  let going: Going | undefined;

  const explore = async (asked: Asked): Promise<Result<Explored>> => {
    if (going !== undefined) return fail("An exploration is under way already; cancel it first.");
    const { handle } = asked;
    const mine: Going = { handle, stopped: false, ended: false };
    going = mine;
    const release = () => {
      if (going === mine) going = undefined;
    };
    const plan = await planOf(workspace, asked);
    if (!plan.ok || mine.stopped || mine.ended) {
      release();
      return plan.ok ? fail("The exploration was cancelled before it began.") : plan;
    }
    const started = performance.now();
    const since = () => (performance.now() - started) / 1000;
    const { request, kept, left } = plan.value;
    let told = Number.NEGATIVE_INFINITY;
    const running = start(request, ({ states, transitions }) => {
      const seconds = since();
      if (seconds - told < TELL_EVERY) return;
      told = seconds;
      tell({ handle, states, transitions, seconds });
    });
    mine.running = running;
    const found = await running.result;
    release();
    if (!found.ok) return found;
    const { complete, stoppedBecause = "asked", violations, outcomes } = found.value;
    const broken = new Set([...violations.map(({ requirement }) => requirement), ...outcomes.flatMap((o) => o.breaks)]);
    const endedBy = stoppedBecause !== "asked" ? stoppedBecause : mine.stopped ? "person" : "time";
    return ok({
      exploration: found.value,
      variant: asked.variant,
      kept,
      left,
      ...(complete ? undefined : { endedBy }),
      seconds: since(),
      requirements: requirements
        .filter(({ id }) => broken.has(id))
        .map(({ id, level, source, sentence }) => ({
          id,
          level,
          source,
          sentence,
        })),
    });
  };

  return {
    handlers: {
      "explore.start": explore,
      "explore.stop": async () => {
        if (going !== undefined) {
          going.stopped = true;
          going.running?.stop();
        }
        return ok(null);
      },
    },
    end(handle) {
      if (going === undefined || (handle !== undefined && handle !== going.handle)) return;
      going.ended = true;
      going.running?.abandon();
      going = undefined;
    },
  };
}

interface Plan extends Pick<Explored, "kept" | "left"> {
  readonly request: ExploreRequest;
}

/** What is to be explored of an open flow; fails with a sentence where that cannot be. */
async function planOf(workspace: Workspace, asked: Asked): Promise<Result<Plan>> {
  const { handle, variant, states, seconds } = asked;
  const open = workspace.find(handle);
  if (!open.ok) return open;
  const { flow, revision } = open.value;
  if (revision !== asked.base) return fail("The flow has changed meanwhile; start the exploration again.");
  if (asked.freedoms.length === 0) return fail("Nothing is left free; choose at least one thing that may vary.");
  const freedoms = readFreedoms(asked.freedoms.map(freedomText).join(","), flow.scenario);
  if (!freedoms.ok) return freedoms;
  const script = wholeScript(flow, variant);
  if (!script.ok) return script;
  const keep = await keepOf(workspace, asked, script.value, freedoms.value);
  if (!keep.ok) return keep;
  const kept = script.value.slice(0, keep.value);
  const request = { flow, script: kept, freedoms: freedoms.value, bounds: { states }, seconds };
  return ok({ request, kept, left: script.value.length - kept.length });
}

/** After how many choices of the script an exploration begins. */
async function keepOf(
  workspace: Workspace,
  { handle, variant, from }: Asked,
  script: ExploreRequest["script"],
  freedoms: readonly Freedom[],
): Promise<Result<number>> {
  if (from === "start") return ok(prefixLength(script, freedoms));
  const run = await workspace.run(handle, variant);
  if (!run.ok) return run;
  return ok(run.value.turns.slice(0, from).filter(({ by }) => by === "script").length);
}
