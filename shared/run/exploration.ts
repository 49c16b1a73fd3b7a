import { z } from "zod";
import type { Choice } from "./choice.ts";
import type { OutcomeMap } from "./outcome-map.ts";
import type { RequirementInfo } from "./verdict.ts";

/** What an exploration may vary, and what it finds. Plain JSON: computed by the engine, asked for and shown by the page. */

/** What may be varied. Everything else goes in the engine's default order. */
export const freedomKinds = [
  "accept",
  "decline",
  "invite",
  "cancel",
  "end",
  "send",
  "transfer",
  "refuse",
  "silent",
  "timers",
  "loss",
  "order",
  "overtake",
] as const;

export type FreedomKind = (typeof freedomKinds)[number];

/** One freedom: what, for whom, and for some kinds a number. */
export interface Freedom {
  readonly kind: FreedomKind;
  /** Participants, edges `a>b` (loss, order) or names of timers (timers) to which it is confined; everywhere when empty. */
  readonly where: readonly string[];
  /** Of `decline` the status code, of `loss` how many messages may be lost in one run. */
  readonly number?: number | undefined;
}

/** The shape of a freedom that comes from elsewhere; `readFreedoms` says whether it fits a scenario. */
export const freedomSchema = z.strictObject({
  kind: z.enum(freedomKinds),
  where: z.array(z.string().min(1).max(200)).max(10_000).readonly(),
  number: z.int().min(0).max(999_999_999).optional(),
});

/** A freedom as it is written: `KIND[=NUMBER][:WHERE+WHERE…]`. */
export function freedomText({ kind, where, number }: Freedom): string {
  return `${kind}${number === undefined ? "" : `=${number}`}${where.length === 0 ? "" : `:${where.join("+")}`}`;
}

/** A way in which runs end. */
export interface Outcome {
  readonly id: string;
  readonly summary: string;
  /** How many orders lead to it, those not counted twice that differ only in the order of independent events. */
  readonly runs: number;
  /** There are more: the exploration was stopped, or the number is beyond counting. */
  readonly atLeast: boolean;
  /** A script that ends so: the one given, and a shortest tail. */
  readonly witness: readonly Choice[];
  /** The requirements that the witness breaks, by id; none where none are judged. */
  readonly breaks: readonly string[];
}

/** A requirement that some run breaks, and a shortest script of one that does. */
export interface Violation {
  readonly requirement: string;
  readonly summary: string;
  readonly witness: readonly Choice[];
}

/** Why an exploration is not complete: too many worlds, too long a run, or somebody asked it to stop. */
export type Stopped = "states" | "depth" | "asked";

export interface Exploration {
  /** Different worlds, and steps between them. */
  readonly states: number;
  readonly transitions: number;
  readonly complete: boolean;
  readonly stoppedBecause?: Stopped;
  readonly outcomes: readonly Outcome[];
  readonly violations: readonly Violation[];
  /** How many runs the requirements were judged on, and whether those were all. */
  readonly judged: { readonly runs: number; readonly all: boolean };
  /** Which turns lead to which of the outcomes, where that was asked for. */
  readonly map?: OutcomeMap;
}

/** An exploration of an open flow's variant: what was found, and what it was found of. */
export interface Explored {
  readonly exploration: Exploration;
  readonly variant: string;
  /** The choices of the variant's script after which it began; the rest of the script was left free. */
  readonly kept: readonly Choice[];
  /** How many choices of the script were left free. */
  readonly left: number;
  /** Of an exploration that is not complete: what ended it. */
  readonly endedBy?: "states" | "depth" | "time" | "person";
  readonly seconds: number;
  /** What the broken requirements are. */
  readonly requirements: readonly RequirementInfo[];
}

export const mostStates = 5_000_000;
export const mostSeconds = 3600;
