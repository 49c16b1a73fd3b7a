import type { OptionName } from "../../shared/flow/options.ts";

/** What each option is about, in a sentence. */
export const optionSays: Readonly<Record<OptionName, string>> = {
  forking:
    "An invitation to a user with several devices goes to each of them; once one accepts, the others are cancelled.",
  participatingFunction: "How the server of a network takes part in sessions of its users.",
  release: "Who answers when a session is ended.",
  declineCode: "486: this device only. 603: no device of the user wants it.",
  busyCode: "What a busy device answers.",
  ringTimeoutCode: "What a device answers that stops ringing by itself.",
  noAnswerCode: "What the server answers once nobody has accepted in its time.",
  unreachableCode: "What is answered when no device sends anything at all.",
  focusKeeps: "What becomes of further devices of a user who accept an invitation to a group.",
  transferMediaPath: "Whether messages go on through the server after a transfer.",
  trying: "Whoever passes an invitation on says so at once with 100.",
  challenge: "They ask their own clients for credentials (407) before the first invitation.",
};

/** What each value of an option with a few means. */
export const valueSays: Readonly<Partial<Record<OptionName, Readonly<Record<string, string>>>>> = {
  forking: {
    coreForksServerCancels: "The server sends one invitation to its core, and cancels device by device.",
    coreForksCoreCancels: "The core does both, as RFC 3261 has it; the server sees one invitation.",
    serverForks: "The server sends an invitation for each device.",
  },
  participatingFunction: {
    b2bua: "It ends both sides: it may answer, cancel and release on its own.",
    proxy: "It passes messages on and changes nothing.",
  },
  release: {
    endToEnd: "The other client does; the answer goes back the whole way.",
    hopByHop: "Each server does at once, and passes the release on.",
  },
  focusKeeps: {
    oneDevice: "They are released: a user takes part once.",
    manyDevices: "They stay: a user may take part with several.",
  },
  transferMediaPath: {
    serverInPath: "The session with the other user stays; only its near end moves.",
    serverNotInPath: "The target sets up a session of its own, which replaces the one before.",
  },
};
