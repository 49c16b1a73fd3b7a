import {
  CircleQuestionMark,
  CodeXml,
  Compass,
  FilePen,
  GitBranchPlus,
  GitFork,
  ListChecks,
  type LucideIcon,
  Scale,
  ScrollText,
  Search,
  TriangleAlert,
  UsersRound,
} from "lucide-react";
import { Component, type ComponentType, lazy, type ReactNode, Suspense } from "react";
import type { SidePanelId } from "../shared/side-panels.ts";
import { firstPicture } from "./first-picture.ts";
import { ProblemsBadge } from "./problems/badge.tsx";
import { BreachesBadge } from "./requirements/badge.tsx";

/** A panel that is loaded when it is first shown, and after the first picture, which so does not wait for it. */
function part(load: () => Promise<ComponentType>) {
  return lazy(async () => {
    await firstPicture;
    return { default: await load() };
  });
}

export const LibraryPanel = part(async () => (await import("./library/library-panel.tsx")).LibraryPanel);
export const NetworkPanel = part(async () => (await import("./network/network-panel.tsx")).NetworkPanel);

export const Editor = part(async () => (await import("./editor/editor.tsx")).Editor);
export const StepMenu = part(async () => (await import("./editor/step-menu.tsx")).StepMenu);
export const CompareView = part(async () => (await import("./compare/compare-view.tsx")).CompareView);

interface SidePanelParts {
  readonly icon: LucideIcon;
  readonly Panel: ComponentType;
  /** Stands beside the panel's name. */
  readonly Head?: ComponentType;
  /** Stands on the panel's button: what there is to be seen in it. */
  readonly Badge?: ComponentType;
}

/** What each panel at the right edge shows, and the picture on its button. */
export const sidePanelParts: Readonly<Record<SidePanelId, SidePanelParts>> = {
  prose: {
    icon: ScrollText,
    Panel: part(async () => (await import("./prose/prose-panel.tsx")).ProsePanel),
    Head: part(async () => (await import("./prose/prose-head.tsx")).ProseHead),
  },
  why: {
    icon: CircleQuestionMark,
    Panel: part(async () => (await import("./inspector/why-panel.tsx")).WhyPanel),
  },
  scenario: {
    icon: UsersRound,
    Panel: part(async () => (await import("./scenario/scenario-panel.tsx")).ScenarioPanel),
  },
  problems: {
    icon: TriangleAlert,
    Panel: part(async () => (await import("./problems/problems-panel.tsx")).ProblemsPanel),
    Badge: ProblemsBadge,
  },
  find: {
    icon: Search,
    Panel: part(async () => (await import("./find/find-panel.tsx")).FindPanel),
  },
  requirements: {
    icon: ListChecks,
    Panel: part(async () => (await import("./requirements/requirements-panel.tsx")).RequirementsPanel),
    Badge: BreachesBadge,
  },
  whatIf: {
    icon: GitBranchPlus,
    Panel: part(async () => (await import("./what-if/what-if-panel.tsx")).WhatIfPanel),
  },
  variants: {
    icon: GitFork,
    Panel: part(async () => (await import("./variants/variants-panel.tsx")).VariantsPanel),
  },
  explore: {
    icon: Compass,
    Panel: part(async () => (await import("./explore/explore-panel.tsx")).ExplorePanel),
  },
  rules: {
    icon: Scale,
    Panel: part(async () => (await import("./rules/rules-panel.tsx")).RulesPanel),
  },
  changeRequest: {
    icon: FilePen,
    Panel: part(async () => (await import("./change-request/change-request-panel.tsx")).ChangeRequestPanel),
  },
  text: {
    icon: CodeXml,
    Panel: part(async () => (await import("./text/text-panel.tsx")).TextPanel),
  },
};

/** Keeps a mistake in one panel from taking the whole window with it. React knows no other form for this than a class. */
class Fence extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <p className="slot-broken" role="alert">
        This panel has failed and is left out. The flow is unharmed; close and open the panel to try again.
      </p>
    );
  }
}

/** A place for a panel; empty for the moment in which it loads. */
export function Slot({ of: Content }: { readonly of: ComponentType }) {
  return (
    <Fence>
      <Suspense fallback={null}>
        <Content />
      </Suspense>
    </Fence>
  );
}
