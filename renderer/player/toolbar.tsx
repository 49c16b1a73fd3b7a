import { BookOpen, Eye, GitBranch, Moon, Network, PanelRight, Sun, SunMoon } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { View } from "../../shared/flow/flow.ts";
import type { NetworkPlace, ThemeChoice } from "../store/state.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { MenuCheck, MenuRadio } from "../ui/menu.tsx";
import { Segmented } from "../ui/segmented.tsx";

function Title() {
  const flow = useApp((state) => state.open?.flow);
  const name = useApp((state) => state.open?.name);
  return (
    <div className="toolbar-title">
      <h1 title={flow?.title}>{flow?.title ?? "Callflow"}</h1>
      {flow !== undefined && (
        <span className="toolbar-clause" title={flow.clause ?? name}>
          {flow.clause ?? name}
        </span>
      )}
    </div>
  );
}

function Variants() {
  const variants = useApp((state) => state.open?.flow.variants);
  const variant = useApp((state) => state.variant);
  const { selectVariant } = useActions();
  if (variants === undefined || variants.length < 2) return null;
  const title = variants.find((candidate) => candidate.id === variant)?.title ?? variant;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button
          look="outlined"
          className="toolbar-variant"
          title={`Variant: ${title}`}
          aria-label={`Variant: ${title}`}
        >
          <GitBranch size={15} />
          <span className="toolbar-variant-title">{title}</span>
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
          <DropdownMenu.Label className="menu-heading">Variant</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={variant} onValueChange={(id) => void selectVariant(id)}>
            {variants.map((each) => (
              <MenuRadio key={each.id} value={each.id} detail={each.description}>
                {each.title}
              </MenuRadio>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Roles that a person may hide, in the words of the menu. */
const HIDEABLE = [
  { role: "core", text: "SIP/IP cores" },
  { role: "participatingFunction", text: "Participating functions" },
] as const;

function Visibility() {
  const view = useApp((state) => state.view);
  const { setView } = useActions();
  const hidden = view.hide ?? [];
  const toggle = (role: string, shown: boolean) =>
    setView({ hide: shown ? hidden.filter((entry) => entry !== role) : [...hidden, role] });
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button title="What is shown">
          <Eye size={16} />
          <span className="toolbar-wide">Show</span>
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
          <DropdownMenu.Label className="menu-heading">Participants</DropdownMenu.Label>
          {HIDEABLE.map(({ role, text }) => (
            <MenuCheck key={role} checked={!hidden.includes(role)} onChange={(shown) => toggle(role, shown)}>
              {text}
            </MenuCheck>
          ))}
          <DropdownMenu.Separator className="menu-separator" />
          <DropdownMenu.Label className="menu-heading">A message that is passed on</DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            value={view.relays ?? "local"}
            onValueChange={(relays) => setView({ relays: relays as NonNullable<View["relays"]> })}
          >
            <MenuRadio value="each" detail="Every hop is an arrow of its own.">
              Each hop
            </MenuRadio>
            <MenuRadio value="local" detail="Within one network it is one arrow.">
              One arrow in each network
            </MenuRadio>
            <MenuRadio value="all" detail="From its sender to its receiver.">
              One arrow
            </MenuRadio>
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function NetworkMenu() {
  const place = useApp((state) => state.panels.network);
  const { setPanels } = useActions();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button icon label="Network view" aria-pressed={place !== "off"}>
          <Network size={16} />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
          <DropdownMenu.Label className="menu-heading">Network view</DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            value={place}
            onValueChange={(network) => setPanels({ network: network as NetworkPlace })}
          >
            <MenuRadio value="off">Not shown</MenuRadio>
            <MenuRadio value="beside">Beside the sequence</MenuRadio>
            <MenuRadio value="instead">In place of the sequence</MenuRadio>
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const themeIcons = { system: SunMoon, light: Sun, dark: Moon } as const;

function ThemeMenu() {
  const choice = useApp((state) => state.themeChoice);
  const { setTheme } = useActions();
  const Icon = themeIcons[choice];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button icon label="Appearance">
          <Icon size={16} />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu menu-narrow" align="end" sideOffset={6}>
          <DropdownMenu.RadioGroup value={choice} onValueChange={(theme) => setTheme(theme as ThemeChoice)}>
            <MenuRadio value="system">As the system</MenuRadio>
            <MenuRadio value="light">Light</MenuRadio>
            <MenuRadio value="dark">Dark</MenuRadio>
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function LevelChoice() {
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

/** On top of the window: what is open, what of it is shown, and which panels. */
export function Toolbar() {
  const panels = useApp((state) => state.panels);
  const ready = useApp((state) => state.diagram !== undefined);
  const { setPanels } = useActions();
  return (
    <header className="toolbar">
      <Button
        icon
        label={panels.library ? "Hide library" : "Show library"}
        aria-pressed={panels.library}
        onClick={() => setPanels({ library: !panels.library })}
      >
        <BookOpen size={16} />
      </Button>
      <Title />
      {ready && (
        <div className="toolbar-group">
          <Variants />
          <LevelChoice />
          <Visibility />
        </div>
      )}
      <div className="toolbar-rule" />
      <div className="toolbar-group">
        {ready && <NetworkMenu />}
        <Button
          icon
          label={panels.side ? "Hide prose and explanation" : "Show prose and explanation"}
          aria-pressed={panels.side}
          onClick={() => setPanels({ side: !panels.side })}
        >
          <PanelRight size={16} />
        </Button>
        <ThemeMenu />
      </div>
    </header>
  );
}
