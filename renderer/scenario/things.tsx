import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown, ChevronRight, GripVertical, TriangleAlert, X } from "lucide-react";
import {
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  useContext,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { Button } from "../ui/button.tsx";
import { type Roving, useRoving } from "../ui/roving.ts";
import { ProblemsContext } from "./problems.ts";
import { ScrollerContext } from "./scroller.ts";

/** One of a list, as its row shows it. */
export interface Row {
  readonly key: string;
  readonly name: string;
  readonly detail?: string | undefined;
  /** Where it stands in the document. */
  readonly at: string;
  /** Shown for what it is, without a form. */
  readonly muted?: boolean;
}

interface ThingsProps {
  readonly label: string;
  readonly rows: readonly Row[];
  /** The key of the one whose form is open. */
  readonly open: string | undefined;
  readonly onOpen: (key: string | undefined) => void;
  readonly form: (index: number) => ReactNode;
  readonly onRemove: (index: number) => void;
  /** Where the order means something. */
  readonly onMove?: ((from: number, to: number) => void) | undefined;
  /** The keys are those of places: what is moved has another one then. */
  readonly byPlace?: boolean;
}

/** Lists longer than this have only those rows in the page that are in sight. */
const WHOLE = 60;
const ROW_HEIGHT = 48;

/** A list of things to be opened, changed, removed and put in order; by keyboard Alt+↑ and Alt+↓ move them. */
export function Things(props: ThingsProps) {
  const { rows, label, onMove, byPlace = false } = props;
  const roving = useRoving(rows.map(({ key }) => key));
  const [dragged, setDragged] = useState<number>();
  const box = useRef<HTMLUListElement>(null);
  const moved = useRef<string>(undefined);
  useLayoutEffect(() => {
    if (moved.current === undefined) return;
    const button = box.current?.querySelector<HTMLElement>(`[data-roving="${CSS.escape(moved.current)}"]`);
    moved.current = undefined;
    button?.focus();
  });
  const move = (from: number, to: number) => {
    if (onMove === undefined || to < 0 || to >= rows.length || from === to) return;
    moved.current = rows[byPlace ? to : from]?.key;
    onMove(from, to);
  };
  const row = (index: number) => {
    const one = rows[index];
    if (one === undefined) return null;
    return (
      <ThingRow
        key={one.key}
        {...props}
        row={one}
        index={index}
        roving={roving}
        move={onMove === undefined ? undefined : move}
        dragged={dragged}
        setDragged={setDragged}
      />
    );
  };
  return (
    <ul ref={box} className="things" aria-label={label} onKeyDown={roving.onKeyDown}>
      {rows.length <= WHOLE ? rows.map((_, i) => row(i)) : <InSight count={rows.length} box={box} row={row} />}
    </ul>
  );
}

/** Those rows of a long list that are in sight. */
function InSight(props: {
  readonly count: number;
  readonly box: React.RefObject<HTMLElement | null>;
  readonly row: (index: number) => ReactNode;
}) {
  const scroller = useContext(ScrollerContext);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const top = props.box.current?.offsetTop ?? 0;
    if (top !== margin) setMargin(top);
  });
  const virtual = useVirtualizer({
    count: props.count,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollMargin: margin,
  });
  return (
    <li className="things-room" style={{ height: virtual.getTotalSize() }}>
      <ul>
        {virtual.getVirtualItems().map(({ index, key, start }) => (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            className="things-placed"
            style={{ transform: `translateY(${start - margin}px)` }}
          >
            <ul>{props.row(index)}</ul>
          </li>
        ))}
      </ul>
    </li>
  );
}

interface ThingRowProps extends ThingsProps {
  readonly row: Row;
  readonly index: number;
  readonly roving: Roving;
  readonly move: ((from: number, to: number) => void) | undefined;
  readonly dragged: number | undefined;
  readonly setDragged: (index: number | undefined) => void;
}

function ThingRow({ row, index, roving, move, dragged, setDragged, ...props }: ThingRowProps) {
  const { key, name, detail, at, muted = false } = row;
  const problems = useContext(ProblemsContext).get(at)?.length ?? 0;
  const isOpen = props.open === key;
  const [over, setOver] = useState(false);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  const keyDown = (event: KeyboardEvent) => {
    const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    if (by !== undefined && move !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      move(index, index + by);
    }
    if (event.key !== "Delete") return;
    event.preventDefault();
    event.stopPropagation();
    props.onRemove(index);
  };
  const dragging =
    move === undefined
      ? undefined
      : {
          onDragOver: (event: DragEvent) => {
            if (dragged === undefined) return;
            event.preventDefault();
            event.stopPropagation();
            setOver(true);
          },
          onDragLeave: () => setOver(false),
          onDrop: (event: DragEvent) => {
            setOver(false);
            if (dragged === undefined) return;
            event.preventDefault();
            event.stopPropagation();
            setDragged(undefined);
            move(dragged, index);
          },
        };
  return (
    <li
      className="thing"
      data-open={isOpen || undefined}
      data-over={over || undefined}
      data-muted={muted || undefined}
      {...dragging}
    >
      <div className="thing-head" data-row="">
        {move !== undefined && (
          <span
            className="thing-grip"
            aria-hidden="true"
            draggable
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = "move";
              event.dataTransfer.setData("text/plain", name);
              setDragged(index);
            }}
            onDragEnd={() => setDragged(undefined)}
          >
            <GripVertical size={14} />
          </span>
        )}
        <button
          type="button"
          className="thing-button"
          aria-expanded={isOpen}
          aria-keyshortcuts={move === undefined ? undefined : "Alt+ArrowUp Alt+ArrowDown"}
          onKeyDown={keyDown}
          onClick={() => {
            roving.take(key);
            props.onOpen(isOpen ? undefined : key);
          }}
          {...roving.item(key)}
        >
          <Chevron size={14} aria-hidden="true" />
          <span className="thing-name">{name}</span>
          {problems > 0 && (
            <span className="thing-wrong">
              <TriangleAlert size={14} aria-hidden="true" />
              <span className="visually-hidden">
                {problems} {problems === 1 ? "problem" : "problems"}
              </span>
            </span>
          )}
          {detail !== undefined && detail !== "" && <span className="thing-detail">{detail}</span>}
        </button>
        <Button icon label={`Remove ${name}`} onClick={() => props.onRemove(index)} {...roving.item(`${key} remove`)}>
          <X size={14} aria-hidden="true" />
        </Button>
      </div>
      {isOpen && <div className="thing-form">{props.form(index)}</div>}
    </li>
  );
}
