import type { Options } from "./flow.ts";

/** The options of a scenario as people read and set them. */

/** What holds where a scenario says nothing. */
export const defaultOptions: Options = {
  forking: "coreForksServerCancels",
  participatingFunction: "b2bua",
  release: "endToEnd",
  declineCode: 486,
  busyCode: 486,
  ringTimeoutCode: 480,
  noAnswerCode: 408,
  unreachableCode: 408,
  focusKeeps: "oneDevice",
  transferMediaPath: "serverInPath",
  trying: false,
  challenge: [],
};

export type OptionName = keyof Options;

/** What each option is called. */
export const optionTitles: Readonly<Record<OptionName, string>> = {
  forking: "Forking",
  participatingFunction: "Participating function",
  release: "Release",
  declineCode: "Code of a decline",
  busyCode: "Code of a busy device",
  ringTimeoutCode: "Code when it stops ringing",
  noAnswerCode: "Code when nobody answers",
  unreachableCode: "Code when nothing comes back",
  focusKeeps: "The controlling function keeps",
  transferMediaPath: "Media path of a transfer",
  trying: "Show 100 Trying",
  challenge: "Cores that challenge",
};

/** The values of the options that have only a few, in words. */
export const optionValues = {
  forking: {
    coreForksServerCancels: "the core forks, the server cancels",
    coreForksCoreCancels: "the core forks and cancels",
    serverForks: "the server forks and cancels",
  },
  participatingFunction: { b2bua: "back to back", proxy: "a proxy" },
  release: { endToEnd: "end to end", hopByHop: "hop by hop" },
  focusKeeps: { oneDevice: "one device of a user", manyDevices: "all devices that accept" },
  transferMediaPath: {
    serverInPath: "the server stays in the media path",
    serverNotInPath: "the server is not in the media path",
  },
} as const satisfies { readonly [Name in OptionName]?: Readonly<Record<Options[Name] & string, string>> };
