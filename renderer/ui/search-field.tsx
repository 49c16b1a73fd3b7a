import { Search, X } from "lucide-react";
import { Button } from "./button.tsx";

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** A line to search by; Escape empties it. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <div className="search-field">
      <Search size={15} aria-hidden="true" />
      <input
        type="text"
        className="search-input"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || value === "") return;
          event.stopPropagation();
          onChange("");
        }}
      />
      {value !== "" && (
        <Button icon label="Clear search" className="search-clear" onClick={() => onChange("")}>
          <X size={14} />
        </Button>
      )}
    </div>
  );
}
