import type { Flow } from "../../shared/flow/flow.ts";
import type { Choice } from "../../shared/run/choice.ts";
import type { Freedom } from "../../shared/run/exploration.ts";
import type { Exploring } from "../engine/index.ts";

/** What an exploration in a thread is to explore. Plain data. */
export interface ExploreRequest {
  readonly flow: Flow;
  /** The choices after which it begins. */
  readonly script: readonly Choice[];
  readonly freedoms: readonly Freedom[];
  readonly bounds?: Exploring["bounds"];
  /** So long it may take; without it as long as it takes. */
  readonly seconds?: number;
}
