import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { useActions } from "../store/use-app.ts";
import { Button } from "./button.tsx";
import { useFocusBack } from "./kept-focus.ts";
import "./dialog-frame.css";

interface DialogFrameProps {
  readonly title: string;
  /** `full`: as large as the window allows. */
  readonly size?: "usual" | "wide" | "full";
  readonly children: ReactNode;
}

/** The first field of a dialog; a group of choices is entered at the one that is made. */
const FIRST_FIELD = "input:not([type=radio]):enabled, input:checked:enabled, select:enabled, textarea:enabled";

/**
 * A dialog in the middle of the window; Escape and the button at its head close it. Its first field has the focus, or that
 * button where there is none.
 */
export function DialogFrame({ title, size = "usual", children }: DialogFrameProps) {
  const { showDialog } = useActions();
  const giveBack = useFocusBack();
  const content = useRef<HTMLDivElement>(null);
  const focusField = (event: Event) => {
    const field = content.current?.querySelector<HTMLElement>(FIRST_FIELD);
    if (field === null || field === undefined) return;
    event.preventDefault();
    field.focus();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && showDialog(undefined)}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-ground" />
        <Dialog.Content
          ref={content}
          className={`dialog dialog-${size}`}
          aria-describedby={undefined}
          onOpenAutoFocus={focusField}
          onCloseAutoFocus={giveBack}
        >
          <header className="dialog-head">
            <Dialog.Title className="dialog-title">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <Button icon label="Close" keys="Esc">
                <X size={16} />
              </Button>
            </Dialog.Close>
          </header>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
