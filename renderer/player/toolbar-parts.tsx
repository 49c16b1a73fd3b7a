import { Eye, GitBranch, Moon, Network, Sun, SunMoon } from "lucide-react";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { Menu, MenuCheck, MenuChoice, MenuHeading, MenuRadio, MenuRule } from "../ui/menu.tsx";
import { Segmented } from "../ui/segmented.tsx";

/** What is open. */
export function Title() {
  const flow = useApp((state) => state.open?.flow);
  const file = useApp((state) => (state.open?.path === undefined ? undefined : state.open.name));
  return (
    <div className="toolbar-title">
      <h1 title={flow?.title}>{flow?.title ?? "Callflow"}</h1>
      {(flow?.clause ?? file) !== undefined && (
        <span className="toolbar-clause" title={flow?.clause ?? file}>
          {flow?.clause ?? file}
        </span>
      )}
    </div>
  );
}

/** Which variant is shown. */
export function Variants() {
  const variants = useApp((state) => state.open?.flow.variants);
  const variant = useApp((state) => state.variant);
  const { selectVariant } = useActions();
  if (variants === undefined || variants.length < 2) return null;
  const title = variants.find((candidate) => candidate.id === variant)?.title ?? variant;
  const button = (
    <Button look="outlined" className="toolbar-variant" title={`Variant: ${title}`} aria-label={`Variant: ${title}`}>
      <GitBranch size={15} />
      <span className="toolbar-variant-title">{title}</span>
    </Button>
  );
  return (
    <Menu button={button}>
      <MenuHeading>Variant</MenuHeading>
      <MenuChoice value={variant} onChange={(id) => void selectVariant(id)}>
        {variants.map((each) => (
          <MenuRadio key={each.id} value={each.id} detail={each.description}>
            {each.title}
          </MenuRadio>
        ))}
      </MenuChoice>
    </Menu>
  );
}

/** Roles that a person may hide, in the words of the menu. */
const HIDEABLE = [
  { role: "core", text: "SIP/IP cores" },
  { role: "participatingFunction", text: "Participating functions" },
] as const;

/** Which participants are shown, and how often a message that is passed on. */
export function Visibility() {
  const view = useApp((state) => state.view);
  const { setView } = useActions();
  const hidden = view.hide ?? [];
  const toggle = (role: string, shown: boolean) =>
    setView({ hide: shown ? hidden.filter((entry) => entry !== role) : [...hidden, role] });
  // At the SIP level every hop is a message of its own.
  const fixed = view.level === "sip";
  const button = (
    <Button title="What is shown">
      <Eye size={16} />
      <span className="toolbar-wide">Show</span>
    </Button>
  );
  return (
    <Menu button={button}>
      <MenuHeading>Participants</MenuHeading>
      {HIDEABLE.map(({ role, text }) => (
        <MenuCheck key={role} checked={!hidden.includes(role)} onChange={(shown) => toggle(role, shown)}>
          {text}
        </MenuCheck>
      ))}
      <MenuRule />
      <MenuHeading>A message that is passed on</MenuHeading>
      <MenuChoice value={fixed ? "each" : (view.relays ?? "local")} onChange={(relays) => setView({ relays })}>
        <MenuRadio value="each" detail="Every hop is an arrow of its own.">
          Each hop
        </MenuRadio>
        <MenuRadio value="local" disabled={fixed} detail="Within one network it is one arrow.">
          One arrow in each network
        </MenuRadio>
        <MenuRadio value="all" disabled={fixed} detail="From its sender to its receiver.">
          One arrow
        </MenuRadio>
      </MenuChoice>
    </Menu>
  );
}

/** Where the network is shown. */
export function NetworkMenu() {
  const place = useApp((state) => state.panels.network);
  const { setPanels } = useActions();
  const button = (
    <Button icon label="Network view" aria-pressed={place !== "off"}>
      <Network size={16} />
    </Button>
  );
  return (
    <Menu button={button}>
      <MenuHeading>Network view</MenuHeading>
      <MenuChoice value={place} onChange={(network) => setPanels({ network })}>
        <MenuRadio value="off">Not shown</MenuRadio>
        <MenuRadio value="beside">Beside the sequence</MenuRadio>
        <MenuRadio value="instead">In place of the sequence</MenuRadio>
      </MenuChoice>
    </Menu>
  );
}

const themeIcons = { system: SunMoon, light: Sun, dark: Moon } as const;

/** How the window looks. */
export function ThemeMenu() {
  const choice = useApp((state) => state.themeChoice);
  const { setTheme } = useActions();
  const Icon = themeIcons[choice];
  const button = (
    <Button icon label="Appearance">
      <Icon size={16} />
    </Button>
  );
  return (
    <Menu narrow button={button}>
      <MenuChoice value={choice} onChange={setTheme}>
        <MenuRadio value="system">As the system</MenuRadio>
        <MenuRadio value="light">Light</MenuRadio>
        <MenuRadio value="dark">Dark</MenuRadio>
      </MenuChoice>
    </Menu>
  );
}

/** The messages of the service, or every SIP message. */
export function LevelChoice() {
  const level = useApp((state) => state.view.level ?? "cpm");
  const { setView } = useActions();
  return (
    <Segmented
      label="Level"
      value={level}
      options={[
        { value: "cpm", text: "CPM", title: "Messages as the specification names them" },
        { value: "sip", text: "SIP", title: "Every SIP message" },
      ]}
      onChange={(value) => setView({ level: value })}
    />
  );
}
