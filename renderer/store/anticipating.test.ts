import { expect, test } from "vitest";
import type { Run } from "../../shared/run/run.ts";
import { anticipating } from "./anticipating.ts";
import type { AppState } from "./state.ts";

const hop = { name: "a>b x#1", from: "a", to: "b", sent: 0, received: 1, origin: "authored" } as const;
const run: Run = {
  turns: [],
  hops: [{ ...hop, message: { name: "x", kind: "request", class: "cpm" } }],
  end: "rest",
};

function window(start: Run) {
  let state = { run: start } as AppState;
  const drawn: string[] = [];
  const ahead = anticipating(
    () => state,
    (patch) => {
      state = { ...state, ...patch };
      drawn.push(state.run?.hops.map(({ message }) => message.name).join(" ") ?? "");
    },
  );
  return { ahead, drawn, show: (other: Run) => (state = { ...state, run: other }) };
}

const rename = (label: string) => ({ kind: "relabel", hop: "a>b x#1", message: { label } }) as const;

test("I34: what a gesture comes to is shown at once, and the run that main told is kept beside it", () => {
  const { ahead, drawn } = window(run);
  ahead.begin(rename("y"));
  expect(drawn).toEqual(["y"]);
  expect(ahead.told()).toBe(run);
  ahead.begin(rename("z"));
  expect(drawn).toEqual(["y", "z"]);
  expect(ahead.told()).toBe(run);
});

test("I34: what main refuses is taken back", () => {
  const { ahead, drawn } = window(run);
  ahead.begin(rename("y"));
  ahead.giveUp();
  expect(drawn).toEqual(["y", "x"]);
  ahead.giveUp();
  expect(drawn).toEqual(["y", "x"]);
});

test("I34: what is shown from elsewhere is what main told", () => {
  const { ahead, drawn, show } = window(run);
  ahead.begin(rename("y"));
  const other = { ...run, hops: [] };
  show(other);
  expect(ahead.told()).toBe(other);
  ahead.giveUp();
  expect(drawn).toEqual(["y"]);
});
