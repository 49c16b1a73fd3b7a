import type { Flow } from "../../../shared/flow/flow.ts";
import type { ExportInput } from "../formats.ts";
import type { Paragraph, Row, Section, StyleId } from "./blocks.ts";
import type { WrittenSection } from "./document.ts";
import { definitionRows, linker } from "./flow-section.ts";
import type { FlowSection } from "./flow-sections.ts";
import { plainPieces } from "./pieces.ts";

type Request = NonNullable<Flow["changeRequest"]>;

const NOTHING = "None";
const RECOMMENDATION = "It is proposed to agree the changes below.";
const IPR =
  "The rules on intellectual property rights of the group that decides about this change request apply to it. Whoever holds rights that are essential to the proposed changes declares them as those rules ask.";

/** The five points of the reason. */
const points: readonly { readonly key: keyof Request; readonly title: string }[] = [
  { key: "justification", title: "Justification:" },
  { key: "clauses", title: "Clauses affected:" },
  { key: "summary", title: "Summary of change:" },
  { key: "consequence", title: "Consequence if not approved:" },
  { key: "revision", title: "Reason for revision:" },
];

/** The sections of a change request before its changes, and the heading of these. */
export function frontSection(flow: Flow, ipr: string = IPR): Section {
  const { changeRequest: request = {} } = flow;
  return {
    blocks: [
      section("Reason for Change"),
      ...(request.reason === "requirements" ? requirementRows(flow) : pointParagraphs(flow)),
      section("Impact on Backward Compatibility"),
      ...texts("compatibility", request.compatibility ?? NOTHING),
      section("Impact on Other Specifications"),
      ...texts("otherSpecifications", request.otherSpecifications ?? NOTHING),
      section("Intellectual Property Rights"),
      ...texts("ipr", ipr),
      section("Recommendation"),
      ...texts("recommendation", request.recommendation ?? RECOMMENDATION),
      section("Detailed Change Proposal"),
    ],
  };
}

function section(title: string): Paragraph {
  return {
    kind: "paragraph",
    key: `section ${title}`,
    style: "Heading1",
    list: "sections",
    pieces: plainPieces(title),
  };
}

function texts(key: string, text: string | undefined, style: StyleId = "Normal"): readonly Paragraph[] {
  const parts = (text ?? "").split(/\n\s*\n/).filter((part) => part.trim() !== "");
  return parts.map((part, i) => ({
    kind: "paragraph",
    key: `${key} ${i}`,
    style,
    pieces: plainPieces(part.trim()),
  }));
}

function pointParagraphs({ changeRequest: request = {}, clause }: Flow): readonly Paragraph[] {
  return points.flatMap(({ key, title }): readonly Paragraph[] => {
    const said = request[key] ?? (key === "clauses" ? clause : undefined);
    return [
      { kind: "paragraph", key: `point ${key}`, style: "ReasonPoint", list: "points", pieces: plainPieces(title) },
      ...texts(key, typeof said === "string" ? said : undefined),
    ];
  });
}

/** The requirements that are the reason, as rows: id, text, release. */
function requirementRows({ changeRequest: request = {}, requirements = [] }: Flow): readonly (Paragraph | Row)[] {
  const cell = (text: string): Paragraph => ({
    kind: "paragraph",
    key: "cell",
    style: "TableText",
    pieces: plainPieces(text),
  });
  return [
    ...texts("justification", request.justification),
    ...requirements.map(
      ({ id, text, release = "" }): Row => ({
        kind: "row",
        key: `requirement ${id}`,
        widths: [2, 6, 2],
        cells: [cell(id), cell(text), cell(release)],
      }),
    ),
  ];
}

/** A “Change n:” item. */
export interface ChangeItem {
  readonly shows: "flow" | "definitions" | "nothing";
  /** The item with what it shows, of the sections of all flows. */
  readonly sections: (flows: readonly FlowSection[]) => readonly WrittenSection[];
}

/**
 * The changes that a change request proposes: those of its form, else the definitions and the flow; then the further flows.
 * The remarks say what of the flow none of them shows.
 */
export function changesOf(input: ExportInput): {
  readonly items: readonly ChangeItem[];
  readonly remarks: readonly string[];
} {
  const { flow, others = [] } = input;
  const hasBase = input.isNew !== true && (input.base !== undefined || String(input.settings?.base ?? "") !== "");
  const own = flow.changeRequest?.changes ?? [];
  const wanted = own.length > 0 ? own : usualChanges(flow, hasBase);
  const isFirst = (i: number, shows: string) => wanted.findIndex((one) => (one.shows ?? "flow") === shows) === i;
  const items = wanted.map(({ title, text, shows = "flow" }, i): ChangeItem => {
    const key = `change ${i}`;
    const shown = isFirst(i, shows) ? shows : "nothing";
    return {
      shows: shown,
      sections: (flows) => [{ blocks: itemBlocks(key, title, text) }, ...shownSections(shown, flows[0])],
    };
  });
  const more = others.map(
    (other, i): ChangeItem => ({
      shows: "flow",
      sections: (flows) => [
        { blocks: itemBlocks(`other ${i}`, clauseTitle(other.flow, other.base !== undefined), undefined) },
        ...shownSections("flow", flows[i + 1]),
      ],
    }),
  );
  const isShown = items.some(({ shows }) => shows === "flow");
  return { items: [...items, ...more], remarks: isShown ? [] : ["No change of the change request shows the flow."] };
}

function usualChanges(flow: Flow, hasBase: boolean): NonNullable<Request["changes"]> {
  const terms = (flow.definitions ?? []).length > 0;
  return [
    ...(terms ? [{ title: "Add the following terms to the definitions", shows: "definitions" as const }] : []),
    { title: clauseTitle(flow, hasBase), shows: "flow" },
  ];
}

function clauseTitle({ clause, title }: Flow, hasBase: boolean): string {
  return `${hasBase ? "Change the clause" : "Add the new clause"} ${clause ?? `“${title}”`}`;
}

function itemBlocks(key: string, title: string, text: string | undefined): readonly Paragraph[] {
  const item: Paragraph = {
    kind: "paragraph",
    key,
    style: "ChangeItem",
    list: "changes",
    pieces: plainPieces(title),
  };
  return [item, ...texts(key, text)];
}

function shownSections(shows: ChangeItem["shows"], flow: FlowSection | undefined): readonly WrittenSection[] {
  if (flow === undefined || shows === "nothing") return [];
  if (shows === "flow") return [flow];
  const { of, baseOf, mark } = flow;
  const isNew = flow.base !== undefined && baseOf === undefined;
  const base = baseOf === undefined ? (isNew ? [] : undefined) : definitionRows(baseOf.flow, linker(baseOf, mark));
  return [{ blocks: definitionRows(of.flow, linker(of, mark)), ...(base !== undefined && { base }) }];
}
