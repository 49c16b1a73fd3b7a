import type { End, Step } from "../../shared/diagram/diagram.ts";
import type { AppState } from "../store/state.ts";

interface Entry {
  readonly text: string;
  readonly act: () => unknown;
  readonly off?: boolean;
  readonly more?: readonly Entry[];
}

/** Other ends for a message, without a pointer: the sender of its first hop and the receiver of its last. */
export function endEntries({ open, run, actions }: AppState, step: Step): readonly Entry[] {
  const [first, last] = [step.hops[0], step.hops.at(-1)].map((name) => run?.hops.find((hop) => hop.name === name));
  if (open === undefined || first === undefined || last === undefined) return [];
  const { participants } = open.flow.scenario;
  const to = (own: End, reroute: (id: string) => { hop: string; from: string; to: string }): readonly Entry[] =>
    participants.map(({ id, name }) => ({
      text: name,
      off: own.kind === "lifeline" && own.id === id,
      act: () => actions.gesture({ kind: "reroute", ...reroute(id) }),
    }));
  const act = () => undefined;
  return [
    { text: "Sender", act, more: to(step.from, (id) => ({ hop: first.name, from: id, to: first.to })) },
    { text: "Receiver", act, more: to(step.to, (id) => ({ hop: last.name, from: last.from, to: id })) },
  ];
}
