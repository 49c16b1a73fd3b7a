import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { useActions } from "../store/use-app.ts";
import { Button } from "./button.tsx";
import "./dialog-frame.css";

interface DialogFrameProps {
  readonly title: string;
  /** `full`: as large as the window allows. */
  readonly size?: "usual" | "wide" | "full";
  readonly children: ReactNode;
}

/** A dialog in the middle of the window; Escape and the button at its head close it. */
export function DialogFrame({ title, size = "usual", children }: DialogFrameProps) {
  const { showDialog } = useActions();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && showDialog(undefined)}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-ground" />
        <Dialog.Content className={`dialog dialog-${size}`} aria-describedby={undefined}>
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
