import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decided } from "../../../test/word-revisions.ts";
import type { Block, Paragraph, Picture, Piece, StyleId } from "./blocks.ts";
import { bodyXml, type Surroundings } from "./body-xml.ts";
import { plainPieces } from "./pieces.ts";
import { revised, unrevised } from "./revise.ts";

function around(): Surroundings {
  let id = 0;
  return {
    styles: { idOf: (style) => style, isNumbered: () => false },
    numberOf: () => 7,
    nextId: () => ++id,
    placePicture: ({ svg }) => ({ svg, png: svg }),
    author: "A. & B.",
    date: "2026-11-20T00:00:00Z",
    pagesXml: () => "",
    textWidth: 9000,
  };
}

const told = (key: string, label: string, text: string, style: StyleId = "FlowStep"): Paragraph => ({
  kind: "paragraph",
  key,
  style,
  label: plainPieces(label),
  pieces: plainPieces(text),
});

const marked = (base: readonly Block[], now: readonly Block[]) => bodyXml(revised(base, now), around());
const plain = (blocks: readonly Block[]) => decided(bodyXml(unrevised(blocks), around()), "accept");

const word = fc.constantFrom(
  "client",
  "server",
  "sends",
  "the",
  "a",
  "OK",
  "<ALERTING>",
  "B1",
  "B2",
  "routes",
  ",",
  ".",
);
const sentence = fc.array(word, { maxLength: 14 }).map((words) => words.join(" "));
const picture = fc
  .constantFrom("one", "two")
  .map((svg): Picture => ({ svg, png: new Uint8Array(), width: 9, height: 9, title: "T", description: "D" }));
const pieces: fc.Arbitrary<readonly Piece[]> = fc.oneof(
  { weight: 6, arbitrary: sentence.map((text) => plainPieces(text)) },
  { weight: 1, arbitrary: picture.map((one): readonly Piece[] => [{ kind: "picture", picture: one }]) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(sentence, fc.constantFrom("7", "12"), sentence)
      .map(([start, text, end]): readonly Piece[] => [
        ...plainPieces(start),
        { kind: "field", instruction: `REF Step_${text} \\h`, text },
        ...plainPieces(end, true),
      ]),
  },
);
const styles: readonly StyleId[] = ["FlowStep", "FlowNote", "Normal", "Heading2", "Heading3", "FlowFigure"];
const paragraph: fc.Arbitrary<Paragraph> = fc.record({
  kind: fc.constant("paragraph" as const),
  key: fc.constant(""),
  style: fc.constantFrom(...styles),
  label: fc.option(
    sentence.map((text) => plainPieces(text)),
    { nil: undefined },
  ),
  list: fc.option(fc.constant("points" as const), { nil: undefined }),
  pieces,
}) as fc.Arbitrary<Paragraph>;
const block: fc.Arbitrary<Block> = fc.oneof(
  { weight: 6, arbitrary: paragraph },
  {
    weight: 1,
    arbitrary: fc
      .array(paragraph, { minLength: 2, maxLength: 2 })
      .map((cells) => ({ kind: "row" as const, key: "", cells, widths: [1, 2] })),
  },
);
/** Distinct keys, drawn from few, so that two lists share some; the last paragraph stays, as a document's must. */
const blocks = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 12 }), block), { selector: ([key]) => key, maxLength: 9 })
  .map((list): readonly Block[] => [
    ...list.map(([key, one]) => ({ ...one, key: String(key) })),
    { kind: "paragraph", key: "end", style: "Caption", pieces: plainPieces("The end of the section.") },
  ]);

describe("EX40: accepting all revisions gives the new text, rejecting all the old one", () => {
  it("for any two documents", () => {
    fc.assert(
      fc.property(blocks, blocks, (base, now) => {
        const xml = marked(base, now);
        expect(decided(xml, "accept")).toEqual(plain(now));
        expect(decided(xml, "reject")).toEqual(plain(base));
      }),
      { numRuns: 300 },
    );
  });

  it("for a document and the same in another order", () => {
    const shuffled = blocks.chain((list) =>
      fc.shuffledSubarray([...list.slice(0, -1)]).map((some) => [list, [...some, ...list.slice(-1)]] as const),
    );
    fc.assert(
      fc.property(shuffled, ([base, now]) => {
        const xml = marked(base, now);
        expect(decided(xml, "accept")).toEqual(plain(now));
        expect(decided(xml, "reject")).toEqual(plain(base));
      }),
    );
  });

  it("marks nothing where nothing differs", () => {
    fc.assert(
      fc.property(blocks, (list) => {
        expect(marked(list, list)).not.toMatch(/<w:(ins|del|move\w+|pPrChange)[ >]/);
      }),
    );
  });
});

describe("EX41: what is marked", () => {
  const steps = [
    told("1", "1.", "The client sends the invitation to the server."),
    told("2", "2.", "The server rings and tells the client about it."),
    told("3", "3 – 5.", "The server accepts; the answer goes all the way back."),
  ];

  it("is a word within a paragraph, and the number where it is another one", () => {
    const now = [
      told("1", "1.", "The client sends the invitation to the server."),
      told("3", "2 – 4.", "The server accepts; the reply goes all the way back."),
    ];
    const xml = marked(steps, now);
    const inserted = [...xml.matchAll(/<w:ins [^>]*><w:r>.*?<w:t[^>]*>([^<]*)<\/w:t>.*?<\/w:ins>/g)].map(
      ([, text]) => text,
    );
    const deleted = [...xml.matchAll(/<w:delText[^>]*>([^<]*)</g)].map(([, text]) => text);
    expect(inserted).toEqual(["2 – 4", "reply"]);
    expect(deleted).toEqual(["2.", "The server rings and tells the client about it.", "3 – 5", "answer"]);
  });

  it("is a move where a paragraph stands elsewhere, its words once at each place", () => {
    const [first, second, third] = steps as [Paragraph, Paragraph, Paragraph];
    const xml = marked(steps, [third, first, second]);
    expect(xml.match(/<w:moveFromRangeStart [^>]*w:name="move1"/g)).toHaveLength(1);
    expect(xml.match(/<w:moveToRangeStart [^>]*w:name="move1"/g)).toHaveLength(1);
    expect(xml).not.toContain("<w:delText");
    expect(decided(xml, "accept")[0]).toBe("FlowStep : 3 – 5.\tThe server accepts; the answer goes all the way back.");
  });

  it("is made by the author at the date that are given", () => {
    expect(marked(steps, steps.slice(1))).toMatch(
      /<w:del w:id="\d+" w:author="A. &amp; B." w:date="2026-11-20T00:00:00Z">/,
    );
  });
});

describe("EX41: a text of which much goes", () => {
  it("keeps the sentence that stays, and is replaced where only a few words are common", () => {
    const stays = "The CPM Client C responds with the OK response.";
    const gone =
      "The controlling function answers its inviter as soon as one of all these invitations was accepted by anybody.";
    const same = (base: string, now: string) =>
      revised([told("a", "1.", base)], [told("a", "1.", now)])
        .flatMap((block) => (block.kind === "paragraph" ? block.pieces : []))
        .flatMap(({ piece, revision }) => (revision === "same" && piece.kind === "text" ? [piece.text] : []))
        .join("");
    expect(same(`${stays} ${gone} ${gone}`, stays)).toBe(stays);
    expect(same(gone, "The user gives up, and nobody hears of it.")).toBe("");
  });
});
