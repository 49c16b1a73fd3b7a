import { describe, expect, it } from "vitest";
import { readMermaid } from "./read.ts";

const read = (line: string) => {
  const statements = readMermaid(`sequenceDiagram\n${line}`);
  return statements.ok ? statements.value : statements.failure.message;
};

describe("the ends of a message", () => {
  it.each([
    ["a->>b: x", "a", "b", undefined],
    ["a ->> + b : x", "a", "b", undefined],
    ["a ()->> b: x", "a", "b", "from"],
    ["a ->>() b: x", "a", "b", "to"],
    ["a->>-()b: x", "a", "b", "to"],
    ["a () ->> () + b: x", "a", "b", "both"],
  ])("%s", (line, from, to, dots) => {
    const [message] = read(line);
    expect(message).toMatchObject({ kind: "message", from, to, text: "x", ...(dots !== undefined && { dots }) });
  });
});

describe("what is made to keep us busy, or to reach what is not a name", () => {
  // Any of these took minutes where a reader goes over the rest again for each of its pieces.
  it.each([
    ["many spaces and no colon", `a->>${" ".repeat(9000)}x`],
    ["many spaces before the arrow", `a${" ".repeat(9000)}b->>c: x`],
    ["many spaces in a text", `a->>b: ${" ".repeat(9000)}x`],
    ["tags that do not end", `a->>b: ${"<br ".repeat(2400)}`],
    ["many breaks", `a->>b: ${"<br/>".repeat(1900)}x`],
    ["one long name of a tag", `a->>b: <${"a".repeat(9900)}`],
    ["a note over many spaces", `note over a${" ".repeat(9000)}b`],
  ])("%s", (_, line) => {
    expect(read(line)).toBeDefined();
  });

  it("also over a whole text without an end", () => {
    expect(readMermaid(`sequenceDiagram\n${"a-)b: <br\n".repeat(50_000)}`).ok).toBe(true);
  });

  it("a line of more than 10,000 characters is refused with its number", () => {
    expect(read(`a->>b: ${"x".repeat(10_000)}`)).toBe("Line 2 is longer than 10,000 characters.");
  });

  it("a reference that names nothing stays as it is written", () => {
    expect(read("a->>b: #constructor;#lt;")).toMatchObject([{ text: "#constructor;<" }]);
  });
});
