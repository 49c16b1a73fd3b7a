import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { withTexts } from "./change-request-texts.ts";
import { apply, invert } from "./edit.ts";
import type { Flow } from "./flow.ts";
import { asOne, passagesOf, rewrite } from "./passages.ts";

const flow = JSON.parse(
  readFileSync(new URL("../../test/old-files/v1/every-field.flow.json", import.meta.url), "utf8"),
) as Flow;

it("WD30 every passage can be rewritten, several of one element at once, and taken back", () => {
  const passages = passagesOf(flow);
  expect(new Set(passages.map(({ kind }) => kind))).toContain("Definition");
  expect(new Set(passages.map(({ kind }) => kind))).toContain("Change request");
  const edit = asOne(
    rewrite(
      flow,
      passages.map(({ path, text }) => ({ path, text: `${text}!` })),
    ),
  );
  if (edit === undefined) throw new Error("nothing to rewrite");
  const after = apply(flow, edit);
  if (!after.ok) throw new Error(after.failure.message);
  expect(passagesOf(after.value).map(({ text }) => text)).toEqual(passages.map(({ text }) => `${text}!`));
  const back = invert(flow, edit);
  expect(back.ok && apply(after.value, back.value)).toEqual({ ok: true, value: flow });
});

it("WD30 every text of a change request is a passage, and made another one all at once", () => {
  const request = flow.changeRequest ?? {};
  const loud = withTexts(request, (text) => text.toUpperCase());
  const texts = (one: Flow) =>
    passagesOf(one).flatMap(({ kind, text }) => (kind === "Change request" ? [text.toUpperCase()] : []));
  expect(
    passagesOf({ ...flow, changeRequest: loud })
      .filter(({ kind }) => kind === "Change request")
      .map(({ text }) => text),
  ).toEqual(texts(flow));
  expect(withTexts(request, (text) => text)).toBe(request);
});
