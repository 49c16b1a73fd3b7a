import type { Stimulus } from "./choice.ts";

/** What somebody does, as the rest of a sentence that begins with a name: "CPM Client B1 accepts". */
export const stimulusWords: Readonly<Record<Stimulus, string>> = {
  invite: "invites",
  accept: "accepts",
  decline: "declines",
  cancel: "gives up the invitation",
  end: "ends the session",
  send: "sends a message",
  transfer: "asks for a transfer",
  refuse: "refuses by its operator’s policy",
};
