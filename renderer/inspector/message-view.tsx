import { Check, Copy } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { Flow } from "../../shared/flow/flow.ts";
import { sipNames } from "../../shared/run/addresses.ts";
import { changedLines, sipText } from "../../shared/run/print.ts";
import type { Hop, Run } from "../../shared/run/run.ts";
import { Button } from "../ui/button.tsx";
import { copyText } from "./copy-text.ts";
import { hopOf } from "./why.ts";
import type { Names } from "./words.ts";

/** How long "Copied" stands, in ms. */
const COPIED_MS = 1600;

function CopyButton({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState<boolean>();
  useEffect(() => {
    if (copied === undefined) return;
    const timer = setTimeout(() => setCopied(undefined), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const says = copied === undefined ? "Copy" : copied ? "Copied" : "Not copied";
  return (
    <Button className="why-copy" onClick={() => void copyText(text).then(setCopied)}>
      {copied === true ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      <span aria-live="polite">{says}</span>
    </Button>
  );
}

function summary(changed: number, gone: number): string {
  if (changed === 0 && gone === 0) return "Unchanged from the hop before.";
  const parts = [changed === 0 ? "" : `${changed} new or changed`, gone === 0 ? "" : `${gone} gone`].filter(Boolean);
  return `Against the hop before: ${parts.join(", ")}.`;
}

/** The message of a hop: its CPM name and its SIP text, lines that the last element changed marked. */
export function MessageView(props: {
  readonly flow: Flow;
  readonly run: Run;
  readonly hop: Hop;
  readonly names: Names;
}) {
  const { flow, run, hop, names } = props;
  const { scenario } = flow;
  const addresses = useMemo(() => sipNames(scenario), [scenario]);
  const lines = useMemo(() => sipText(hop, addresses), [hop, addresses]);
  const before = hop.relays === undefined ? undefined : hopOf(run, hop.relays);
  const { changed, gone } = useMemo(() => {
    const previous = before === undefined ? undefined : sipText(before, addresses);
    return {
      changed: changedLines(previous, lines),
      gone: previous === undefined ? [] : previous.filter((_, at) => changedLines(lines, previous)[at]),
    };
  }, [before, lines, addresses]);
  return (
    <section className="why-section" aria-label="Message">
      <div className="why-heading">
        <h3>Message</h3>
        <CopyButton text={lines.join("\n")} />
      </div>
      <p className="why-message-name">{hop.message.name}</p>
      <p className="why-muted">
        {names.get(hop.from) ?? hop.from} → {names.get(hop.to) ?? hop.to}
      </p>
      <pre className="why-sip">
        {lines.map((line, at) => {
          const marked = changed[at] === true;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line of a message is known by its place.
            <span key={at} className="why-line" data-changed={marked || undefined}>
              {marked && <span className="visually-hidden">Changed: </span>}
              {line}
              {"\n"}
            </span>
          );
        })}
      </pre>
      {before !== undefined && <p className="why-muted">{summary(changed.filter(Boolean).length, gone.length)}</p>}
      {gone.length > 0 && (
        <details className="why-details">
          <summary>Lines that are gone</summary>
          <pre className="why-sip why-gone">{gone.join("\n")}</pre>
        </details>
      )}
    </section>
  );
}
