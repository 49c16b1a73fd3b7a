import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasRepeatedKeys, inspectJson } from "./json.ts";

const sentence = (text: string) => {
  const { error } = inspectJson(text);
  return error === undefined ? "" : `${error.line}:${error.column} ${error.message}`;
};

describe("D4: broken JSON is told with its place", () => {
  it.each([
    ["", "1:1 a value is expected, but the file ends"],
    ['{"a": 1,}', '1:9 a field\'s name is expected after the comma, but "}" follows'],
    ['{\n  "a": [1, 2,]\n}', '2:14 a value is expected after the comma, but "]" follows'],
    ['{"a" 1}', '1:6 a colon is expected, but "1" follows'],
    ['{"a": 1\n "b": 2}', '2:2 a comma or } is expected, but "\\"b\\"" follows'],
    ["[1 2]", '1:4 a comma or ] is expected, but "2" follows'],
    ["{a: 1}", '1:2 a field\'s name in double quotes is expected, but "a" follows'],
    ['{"a": 1} // done', "1:10 nothing more is expected, but a comment follows, which JSON does not have"],
    ['{"a": tru', '1:7 a value is expected, but "tru" follows'],
    ['["one\ntwo"]', "1:6 the rest of a text and its closing quote are expected, but the line ends"],
    ['["open', "1:7 the rest of a text and its closing quote are expected, but the file ends"],
    ['["\\q"]', '1:3 the rest of a text and its closing quote are expected, but "\\\\q\\"" follows'],
    ["[01]", '1:3 a comma or ] is expected, but "1" follows'],
    ["[", "1:2 a value is expected, but the file ends"],
  ])("%j", (text, expected) => {
    expect(sentence(text)).toBe(expected);
  });

  it("finds an error exactly where the language's own parser does", () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "]", "}", '"', "x", "\\", "\u0001", "1", ":"))
      .map(([json, at, put]) => {
        const cut = at % (json.length + 1);
        return json.slice(0, cut) + put + json.slice(cut + 1);
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(inspectJson(text).error === undefined).toBe(valid);
      }),
      { numRuns: 2000 },
    );
  });

  it("does not overflow on deep nesting", () => {
    expect(sentence("[".repeat(200_000))).toContain("the file ends");
    expect(sentence("[".repeat(200_000) + "]".repeat(200_000))).toBe("");
  });
});

describe("D5: a field that is written twice", () => {
  it.each([
    ['{"a": 1, "a": 2}', [{ path: ["a"], line: 1 }]],
    ['{"a": [{}, {"b": 1,\n"b": 2}]}', [{ path: ["a", 1, "b"], line: 2 }]],
    ['{"a": 1, "\\u0061": 2}', [{ path: ["a"], line: 1 }]],
    ['{"a": {"a": 1}, "b": {"a": 1}}', []],
    [`{${Array.from({ length: 30 }, (_, i) => `"k${i % 29}": 1`).join(",")}}`, [{ path: ["k0"], line: 1 }]],
  ])("%j", (text, repeated) => {
    expect(inspectJson(text).repeated).toEqual(repeated);
    expect(hasRepeatedKeys(text, JSON.parse(text))).toBe(repeated.length > 0);
  });

  it("is told by both ways of looking, or by none", () => {
    const twice = fc
      .tuple(fc.json(), fc.json(), fc.constantFrom("a", "b", '\\"', ":"), fc.constantFrom("a", "b", '\\"', ":"))
      .map(([one, two, a, b]) => `{"${a}": ${one}, "${b}": [${two}, {"${a}": ${one}}]}`);
    fc.assert(
      fc.property(fc.oneof(fc.json(), twice), (text) => {
        expect(hasRepeatedKeys(text, JSON.parse(text))).toBe(inspectJson(text).repeated.length > 0);
      }),
      { numRuns: 1000 },
    );
  });
});
