import type { Diagram } from "../../shared/diagram/diagram.ts";
import { shownText } from "../../shared/diagram/shown-text.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { Note } from "./note.tsx";
import { Text } from "./text.tsx";
import { Passage } from "./writing.tsx";

/** What stands before the first paragraph. */
export function Opening({ flow, diagram }: { readonly flow: Flow; readonly diagram: Diagram }) {
  const { title, clause, introduction, figure, source, definitions = [] } = flow;
  const notes = diagram.introNotes ?? [];
  const shown = (text: string) => shownText(diagram, text);
  return (
    <header className="prose-opening">
      {clause !== undefined && (
        <Passage stop="f:clause" label="Clause" path={["clause"]} text={clause}>
          <p className="prose-clause">{clause}</p>
        </Passage>
      )}
      <Passage stop="f:title" label="Title" path={["title"]} text={title}>
        <h2 className="prose-title">
          <Text>{title}</Text>
        </h2>
      </Passage>
      {introduction !== undefined && (
        <Passage stop="f:introduction" label="Introduction" path={["introduction"]} text={introduction}>
          {shown(introduction)
            .split(/\n{2,}/)
            .map((part) => (
              <p key={part} className="prose-introduction">
                <Text>{part}</Text>
              </p>
            ))}
        </Passage>
      )}
      {definitions.length > 0 && <Definitions definitions={definitions} shown={shown} />}
      {figure !== undefined && (
        <Passage stop="f:figure" label="Figure caption" path={["figure"]} text={figure}>
          <p className="prose-figure">Figure: {figure}</p>
        </Passage>
      )}
      {notes.map((note, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: notes have no other identity and never move.
        <Note key={at} {...note} />
      ))}
      {source !== undefined && (
        <Passage stop="f:source" label="Source" path={["source"]} text={source}>
          <p className="prose-source">Source: {source}</p>
        </Passage>
      )}
    </header>
  );
}

function Definitions(props: {
  readonly definitions: NonNullable<Flow["definitions"]>;
  readonly shown: (text: string) => string;
}) {
  return (
    <div className="prose-definitions">
      {props.definitions.map(({ term, text }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a term may stand twice; a definition is known by its place.
        <div key={at}>
          <Passage stop={`d:${at}:term`} label="Term" path={["definitions", at, "term"]} text={term}>
            <p className="prose-term">{term}</p>
          </Passage>
          <Passage stop={`d:${at}:text`} label="Definition" path={["definitions", at, "text"]} text={text}>
            <p className="prose-definition">
              <Text>{props.shown(text)}</Text>
            </p>
          </Passage>
        </div>
      ))}
    </div>
  );
}
