import { RotateCcw } from "lucide-react";
import { Fragment, type KeyboardEvent, useState } from "react";
import type { Command } from "../../shared/commands.ts";
import { commandsWith, keysOf, refusal, titleOf, withKeys } from "../../shared/keys.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { matches } from "../ui/matches.ts";
import { SearchField } from "../ui/search-field.tsx";
import { isMac, shownKeys } from "../ui/shown-keys.ts";

/** `Mod+Shift+S` as the keys that a person presses. */
const asText = (keys: string) => shownKeys(keys).join("+");

/** What keys and gestures do that is no command. */
const gestures = [
  { title: "Go to a step", keys: ["1 2", "Enter"], how: "Type its number; Enter, or wait a moment." },
  { title: "Zoom at the pointer", keys: ["Mod", "Wheel"], how: "Or pinch." },
  { title: "Move the picture", keys: ["Drag"], how: "Wheel up and down, Shift and wheel sideways." },
  { title: "Go to a step", keys: ["Click"], how: "Anywhere in its row." },
];

/** One command with its keys; pressed, it waits for others. */
function CommandKeys({ command }: { readonly command: Command }) {
  const own = useApp((state) => state.keys);
  const { setKeys } = useActions();
  const [recording, setRecording] = useState(false);
  const [refused, setRefused] = useState("");
  const title = titleOf(command);
  const changed = own[command.id] !== undefined;
  const press = (event: KeyboardEvent) => {
    if (!recording) return;
    event.stopPropagation();
    // Tab leaves: a person must not be caught here.
    if (event.key === "Tab") return;
    event.preventDefault();
    if (event.key === "Escape") return setRecording(false);
    if (event.key === "Backspace" || event.key === "Delete") {
      setRecording(false);
      return setKeys(withKeys(own, command.id, []));
    }
    const keys = keysOf(event, isMac);
    if (keys === undefined) return;
    const why = refusal(own, command.id, keys, asText);
    setRefused(why ?? "");
    if (why !== undefined) return;
    setRecording(false);
    setKeys(withKeys(own, command.id, [keys]));
  };
  const said = command.keys.map(asText);
  return (
    <div className="shortcut">
      <dt>{title}</dt>
      <dd>
        {changed && (
          <Button
            icon
            className="shortcut-reset"
            label={`Usual shortcut of ${title}`}
            onClick={() => setKeys(withKeys(own, command.id, undefined))}
          >
            <RotateCcw size={13} />
          </Button>
        )}
        <button
          type="button"
          className="shortcut-keys"
          aria-label={`Shortcut of ${title}: ${recording ? "Press keys…" : said.join(" ") || "none"}`}
          title="Press to change"
          data-recording={recording || undefined}
          onClick={() => {
            setRecording(true);
            setRefused("");
          }}
          onKeyDown={press}
          onBlur={() => {
            setRecording(false);
            setRefused("");
          }}
        >
          {recording
            ? "Press keys…"
            : said.map((keys, i) => (
                <Fragment key={keys}>
                  {i > 0 && " "}
                  <kbd>{keys}</kbd>
                </Fragment>
              ))}
          {!recording && command.keys.length === 0 && <span className="shortcut-none">none</span>}
        </button>
        {refused !== "" && (
          <p className="shortcut-refused" role="alert">
            {refused}
          </p>
        )}
      </dd>
    </div>
  );
}

/** Every command with its shortcut, which can be changed, and what keys do beside. */
export function Shortcuts() {
  const own = useApp((state) => state.keys);
  const { setKeys } = useActions();
  const [query, setQuery] = useState("");
  const all = commandsWith(own).filter((command) =>
    matches(query, titleOf(command), command.menu, command.keys.map(asText).join(" ")),
  );
  const menus = [...new Set(all.map((command) => command.menu))];
  return (
    <>
      <div className="shortcuts-top">
        <SearchField label="Search shortcuts" value={query} onChange={setQuery} />
        <Button look="outlined" disabled={Object.keys(own).length === 0} onClick={() => setKeys({})}>
          Reset All
        </Button>
      </div>
      <p className="shortcuts-how">
        Press a shortcut and then the keys that it is to have; Backspace takes it away, Escape leaves it as it is.
      </p>
      <div className="shortcuts">
        {menus.map((menu) => (
          <section key={menu}>
            <h3>{menu}</h3>
            <dl>
              {all
                .filter((command) => command.menu === menu)
                .map((command) => (
                  <CommandKeys key={command.id} command={command} />
                ))}
            </dl>
          </section>
        ))}
        {all.length === 0 && <p role="status">No command is called “{query.trim()}”.</p>}
        {query === "" && <Gestures />}
      </div>
    </>
  );
}

function Gestures() {
  return (
    <section>
      <h3>Pointer and numbers</h3>
      <dl>
        {gestures.map(({ title, keys, how }) => (
          <div key={how}>
            <dt>
              {title}
              <span className="shortcuts-how">{how}</span>
            </dt>
            <dd>
              <span className="keys">
                {keys.map((key) => (
                  <kbd key={key}>{shownKeys(key)}</kbd>
                ))}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
