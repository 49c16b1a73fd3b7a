import { useEffect, useMemo, useState } from "react";
import type { Role } from "../../shared/flow/flow.ts";
import type { RuleInfo, Run } from "../../shared/run/run.ts";
import { stepsWith } from "../player/caption.ts";
import { useActions, useApp, useAppStore } from "../store/use-app.ts";
import { useWish } from "../store/use-wish.ts";
import { matches } from "../ui/matches.ts";
import { Retry } from "../ui/retry.tsx";
import { useRoving } from "../ui/roving.ts";
import { SearchField } from "../ui/search-field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { type Fired, filterRules, firedIn, type RuleFilter } from "./fired.ts";
import { RuleEntry } from "./rule-entry.tsx";
import { switchRule } from "./scenario-edits.ts";
import { useRules } from "./use-rules.ts";
import "../ui/list-panel.css";
import "./rules.css";

const roles: Readonly<Record<Role, string>> = {
  client: "Client",
  core: "SIP/IP Core",
  participatingFunction: "Participating function",
  controllingFunction: "Controlling function",
  other: "Other participants",
};

interface Shown {
  readonly rules: readonly RuleInfo[];
  readonly fired: ReadonlyMap<string, Fired>;
  readonly off: ReadonlySet<string>;
}

function RuleList({ rules, fired, off }: Shown) {
  const { edit, goToStep, mark } = useActions();
  const store = useAppStore();
  const [open, setOpen] = useState<string>();
  const roving = useRoving(rules.map(({ id }) => id));
  const hops = open === undefined ? undefined : fired.get(open)?.hops;
  useEffect(() => {
    mark(hops ?? []);
    return () => mark([]);
  }, [hops, mark]);
  const press = (id: string) => {
    roving.take(id);
    setOpen(open === id ? undefined : id);
    const { diagram } = store.getState();
    const first = diagram === undefined ? undefined : stepsWith(diagram, fired.get(id)?.hops ?? [])[0];
    if (open !== id && first !== undefined) goToStep(first);
  };
  const turn = (id: string) => {
    const scenario = store.getState().open?.flow.scenario;
    if (scenario === undefined) return;
    const change = switchRule(scenario, id, off.has(id));
    void edit(change.label, change.edit);
  };
  const groups = [...new Set(rules.map(({ role }) => role))];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: moves the focus among the buttons inside.
    <div onKeyDown={roving.onKeyDown}>
      {groups.map((role) => (
        <section key={role} className="list-group" aria-label={roles[role]}>
          <h3 className="list-heading">{roles[role]}</h3>
          <ul>
            {rules
              .filter((rule) => rule.role === role)
              .map((rule) => (
                <RuleEntry
                  key={rule.id}
                  rule={rule}
                  fired={fired.get(rule.id)}
                  on={!off.has(rule.id)}
                  open={open === rule.id}
                  onPress={() => press(rule.id)}
                  onSwitch={() => turn(rule.id)}
                  roving={roving}
                />
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const nothing: Readonly<Record<RuleFilter, string>> = {
  all: "There are no rules.",
  fired: "No rule fires in this run: its messages were all drawn by hand.",
  off: "Every rule is on.",
};

const emptyRun: Run = { turns: [], hops: [], end: "rest" };
const noneOff: readonly string[] = [];

/** Every rule of the engine: where it comes from, when it fires, where it did; to be switched off or given other values. */
export function RulesPanel() {
  const rules = useRules();
  const run = useApp((state) => state.run) ?? emptyRun;
  const switchedOff = useApp((state) => state.open?.flow.scenario.rules?.off ?? noneOff);
  const [filter, setFilter] = useState<RuleFilter>("all");
  const [query, setQuery] = useState("");
  const fired = useMemo(() => firedIn(run), [run]);
  const off = useMemo(() => new Set(switchedOff), [switchedOff]);
  useWish("rules", true, (topic) => {
    if (topic !== "off") return;
    setFilter("off");
    setQuery("");
  });
  if (rules.kind === "failed") return <Retry {...rules} />;
  if (rules.kind === "loading")
    return (
      <p className="list-nothing" aria-busy="true">
        Reading the rules…
      </p>
    );
  const found = filterRules(rules.value, filter, fired, off).filter(({ id, title, clause, says, role }) =>
    matches(query, id, title, clause, says, roles[role]),
  );
  const options = [
    { value: "all", text: `All ${rules.value.length}` },
    { value: "fired", text: `Fired ${fired.size}`, title: "Fired in this run" },
    { value: "off", text: `Off ${off.size}`, title: "Switched off in this scenario" },
  ] as const;
  return (
    <div className="list-panel">
      <header className="list-top">
        <Segmented label="Rules shown" value={filter} options={options} onChange={setFilter} />
        <SearchField label="Search rules" value={query} onChange={setQuery} />
      </header>
      <div className="list-body">
        {found.length === 0 ? (
          <p className="list-nothing" role="status">
            {query.trim() === "" ? nothing[filter] : `No rule says “${query.trim()}”.`}
          </p>
        ) : (
          <RuleList rules={found} fired={fired} off={off} />
        )}
      </div>
    </div>
  );
}
