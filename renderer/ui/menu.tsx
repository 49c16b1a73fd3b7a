import { Check, ChevronRight, Circle } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { createPortal } from "react-dom";
import { isMac, shownKeys } from "./shown-keys.ts";

interface MenuProps {
  /** The button that opens it. */
  readonly button: ReactNode;
  readonly side?: "top" | "bottom";
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

/**
 * A menu under (or over) its button. A person who chose by keyboard is led back to the button; one who chose with the
 * pointer is not, so that Space and the arrow keys go on playing.
 */
export function Menu({ button, side = "bottom", narrow = false, children }: MenuProps) {
  const byPointer = useRef(false);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{button}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={narrow ? "menu menu-narrow" : "menu"}
          side={side}
          align="end"
          sideOffset={6}
          onPointerUpCapture={() => {
            byPointer.current = true;
          }}
          onKeyDownCapture={() => {
            byPointer.current = false;
          }}
          onCloseAutoFocus={(event) => {
            if (byPointer.current) event.preventDefault();
          }}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** A menu at a place of the window, as under a right click; open as long as it is there. */
export function MenuAt(props: {
  readonly x: number;
  readonly y: number;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && props.onClose()}>
      {/* Outside of whatever is moved by a transform, which would move the place too. */}
      {createPortal(
        <DropdownMenu.Trigger asChild>
          <span style={{ position: "fixed", left: props.x, top: props.y }} aria-hidden="true" />
        </DropdownMenu.Trigger>,
        document.body,
      )}
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          align="start"
          onCloseAutoFocus={(event) => event.preventDefault()}
          // What is chosen here is not done to that over which the menu stands.
          onClick={(event) => event.stopPropagation()}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          {props.children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** An entry that does something. */
export function MenuAction(props: {
  /** Its shortcut, as in the table of commands. */
  readonly keys?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly onSelect: () => unknown;
  readonly children: ReactNode;
}) {
  const { keys, disabled = false, onSelect, children } = props;
  return (
    <DropdownMenu.Item
      className="menu-item"
      disabled={disabled}
      aria-keyshortcuts={keys?.replace("Mod", isMac ? "Meta" : "Control")}
      onSelect={() => void onSelect()}
    >
      <span className="menu-action">{children}</span>
      {keys !== undefined && (
        <span className="menu-keys" aria-hidden="true">
          {shownKeys(keys).join("+")}
        </span>
      )}
    </DropdownMenu.Item>
  );
}

/** An entry that opens a menu beside it. */
export function MenuSub({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="menu-item">
        <span className="menu-action">{text}</span>
        <ChevronRight size={14} aria-hidden="true" />
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent className="menu menu-narrow">{children}</DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}

export function MenuHeading({ children }: { readonly children: ReactNode }) {
  return <DropdownMenu.Label className="menu-heading">{children}</DropdownMenu.Label>;
}

/** A group of which one holds; its items are `MenuRadio`. */
export function MenuChoice<T extends string>(props: {
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly children: ReactNode;
}) {
  return (
    <DropdownMenu.RadioGroup value={props.value} onValueChange={(value) => props.onChange(value as T)}>
      {props.children}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuRule() {
  return <DropdownMenu.Separator className="menu-separator" />;
}

interface ItemProps {
  readonly children: ReactNode;
  /** A second line that explains. */
  readonly detail?: string | undefined;
}

function Text({ children, detail }: ItemProps) {
  return (
    <span>
      {children}
      {detail !== undefined && <span className="menu-item-detail">{detail}</span>}
    </span>
  );
}

/** One of a group of which one holds. */
export function MenuRadio({
  value,
  disabled = false,
  children,
  detail,
}: ItemProps & { readonly value: string; readonly disabled?: boolean }) {
  return (
    <DropdownMenu.RadioItem className="menu-item" value={value} disabled={disabled}>
      <DropdownMenu.ItemIndicator className="menu-mark">
        <Circle size={8} fill="currentColor" className="menu-dot" />
      </DropdownMenu.ItemIndicator>
      <Text detail={detail}>{children}</Text>
    </DropdownMenu.RadioItem>
  );
}

/** Something that is shown or not. The menu stays open, so that several can be changed. */
export function MenuCheck({
  checked,
  onChange,
  children,
  detail,
}: ItemProps & { readonly checked: boolean; readonly onChange: (checked: boolean) => void }) {
  return (
    <DropdownMenu.CheckboxItem
      className="menu-item"
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <DropdownMenu.ItemIndicator className="menu-mark">
        <Check size={14} strokeWidth={2.5} />
      </DropdownMenu.ItemIndicator>
      <Text detail={detail}>{children}</Text>
    </DropdownMenu.CheckboxItem>
  );
}
