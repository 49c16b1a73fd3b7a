import { arrived, type Condition, type Context, type Rule } from "../rule.ts";
import { isFailure, isProvisional, isSuccess } from "../sip.ts";
import { contextOf, type ResponseContext } from "./context.ts";

/** Guards that the rules of a forking element share. */

export type Make = (id: string, rest: Omit<Rule, "id" | "role">) => Rule;

export function context(c: Context): ResponseContext {
  const found = contextOf(c);
  if (found === undefined) throw new Error("no response context");
  return found;
}

export const known: Condition = {
  text: "the response belongs to an invitation passed on here",
  test: (c) => contextOf(c) !== undefined,
};
export const status = (text: string, test: (m: ReturnType<typeof arrived>) => boolean): Condition => ({
  text,
  test: (c) => test(arrived(c)),
  value: (c) => String(arrived(c).status),
});
export const provisional = status("it is provisional", isProvisional);
export const alerting = status("it is an ALERTING response", (m) => m.status === 180 || m.status === 183);
export const success = status("it is an acceptance", isSuccess);
export const failure = status("it is a refusal or another failure", isFailure);
export const inState = (text: string, ...states: ResponseContext["state"][]): Condition => ({
  text,
  test: (c) => states.includes(context(c).state),
  value: (c) => context(c).state,
});
export const unanswered = inState("no acceptance has been passed on", "forked", "collecting");
export const settled = inState("the invitation is settled", "answered", "done");
export const backToBack: Condition = { text: "it works back to back", test: (c) => context(c).backToBack };
export const proxy: Condition = { text: "it works as a proxy", test: (c) => !context(c).backToBack };
