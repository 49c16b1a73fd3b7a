import { Check, CircleX, GitBranch, GitCompareArrows } from "lucide-react";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import type { VariantInfo } from "../../shared/run/variant-info.ts";
import type { AppStore } from "../store/app-store.ts";
import { useApp, useAppStore } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { type Roving, useRoving } from "../ui/roving.ts";
import { Segmented } from "../ui/segmented.tsx";
import { MissingList } from "./missing-list.tsx";
import { playVariant } from "./play-variant.ts";
import { type Branch, treeOf } from "./tree.ts";
import { useVariants } from "./use-variants.ts";
import { VariantActions } from "./variant-actions.tsx";
import { endText, lengthText } from "./variant-words.ts";
import { VariantVerdict } from "./verdict.tsx";
import "../ui/list-panel.css";
import "./variants.css";

const TreePicture = lazy(async () => ({ default: (await import("./tree-picture.tsx")).TreePicture }));

interface EntryProps {
  readonly branch: Branch;
  readonly info: VariantInfo | undefined;
  readonly roving: Roving;
}

function Entry({ branch: { variant, depth }, info, roving }: EntryProps) {
  const app = useAppStore();
  const isShown = useApp((state) => state.variant === variant.id);
  const Icon = info?.trouble !== undefined ? CircleX : isShown ? Check : GitBranch;
  return (
    <li className="entry variant-row" data-row style={{ paddingLeft: Math.min(depth, 8) * 14 }}>
      <button
        type="button"
        className="entry-button variant-entry"
        aria-current={isShown || undefined}
        data-trouble={info?.trouble !== undefined || undefined}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => void playVariant(app, variant.id)}
        {...roving.item(variant.id)}
      >
        <Icon size={16} className="variant-icon" aria-hidden="true" />
        <span className="entry-text variant-title">{variant.title}</span>
        {endText(info) !== "" && <span className="entry-text variant-end">{endText(info)}</span>}
        <span className="entry-source">
          {lengthText(info)}
          <VariantVerdict info={info} />
        </span>
      </button>
      {!isShown && (
        <Button
          icon
          className="variant-compare"
          label={`Compare “${variant.title}” with the variant shown`}
          onClick={() => compareWithShown(app, variant.id)}
          {...roving.item(`${variant.id} compare`)}
        >
          <GitCompareArrows size={15} />
        </Button>
      )}
    </li>
  );
}

function compareWithShown(app: AppStore, id: string): void {
  const { open, variant, actions } = app.getState();
  if (open === undefined) return;
  const shown = { from: "open", handle: open.handle, variant } as const;
  void actions.compare(shown, { ...shown, variant: id });
}

function List({ tree, infos }: { readonly tree: readonly Branch[]; readonly infos: ReadonlyMap<string, VariantInfo> }) {
  const roving = useRoving(tree.map(({ variant }) => variant.id));
  const shown = useApp((state) => state.variant);
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every other variant.
  useEffect(() => list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" }), [shown]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: moves the focus among the buttons inside.
    <div className="list-group variant-list" ref={list} onKeyDown={roving.onKeyDown}>
      <ul aria-label="Variants">
        {tree.map((branch) => (
          <Entry key={branch.variant.id} branch={branch} info={infos.get(branch.variant.id)} roving={roving} />
        ))}
      </ul>
    </div>
  );
}

/** All variants of the flow: where they leave one another and how they end; one that is chosen is shown and played. */
export function VariantsPanel() {
  const flow = useApp((state) => state.open?.flow);
  const shown = useApp((state) => state.variant);
  const infos = useVariants();
  const [look, setLook] = useState<"list" | "tree" | "missing">("list");
  const tree = useMemo(() => treeOf(flow?.variants ?? []), [flow?.variants]);
  if (flow === undefined) return <p className="list-nothing">Open a flow to see its variants.</p>;
  const variant = flow.variants.find(({ id }) => id === shown);
  const count = flow.variants.length;
  return (
    <div className="list-panel">
      <header className="list-top variant-top">
        <p className="list-about">{count === 1 ? "One variant" : `${count.toLocaleString("en")} variants`}</p>
        <Segmented
          label="Variants as"
          value={look}
          options={[
            { value: "list", text: "List" },
            { value: "tree", text: "Tree" },
            { value: "missing", text: "Missing", title: "What the rules provide for and no variant shows" },
          ]}
          onChange={setLook}
        />
      </header>
      <div className={look === "tree" ? "variant-body" : "list-body"}>
        {look === "list" && <List tree={tree} infos={infos} />}
        {look === "missing" && <MissingList />}
        {look === "tree" && (
          <Suspense fallback={null}>
            <TreePicture tree={tree} infos={infos} />
          </Suspense>
        )}
      </div>
      {variant !== undefined && look !== "missing" && <VariantActions key={variant.id} flow={flow} variant={variant} />}
    </div>
  );
}
