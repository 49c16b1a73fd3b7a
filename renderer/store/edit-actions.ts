import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { apply, type Edit, singles } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import type { EventPayload, Request, Response } from "../../shared/ipc/contract.ts";
import type { OpenFlow } from "../../shared/ipc/shapes.ts";
import type { HopName } from "../../shared/run/choice.ts";
import { gestureNow, type Renamed } from "../../shared/run/gesture.ts";
import type { Run } from "../../shared/run/run.ts";
import { changedRun } from "../../shared/run/run-change.ts";
import { draftNow } from "../editor/editing-state.ts";
import { anticipating } from "./anticipating.ts";
import type { Get, Put } from "./app-store.ts";
import { type Draw, failing } from "./draw.ts";
import { leftStates } from "./left-states.ts";
import type { Ports } from "./ports.ts";
import { failure, settle } from "./settle.ts";
import type { Actions, AppState } from "./state.ts";

export interface Editing {
  readonly actions: Pick<
    Actions,
    "edit" | "gesture" | "takeApart" | "reload" | "rewrite" | "undo" | "redo" | "changedElsewhere"
  >;
  /** When main has everything that was done here. */
  readonly settled: () => Promise<void>;
}

type Answer = Result<Response<"flow.edit">>;
type Ask = (at: Request<"flow.undo">) => Promise<Answer>;

/** Something to be done to the document, in its turn. */
interface Job {
  readonly ask: Ask;
  /** The edit, where it still has to be applied here once main has it. */
  readonly later?: Edit;
  /** What it names is called otherwise by what was done before it. */
  readonly follow?: (renamed: Renamed) => void;
  /** What goes wrong is told where it was written, not over the picture. */
  readonly quiet?: boolean;
  /** It is applied here already. */
  readonly applied: boolean;
  /** The picture shows it already. */
  readonly seen?: boolean;
  readonly done: (result: Result<void>) => void;
}

const dropped = "The flow was changed elsewhere at the same time; your last change was not made.";

/**
 * The actions that change the document. An edit is applied here at once and sent to main, which has the last word; one
 * after the other, in the order in which they were done. The run follows with the answer to the last of them.
 */
