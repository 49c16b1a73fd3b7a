import { Tabs } from "radix-ui";
import { type ComponentType, useMemo, useState } from "react";
import type { Diagnostic } from "../../shared/flow/result.ts";
import { useApp } from "../store/use-app.ts";
import { useWish } from "../store/use-wish.ts";
import { Head } from "./head.tsx";
import type { List } from "./list.ts";
import { ListSection } from "./list-section.tsx";
import { peopleLists, sessionLists } from "./lists.ts";
import { Missing } from "./missing.tsx";
import { OptionsSection } from "./options.tsx";
import { Participants } from "./participants.tsx";
import { ProblemsContext, useProblems } from "./problems.ts";
import { ScrollerContext } from "./scroller.ts";
import { Turns } from "./turns.tsx";
import "../ui/list-panel.css";
import "./scenario.css";

const Lists = ({ lists }: { readonly lists: readonly List[] }) =>
  lists.map((list) => <ListSection key={list.list} of={list} />);

interface Part {
  readonly id: string;
  readonly title: string;
  readonly Content: ComponentType;
  /** What of the document it shows, as the beginnings of JSON pointers. */
  readonly places: readonly string[];
}

const parts: readonly Part[] = [
  { id: "participants", title: "Participants", Content: Participants, places: ["/scenario/participants"] },
  {
    id: "users",
    title: "Users",
    Content: () => <Lists lists={peopleLists} />,
    places: ["/scenario/users", "/scenario/policies"],
  },
  {
    id: "sessions",
    title: "Sessions",
    Content: () => <Lists lists={sessionLists} />,
    places: ["/scenario/sessions", "/scenario/invitations", "/scenario/transfers", "/scenario/chats"],
  },
  { id: "turns", title: "Turns", Content: Turns, places: ["/variants"] },
  { id: "options", title: "Options", Content: OptionsSection, places: ["/scenario/options", "/scenario/timers"] },
  { id: "flow", title: "Flow", Content: Head, places: ["/definitions"] },
];

/** What the flow starts from, as forms: every change recomputes it. */
export function ScenarioPanel() {
  const [tab, setTab] = useState("participants");
  const handle = useApp((state) => state.open?.handle);
  const problems = useProblems();
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  useWish("scenario", true, (topic) => {
    if (parts.some(({ id }) => id === topic)) setTab(topic);
  });
  const counts = useMemo(
    () => new Map(parts.map(({ id, places }) => [id, places.flatMap((place) => problems.get(place) ?? []).length])),
    [problems],
  );
  return (
    <ProblemsContext value={problems}>
      <ScrollerContext value={scroller}>
        <Tabs.Root className="scenario" value={tab} onValueChange={setTab}>
          <Tabs.List className="scenario-tabs" aria-label="Parts of the scenario">
            {parts.map(({ id, title }) => (
              <Tabs.Trigger key={id} value={id} className="scenario-tab">
                {title}
                <Wrong count={counts.get(id) ?? 0} />
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <div className="scenario-body" ref={setScroller}>
            <Missing />
            {parts.map(({ id, Content }) => (
              <Tabs.Content key={`${handle} ${id}`} value={id} className="scenario-content" tabIndex={-1}>
                <Content />
              </Tabs.Content>
            ))}
          </div>
        </Tabs.Root>
      </ScrollerContext>
    </ProblemsContext>
  );
}

function Wrong({ count }: { readonly count: Diagnostic[]["length"] }) {
  if (count === 0) return null;
  return (
    <span className="scenario-wrong">
      {count > 99 ? "99+" : count}
      <span className="visually-hidden"> {count === 1 ? "problem" : "problems"}</span>
    </span>
  );
}
