import { Check, Dot } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";

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
export function MenuRadio({ value, children, detail }: ItemProps & { readonly value: string }) {
  return (
    <DropdownMenu.RadioItem className="menu-item" value={value}>
      <DropdownMenu.ItemIndicator className="menu-mark">
        <Dot size={14} strokeWidth={8} />
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

/** Something to do. */
export function MenuItem({ onSelect, children, detail }: ItemProps & { readonly onSelect: () => void }) {
  return (
    <DropdownMenu.Item className="menu-item" onSelect={onSelect}>
      <Text detail={detail}>{children}</Text>
    </DropdownMenu.Item>
  );
}
