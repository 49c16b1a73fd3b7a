/** What is computed about a variant for those who look at all of them. Plain JSON. */
export interface VariantInfo {
  readonly id: string;
  /** How many steps the flow's own view shows. */
  readonly steps: number;
  /** How its run ends, in a phrase; absent where the rules do not say. */
  readonly outcome?: string;
  /** How many requirements of level SHALL and MUST its run breaks. */
  readonly broken: number;
  /** At how many places its author departs from the rules without having said that it is meant. */
  readonly departs: number;
  /** The printed number of the step of its parent in whose place something else happens; "" after the last. */
  readonly fork?: string;
  /** Why it does not fit the scenario any more, or cannot be run. */
  readonly trouble?: string;
}
