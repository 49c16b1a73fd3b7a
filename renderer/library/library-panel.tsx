import { Command } from "cmdk";
import { FileClock, FilePlus2, FileX, FolderOpen, Search, X } from "lucide-react";
import { useMemo, useState } from "react";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { type Entry, type Family, families, folderOf, foundParticipants } from "./search.ts";
import "./library.css";

interface Recent {
  readonly path: string;
  readonly name: string;
  readonly missing?: boolean | undefined;
}

/** A bundled flow; `query` says what was looked for. */
function FlowItem({ entry, query, open }: { readonly entry: Entry; readonly query: string; readonly open: boolean }) {
  const { openBundled } = useActions();
  const { id, title, clause, description } = entry;
  const found = foundParticipants(entry, query);
  return (
    <Command.Item
      value={id}
      className="library-item"
      data-open={open || undefined}
      onSelect={() => void openBundled(id)}
      title={description}
    >
      <span className="library-item-title">
        {title}
        {open && <span className="visually-hidden"> (open)</span>}
      </span>
      {clause !== undefined && <span className="library-item-clause">{clause}</span>}
      {description !== undefined && <span className="library-item-text">{description}</span>}
      {found.length > 0 && <span className="library-item-found">With {found.slice(0, 3).join(", ")}</span>}
    </Command.Item>
  );
}

/** A file that was open before; one that is not there any more can be tried again all the same. */
function RecentItem({ path, name, missing = false }: Recent) {
  const { openPath } = useActions();
  const Icon = missing ? FileX : FileClock;
  return (
    <Command.Item
      value={fileValue(path)}
      className="library-item library-recent"
      data-missing={missing || undefined}
      onSelect={() => void openPath(path)}
      title={path}
    >
      <Icon size={16} aria-hidden="true" />
      <span className="library-item-title">{name}</span>
      <span className="library-item-path">
        {missing && <span className="library-missing">Not found in </span>}
        <span className="library-folder">
          <bdi dir="ltr">{folderOf(path)}</bdi>
        </span>
      </span>
    </Command.Item>
  );
}

interface Found {
  readonly files: readonly Recent[];
  readonly flows: readonly Family[];
}

function useFound(query: string): Found {
  const library = useApp((state) => state.library) as readonly Entry[];
  const recent = useApp((state) => state.recent) as readonly Recent[];
  return useMemo(() => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const files = recent.filter(({ path }) => words.every((word) => path.toLowerCase().includes(word)));
    return { files, flows: families(library, query) };
  }, [library, recent, query]);
}

const fileValue = (path: string) => `recent ${path}`;

/** What the items are known by, in the order in which they stand. */
function valuesOf({ files, flows }: Found): readonly string[] {
  return [...files.map(({ path }) => fileValue(path)), ...flows.flatMap(({ entries }) => entries.map(({ id }) => id))];
}

function Results({ found: { files, flows }, query }: { readonly found: Found; readonly query: string }) {
  const open = useApp((state) => state.open?.flow);
  return (
    <Command.List className="library-list" label="Flows">
      {flows.length === 0 && files.length === 0 && <Nothing query={query} />}
      {files.length > 0 && (
        <Command.Group heading="Recent files" className="library-group">
          {files.map((file) => (
            <RecentItem key={file.path} {...file} />
          ))}
        </Command.Group>
      )}
      {flows.map(({ name, entries }) => (
        <Command.Group key={name} heading={familyName(name)} className="library-group">
          {entries.map((entry) => (
            <FlowItem
              key={entry.id}
              entry={entry}
              query={query}
              open={open !== undefined && open.title === entry.title && open.clause === entry.clause}
            />
          ))}
        </Command.Group>
      ))}
    </Command.List>
  );
}

/** Families are folders of the bundle; those we know have a name that says more. */
function familyName(group: string): string {
  const names: Readonly<Record<string, string>> = { cpm: "CPM call flows", sip: "SIP call flows" };
  return names[group.toLowerCase()] ?? group;
}

function Nothing({ query }: { readonly query: string }) {
  return (
    <div className="library-nothing" role="status">
      {query.trim() === "" ? (
        <p>There are no flows here yet. Open a file to begin.</p>
      ) : (
        <>
          <p>No flow is called “{query.trim()}”, and none has such a clause or participant.</p>
          <p>Try fewer words, or open a file.</p>
        </>
      )}
    </div>
  );
}

/** Bundled flows in families and recent files, with a search. Arrows choose, Enter opens. Fills its box, wide or narrow. */
export function LibraryPanel() {
  const { openDialog, showDialog } = useActions();
  const [query, setQuery] = useState("");
  const found = useFound(query);
  const [chosen, setChosen] = useState("");
  // Whatever is found, one of it is chosen: Enter opens it.
  const values = useMemo(() => valuesOf(found), [found]);
  const value = values.includes(chosen) ? chosen : (values[0] ?? "");
  return (
    <Command className="library" label="Library" shouldFilter={false} loop value={value} onValueChange={setChosen}>
      <div className="library-top">
        <div className="library-search">
          <Search size={15} aria-hidden="true" />
          <Command.Input
            className="library-input"
            placeholder="Search flows"
            value={query}
            onValueChange={(text) => {
              setQuery(text);
              setChosen("");
            }}
            onKeyDown={(event) => {
              if (event.key !== "Escape" || query === "") return;
              event.stopPropagation();
              setQuery("");
            }}
          />
          {query !== "" && (
            <Button icon label="Clear search" className="library-clear" onClick={() => setQuery("")}>
              <X size={14} />
            </Button>
          )}
        </div>
      </div>
      <Results found={found} query={query} />
      <div className="library-bottom">
        <Button look="outlined" className="library-open" onClick={() => showDialog("newFlow")}>
          <FilePlus2 size={15} aria-hidden="true" />
          New flow…
        </Button>
        <Button look="outlined" className="library-open" onClick={() => void openDialog()}>
          <FolderOpen size={15} aria-hidden="true" />
          Open file…
        </Button>
      </div>
    </Command>
  );
}
