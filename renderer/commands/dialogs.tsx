import { useEffect, useState } from "react";
import { type Command, commands } from "../../shared/commands.ts";
import type { About } from "../../shared/ipc/contract.ts";
import { call } from "../bridge/bridge.ts";
import { NewFlowDialog } from "../new-flow/new-flow-dialog.tsx";
import { useApp } from "../store/use-app.ts";
import { DialogFrame } from "../ui/dialog-frame.tsx";
import { shownKeys } from "../ui/shown-keys.ts";
import "./dialogs.css";

/** `Mod+Shift+S` as the keys that a person presses. */
function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className="keys">
      {shownKeys(keys).map((part) => (
        <kbd key={part}>{part}</kbd>
      ))}
    </span>
  );
}

/** What keys and gestures do that is no command. */
const gestures = [
  { title: "Go to a step", keys: ["1 2", "Enter"], how: "Type its number; Enter, or wait a moment." },
  { title: "Zoom at the pointer", keys: ["Mod", "Wheel"], how: "Or pinch." },
  { title: "Move the picture", keys: ["Drag"], how: "Wheel up and down, Shift and wheel sideways." },
  { title: "Go to a step", keys: ["Click"], how: "Anywhere in its row." },
];

function title(command: Command): string {
  return command.submenu === undefined ? command.title : `${command.submenu}: ${command.title}`;
}

function Shortcuts() {
  const menus = [...new Set(commands.map((command) => command.menu))];
  return (
    <DialogFrame title="Keyboard shortcuts" wide>
      <div className="shortcuts">
        {menus.map((menu) => (
          <section key={menu}>
            <h3>{menu}</h3>
            <dl>
              {commands
                .filter((command) => command.menu === menu && command.keys.length > 0)
                .map((command) => (
                  <div key={command.id}>
                    <dt>{title(command)}</dt>
                    <dd>
                      {command.keys.map((keys) => (
                        <Keys key={keys} keys={keys} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
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
      </div>
    </DialogFrame>
  );
}

function AboutCallflow() {
  const [about, setAbout] = useState<About>();
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let gone = false;
    void call("app.about", {}).then((result) => {
      if (gone) return;
      if (result.ok) setAbout(result.value);
      else setProblem(result.failure.message);
    });
    return () => {
      gone = true;
    };
  }, []);
  const facts =
    about === undefined
      ? []
      : [
          ["Version", about.version],
          ["Runtime", about.runtime],
          ["Chromium", about.chrome],
          ["Node", about.node],
        ];
  return (
    <DialogFrame title="About Callflow">
      <p>Editor and player for the call flows of standards. Every step is computed by rules, each with its clause.</p>
      {problem !== "" && <p role="alert">{problem}</p>}
      <dl className="about">
        {facts.map(([name, value]) => (
          <div key={name} className="about-fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </DialogFrame>
  );
}

/** The dialog that is open, if any. */
export function Dialogs() {
  const dialog = useApp((state) => state.dialog);
  if (dialog === "shortcuts") return <Shortcuts />;
  if (dialog === "newFlow") return <NewFlowDialog />;
  return dialog === "about" ? <AboutCallflow /> : null;
}