export function editing(ports: Ports, set: Put, get: Get, draw: Draw): Editing {
  const jobs: Job[] = [];
  let work: Promise<void> | undefined;
  const fail = failing(set, get);
  const ahead = anticipating(get, draw);
  const left = leftStates();
  /** Why the last edit left nothing to play; it goes from sight once something can be played again. */
  let unplayable: AppState["problem"];

  const enqueue = (job: Omit<Job, "done">): Promise<Result<void>> =>
    new Promise((done) => {
      jobs.push({ ...job, done });
      // What can be seen is painted before main is given something to do.
      work ??= job.seen === true ? ports.painted().then(workOff) : workOff();
    });

  /** What is shown is about to become something else, to which undo leads back. */
  const leave = () => {
    if (jobs.length === 0) left.keep(get());
  };

  const enqueueFrom = (job: Omit<Job, "done">) => {
    leave();
    return enqueue(job);
  };

  const workOff = async () => {
    for (let job = jobs[0]; job !== undefined; job = jobs[0]) {
      const result = await perform(job, jobs.length === 1);
      jobs.shift();
      if (!result.ok) {
        ahead.giveUp();
        if (job.quiet !== true) fail(result.failure);
        if (job.applied) await startAgain();
      }
      // Where the last of several failed, the run was not asked for.
      const { open, runAt } = get();
      if (jobs.length === 0 && open !== undefined && runAt !== open.revision) await refresh();
      job.done(result);
    }
    // At once after the last look at the jobs: one that comes later starts anew.
    work = undefined;
  };

  const perform = async (job: Job, isLast: boolean): Promise<Result<void>> => {
    const { open, variant, runAt } = get();
    if (open === undefined) return failure("No flow is open.");
    const show = { variant, ...(runAt === undefined ? undefined : { held: runAt }) };
    const answer = await settle(job.ask({ handle: open.handle, base: open.revision, ...(isLast && { show }) }));
    if (!answer.ok) return answer;
    if (answer.value.kind === "stale") {
      takeOver(answer.value.open as OpenFlow);
      return failure(dropped);
    }
    return adopt(answer.value, variant, job.later);
  };

  /** Takes over what main answered; what it says of the run goes on from the run that is shown. */
  const adopt = (
    { edit, run, drawn, renamed, kind: _, ...state }: Extract<Response<"flow.edit">, { kind: "changed" }>,
    asked: string,
    later: Edit | undefined,
  ): Result<void> => {
    const { open } = get();
    if (open === undefined) return failure("No flow is open.");
    const missing = edit ?? later;
    const document = ahead.takeFlow() ?? open.flow;
    const flow = missing === undefined ? ok(document) : apply(document, missing);
    if (!flow.ok) return flow;
    const patch = { open: { ...open, ...state, flow: flow.value } as OpenFlow, ...follow(new Map(renamed)) };
    if (run?.ok !== true) {
      unplayable = run?.failure ?? unplayable;
      set(run === undefined ? patch : { ...patch, problem: run.failure, runAt: state.revision });
      return ok(undefined);
    }
    if (unplayable !== undefined && get().problem === unplayable) set({ problem: undefined });
    unplayable = undefined;
    const before = run.variant === asked ? ahead.told() : undefined;
    draw({ ...patch, variant: run.variant, run: changedRun(before, run.change), runAt: state.revision }, "edited");
    if (drawn !== undefined) goTo(drawn);
    return ok(undefined);
  };

  /** What is still to be done, chosen or written goes on being about the hops it was about. */
  const follow = (renamed: Renamed): Partial<AppState> => {
    if (renamed.size === 0) return {};
    for (const job of jobs) job.follow?.(renamed);
    const { selected, draft } = get();
    return {
      selected: selected.map((hop) => renamed.get(hop) ?? hop),
      ...(draft !== undefined && { draft: draftNow(draft, renamed) }),
    };
  };

  /** What was just drawn is chosen, and the player stands at it. */
  const goTo = (hops: readonly HopName[]) => {
    const fresh = new Set(hops);
    const chosen = stepsOf(get().diagram).filter((step) => step.hops.some((hop) => fresh.has(hop)));
    const last = chosen.at(-1);
    if (last === undefined) return;
    const { actions } = get();
    actions.select(chosen.flatMap((step) => step.hops[0] ?? []));
    actions.seek(last.index + 1);
  };

  const takeOver = (open: OpenFlow) => {
    ahead.takeFlow();
    set({ open, runAt: undefined } as Partial<AppState>);
  };

  /** This copy of the document is not what main has: it is fetched, and what was to be done to it is given up. */
  const startAgain = async () => {
    const { open } = get();
    for (const { done } of jobs.splice(0)) done(failure(dropped));
    if (open === undefined) return;
    const replica = await settle(ports.replica(open.handle));
    if (replica.ok) takeOver(replica.value);
    else fail(replica.failure);
  };

  /** Fetches the run of what is shown. */
  const refresh = async () => {
    const { open, variant: shown } = get();
    if (open === undefined) return;
    const variant = open.flow.variants.some(({ id }) => id === shown) ? shown : (open.flow.variants[0]?.id ?? "");
    const run = await settle(ports.run(open.handle, variant));
    if (get().open?.revision !== open.revision) return;
    if (run.ok) draw({ variant, run: run.value, runAt: open.revision }, "edited");
    else set({ problem: run.failure, runAt: open.revision });
  };

  const edit: Actions["edit"] = (label, change, merge) => {
    const { open, run } = get();
    if (open === undefined) return Promise.resolve(failure("No flow is open."));
    const ask: Ask = (at) =>
      settle(ports.edit({ ...at, label, edit: change, ...(merge === undefined ? undefined : { merge }) }));
    leave();
    // After an undo that is still under way nobody here knows yet what the document is.
    if (jobs.some((job) => !job.applied)) return enqueue({ ask, later: change, applied: false });
    const flow = apply(open.flow, change);
    if (!flow.ok) {
      fail(flow.failure);
      return Promise.resolve(flow);
    }
    const patch = { open: { ...open, flow: flow.value, unsaved: true } };
    const seen = run !== undefined && singles(change).every(isSeen) && keepsParticipants(open.flow, flow.value);
    if (seen) draw(patch, "edited");
    else set(patch);
    return enqueue({ ask, applied: true, seen });
  };

  const changedElsewhere: Actions["changedElsewhere"] = async ({ handle, edit: change, ...state }) => {
    await work;
    const { open } = get();
    if (open === undefined || open.handle !== handle || state.revision <= open.revision) return;
    const flow = state.revision === open.revision + 1 ? apply(open.flow, change) : undefined;
    if (flow?.ok === true) takeOver({ ...open, ...state, flow: flow.value } as OpenFlow);
    else await startAgain();
    await refresh();
  };

  const move = (way: "undo" | "redo"): Promise<Result<void>> => {
    const idle = jobs.length === 0;
    if (idle && get().open?.history[way] === undefined) return Promise.resolve(failure(`There is nothing to ${way}.`));
    leave();
    const known = idle ? left.find(get(), way) : undefined;
    if (known !== undefined) ahead.goTo(known);
    return enqueue({ seen: known !== undefined, ask: (at) => ports[way](at), applied: false });
  };

  return {
    actions: {
      edit,
      gesture: (asked, along) => {
        let gesture = asked;
        leave();
        const before = get().run;
        const seen = ahead.begin(gesture);
        // What is drawn next belongs below it, however soon that is.
        if (seen && gesture.kind === "draw") goTo(namesBeside(before, get().run));
        return enqueue({
          seen,
          ask: (at) => ports.gesture({ ...at, variant: get().variant, gesture, ...(along && { along }) }),
          follow: (renamed) => {
            gesture = gestureNow(gesture, renamed);
          },
          applied: false,
        });
      },
      rewrite: (text) =>
        enqueueFrom({
          ask: (at) => ports.rewrite({ ...at, variant: get().variant, view: get().view, text }),
          applied: false,
          quiet: true,
        }),
      takeApart: (mark, alone) =>
        enqueueFrom({
          ask: (at) => ports.takeApart({ ...at, variant: get().variant, mark, ...(alone && { alone }) }),
          applied: false,
        }),
      reload: () => enqueueFrom({ ask: ports.reload, applied: false }),
      undo: () => move("undo"),
      redo: () => move("redo"),
      changedElsewhere,
    },
    settled: async () => {
      while (work !== undefined) await work;
    },
  };
}

/** The hops of a run that another had not. */
function namesBeside(before: Run | undefined, run: Run | undefined): readonly HopName[] {
  const known = new Set(before?.hops.map(({ name }) => name));
  return (run?.hops ?? []).flatMap(({ name }) => (known.has(name) ? [] : name));
}

const words = new Set([
  "marks",
  "arrows",
  "boxes",
  "prose",
  "notes",
  "definitions",
  "title",
  "clause",
  "figure",
  "introduction",
  "source",
  "view",
]);

/** Whether what an edit changes is seen without another run: what is written about it, and the heads of the lifelines. */
function isSeen(edit: ReturnType<typeof singles>[number]): boolean {
  const what = edit.kind === "set" ? edit.field : edit.list;
  return words.has(what) || what === "participants";
}

/** Whether all of whom a run tells are still there. */
function keepsParticipants(before: Flow, { scenario }: Flow): boolean {
  if (before.scenario === scenario) return true;
  const ids = new Set(scenario.participants.map(({ id }) => id));
  return before.scenario.participants.every(({ id }) => ids.has(id));
}

export type ChangedElsewhere = EventPayload<"flow.changed">;
