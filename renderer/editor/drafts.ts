import { knownNames } from "../../shared/flow/messages.ts";
import { recognise } from "../../shared/flow/recognise.ts";

type MessageKind = "request" | "response" | "media";

/** What an arrow of that name is: the catalogue says, else the words; `otherwise` where neither does. */
export function kindOf(label: string, otherwise: MessageKind): MessageKind {
  const known = knownNames().find(({ name }) => name === label);
  if (known !== undefined) return known.kind;
  const meaning = recognise(label)?.kind;
  return meaning === undefined || meaning === "state" ? otherwise : meaning;
}

/** Names that hold each word that was typed, those first that start with it. */
export function completions(typed: string, most = 8): readonly string[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return [];
  const parts = wanted.split(/\s+/);
  const fitting = knownNames()
    .map(({ name }) => name)
    .filter((name) => parts.every((part) => name.toLowerCase().includes(part)) && name.toLowerCase() !== wanted);
  const starts = (name: string) => (name.toLowerCase().startsWith(wanted) ? 0 : 1);
  return fitting.sort((a, b) => starts(a) - starts(b)).slice(0, most);
}
