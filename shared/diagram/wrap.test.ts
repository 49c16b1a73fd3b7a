import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nastyText } from "../../test/arbitrary-diagram.ts";
import { textWidth } from "./measure.ts";
import { balancedLines, breakLines, clipLines, longestWord } from "./wrap.ts";

const width = (text: string) => textWidth(text, 13);

describe("L18: where lines end", () => {
  test("after a space", () => {
    expect(breakLines("CPM Session Invitation", width("CPM Session "), 13)).toEqual(["CPM Session", "Invitation"]);
  });

  test("before an opening bracket", () => {
    expect(breakLines("Core Server(home)", width("Core Server(h"), 13)).toEqual(["Core Server", "(home)"]);
  });

  test("after a slash only where the word has no room on a line of its own", () => {
    expect(breakLines("the SIP/IP", width("the SIP/"), 13)).toEqual(["the", "SIP/IP"]);
    expect(breakLines("SIP/IP", width("SIP/"), 13)).toEqual(["SIP/", "IP"]);
  });

  test("inside a word that is longer than a line, best after a sign", () => {
    expect(breakLines("conference-factory", width("conference-fa"), 13)).toEqual(["conference-", "factory"]);
    expect(breakLines("MMMMMM", width("MMM") + 1, 13)).toEqual(["MMM", "MMM"]);
  });

  test("between Han characters, but not within an emoji or before a combining mark", () => {
    expect(breakLines("会话邀请", 27, 13)).toEqual(["会话", "邀请"]);
    expect(breakLines("👩‍👩‍👧‍👦👍🏽", 18, 13)).toEqual(["👩‍👩‍👧‍👦", "👍🏽"]);
    expect(breakLines("ae\u0301", 1, 13)).toEqual(["a", "e\u0301"]);
  });

  test("where the text says so", () => {
    expect(breakLines("a\r\nb\n\nc\n", 100, 13)).toEqual(["a", "b", "", "c"]);
  });

  test("room at the start of the first line is kept", () => {
    expect(breakLines("one two", width("one two") + 1, 13, "regular", 20)).toEqual(["one", "two"]);
  });
});

test("L18: nothing but white space is lost, and a line is too wide only where one character is", () => {
  fc.assert(
    fc.property(nastyText, fc.integer({ min: 1, max: 300 }), (text, limit) => {
      for (const lines of [breakLines(text, limit, 13), balancedLines(text, limit, 13).lines]) {
        expect(lines.join("").replace(/[\s\u0085]/g, "")).toBe(text.replace(/[\s\u0085]/g, ""));
        for (const line of lines) {
          if (width(line) > limit + 0.01)
            expect(Array.from(line).filter((part) => width(part) > 0).length).toBeLessThan(8);
        }
      }
    }),
  );
});

test("L18: a line that holds two ordinary words is never too wide", () => {
  const word = fc.string({ unit: fc.constantFrom(..."abcMW"), minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), fc.integer({ min: 20, max: 300 }), (list, limit) => {
      for (const line of balancedLines(list.join(" "), limit, 13).lines)
        expect(width(line)).toBeLessThanOrEqual(limit + 0.01);
    }),
  );
});

test("L18: balanced lines are as many as needed and of about the same length", () => {
  const text = "CPM Session Invitation cancellation request";
  const limit = width("CPM Session Invitation cancellation");
  expect(breakLines(text, limit, 13)).toEqual(["CPM Session Invitation cancellation", "request"]);
  const block = balancedLines(text, limit, 13);
  expect(block.lines).toEqual(["CPM Session Invitation", "cancellation request"]);
  expect(block.width).toBe(Math.ceil(width("CPM Session Invitation")));
});

test("the longest word is measured", () => {
  expect(longestWord("a cancellation of it", 13)).toBeCloseTo(width("cancellation"));
});

test("clipped lines end in an ellipsis within the width", () => {
  const lines = clipLines(["one two", "three four", "five"], 2, width("three four"), 13);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/^three.*…$/);
  expect(width(lines[1] ?? "")).toBeLessThanOrEqual(width("three four"));
  expect(clipLines(["one"], 2, 10, 13)).toEqual(["one"]);
});
