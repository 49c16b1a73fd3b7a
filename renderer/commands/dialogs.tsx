import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";
import { type Command, commands } from "../../shared/commands.ts";
import type { About } from "../../shared/ipc/contract.ts";
import { call } from "../bridge/bridge.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
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

function Frame(props: { readonly title: string; readonly wide?: boolean; readonly children: ReactNode }) {
  const { showDialog } = useActions();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && showDialog(undefined)}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-ground" />
        <Dialog.Content className={props.wide ? "dialog dialog-wide" : "dialog"} aria-describedby={undefined}>
          <header className="dialog-head">
            <Dialog.Title className="dialog-title">{props.title}</Dialog.Title>
            <Dialog.Close asChild>
              <Button icon label="Close" keys="Esc">
                <X size={16} />
              </Button>
            </Dialog.Close>
          </header>
          {props.children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
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
    <Frame title="Keyboard shortcuts" wide>
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
    </Frame>
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
    <Frame title="About Callflow">
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
    </Frame>
  );
}

/** The dialog that is open, if any. */
export function Dialogs() {
  const dialog = useApp((state) => state.dialog);
  if (dialog === "shortcuts") return <Shortcuts />;
  return dialog === "about" ? <AboutCallflow /> : null;
}
