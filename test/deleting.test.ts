import { expect, test } from "vitest";
import type { Flow } from "../shared/flow/flow.ts";
import type { Choice } from "../shared/run/choice.ts";
import { expectOne, together, value } from "./page-and-main.ts";

// What becomes of what is written about messages that are deleted.

const message = (label: string): Choice => ({ kind: "inject", from: "a", to: "b", message: { label } });
const hop = (label: string, n = 1) => `a>b ${label}#${n}`;

const source: Flow = {
  format: "callflow",
  version: 1,
  title: "Four",
  scenario: { participants: ["a", "b"].map((id) => ({ id, name: id, role: "other" })) },
  variants: [{ id: "main", title: "Main", script: ["one", "two", "two", "three"].map(message) }],
  prose: [
    { at: hop("one"), to: hop("two", 2), text: "One and two." },
    { at: hop("three"), text: "Three." },
  ],
  notes: [
    { at: hop("two"), text: "First." },
    { at: hop("two", 2), text: "Second." },
    { at: hop("three"), text: "Third." },
  ],
  arrows: [
    { at: hop("two"), colour: "red" },
    { at: hop("three"), colour: "blue" },
  ],
};

async function windowWith(flow: Flow) {
  const both = together();
  await both.actions.openText("x", JSON.stringify(flow));
  const erase = async (...hops: readonly string[]) => {
    value(await both.actions.gesture({ kind: "erase", hops: [...hops] }));
    expectOne(both);
  };
  return { ...both, erase, flow: () => both.main().flow };
}

test("I41: notes, looks and paragraphs of drawn messages go with them, and come back by undo", async () => {
  const { actions, erase, flow } = await windowWith(source);
  await erase(hop("two"));
  expect(flow().notes).toEqual([
    { at: hop("two"), text: "Second." },
    { at: hop("three"), text: "Third." },
  ]);
  expect(flow().arrows).toEqual([{ at: hop("three"), colour: "blue" }]);
  await erase(hop("three"));
  expect(flow().prose).toEqual([{ at: hop("one"), to: hop("two"), text: "One and two." }]);
  value(await actions.undo());
  value(await actions.undo());
  expect(flow()).toEqual(source);
});

test("I41: a paragraph over several messages goes on with those that are left", async () => {
  const { erase, flow } = await windowWith(source);
  await erase(hop("one"));
  expect(flow().prose?.[0]).toEqual({ at: hop("two"), to: hop("two", 2), text: "One and two." });
  await erase(hop("two", 2));
  expect(flow().prose?.[0]).toEqual({ at: hop("two"), text: "One and two." });
});

test("I41: what another variant still has stays", async () => {
  const variants: Flow["variants"] = [
    ...source.variants,
    { id: "other", title: "Other", script: [message("two")], branch: { from: "main", keep: 1 } },
  ];
  const { erase, flow } = await windowWith({ ...source, variants });
  await erase(hop("two"), hop("two", 2));
  expect(flow().notes?.map(({ text }) => text)).toContain("First.");
});
