import { numberOf } from "../../../shared/flow/recognise.ts";
import type { Requirement, Say } from "./requirement.ts";
import type { Trace, TraceMessage } from "./trace.ts";
import { Told, told } from "./words.ts";

/** ED: what makes a published flow readable; judged on the run and on what people wrote about it. */
export const editorial: readonly Requirement[] = [
  {
    id: "ED-1",
    level: "house style",
    source: "numbering of steps",
    sentence: "Numbers of arrows are unique, in order and without gaps.",
    judge: (trace, say) => judgeNumbers(trace, say),
  },
  {
    id: "ED-3",
    level: "house style",
    source: "figures",
    sentence: "Every arrow has a label, and the description names the entities of its arrow.",
    judge: (trace, say) => {
      for (const m of trace.messages) {
        const label = m.message.name.trim();
        if (label === "" || /^\(?unlabel/i.test(label))
          say.broken([m], `The arrow from ${trace.the(m.from)} to ${trace.the(m.to)} has no label.`);
        else if (m.authored) say.kept(m);
      }
      judgeDescriptions(trace, say);
    },
  },
  {
    id: "ED-4",
    level: "house style",
    source: "figures",
    sentence: "An element on the path of one message of a transaction is on the path of all.",
    judge: (trace, say) => {
      for (const t of trace.transactions) {
        if (t.abbreviated === true)
          say.broken([t.request], `${Told(trace, t.request)} skips elements that its INVITE passes.`);
        for (const r of [...t.provisionals, ...t.finals])
          if (r.to !== t.client || r.from !== t.server)
            say.broken([r], `${Told(trace, r)} skips elements that its request passes.`);
        if (t.abbreviated !== true && t.finals.every((r) => r.to === t.client)) say.kept(t.request);
      }
    },
  },
];

function judgeNumbers(trace: Trace, say: Say): void {
  const firsts = new Map<number, TraceMessage>();
  let before: { readonly number: number; readonly m: TraceMessage } | undefined;
  for (const m of trace.messages) {
    const number = m.authored && m.kind !== "media" ? numberOf(m.message.name) : undefined;
    if (number === undefined) continue;
    const first = firsts.get(number);
    if (first !== undefined)
      say.broken([first, m], `F${number} stands on two arrows: ${told(trace, first)}, and ${told(trace, m)}.`);
    else if (before !== undefined && number < before.number)
      say.broken([m], `F${number}, ${told(trace, m)}, stands after F${before.number}.`);
    else if (before !== undefined && number > before.number + 1)
      say.broken(
        [before.m, m],
        `Between F${before.number} and F${number} ${number - before.number > 2 ? "numbers are" : `F${before.number + 1} is`} missing.`,
      );
    else say.kept(m);
    firsts.set(number, m);
    if (before === undefined || number > before.number) before = { number, m };
  }
}

/** A paragraph that names participants names one of those between which its first arrow runs. */
function judgeDescriptions(trace: Trace, say: Say): void {
  const named = trace.flow.scenario.participants.map(({ id, name }) => ({ id, name }));
  for (const { at, text } of trace.flow.prose ?? []) {
    const m = trace.byHop.get(at);
    if (m === undefined || named.length > 500) continue;
    const mentioned = new Set(named.filter(({ name }) => mentions(text, name)).map(({ id }) => id));
    if (mentioned.size === 0) continue;
    if (mentioned.has(m.from) || mentioned.has(m.to)) say.kept(m);
    else say.broken([m], `The description of ${told(trace, m)} names neither of the two.`);
  }
}

/** The name stands in the text as a whole, not as the beginning of a longer one. */
export function mentions(text: string, name: string): boolean {
  for (let i = text.indexOf(name); i >= 0; i = text.indexOf(name, i + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[i + name.length] ?? " ")) return true;
  }
  return false;
}
