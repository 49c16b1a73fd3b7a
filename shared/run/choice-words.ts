import type { Choice } from "./choice.ts";
import { stimulusWords } from "./stimulus-words.ts";

/** A choice as one phrase for people: who does what. `names` by participant. */
export function choiceInWords(choice: Choice, names: ReadonlyMap<string, string>): string {
  const name = (id: string) => names.get(id) ?? id;
  switch (choice.kind) {
    case "stimulate": {
      const code = choice.code === undefined ? "" : ` with ${choice.code}`;
      const about = choice.what === undefined ? "" : ` (${choice.what})`;
      const before = choice.now === true ? ", before anything else happens" : "";
      return `${name(choice.participant)} ${stimulusWords[choice.stimulus]}${code}${about}${before}`;
    }
    case "expire": {
      const [timer = ""] = choice.timer.split(" ");
      const before = choice.now === true ? ", before anything else happens" : "";
      return `${timer} runs out at ${name(choice.participant)}${before}`;
    }
    case "inject":
      return `${name(choice.from)} sends “${choice.message.label}” to ${name(choice.to)}`;
    default: {
      const how = { deliver: "arrives", lose: "is lost", withhold: "is withheld", alter: "is altered" }[choice.kind];
      const [edge = "", message = ""] = choice.hop.split(" ");
      const [from = "", to = ""] = edge.split(">");
      const late = choice.kind === "deliver" ? " only now" : "";
      return `${message} from ${name(from)} to ${name(to)} ${how}${late}`;
    }
  }
}
