import type { Flow, Variant } from "../../shared/flow/flow.ts";
import { ok } from "../../shared/flow/result.ts";
import type { Choice, Stimulus } from "../../shared/run/choice.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import type { Get } from "./app-store.ts";
import { failure } from "./settle.ts";
import type { Actions } from "./state.ts";

/** A variant that is to be kept; its id is chosen when it is. */
export type NewVariant = Omit<Variant, "id">;

/** The variant of the flow that takes the same turns, if there is one. */
export function sameVariant(flow: Flow, variant: NewVariant): string | undefined {
  const id = freeId(flow, variant.title);
  const script = wholeScript({ ...flow, variants: [...flow.variants, { ...variant, id }] }, id);
  if (!script.ok) return undefined;
  return flow.variants.find((other) => {
    const whole = wholeScript(flow, other.id);
    return (
      whole.ok &&
      whole.value.length === script.value.length &&
      whole.value.every((choice, at) => isSameTurn(choice, script.value[at] as Choice))
    );
  })?.id;
}

/** Where these leave out what they are about, there is only one thing that it can be. */
const unmistakable: readonly Stimulus[] = ["accept", "decline", "cancel", "end", "refuse", "transfer"];

/** Whether two choices at the same place of a script are one turn. */
function isSameTurn(a: Choice, b: Choice): boolean {
  if (a.kind !== "stimulate" || b.kind !== "stimulate" || !unmistakable.includes(a.stimulus))
    return JSON.stringify(a) === JSON.stringify(b);
  const isAboutSame = a.what === undefined || b.what === undefined || a.what === b.what;
  return (
    isAboutSame &&
    a.participant === b.participant &&
    a.stimulus === b.stimulus &&
    a.code === b.code &&
    (a.now ?? false) === (b.now ?? false)
  );
}

/** An id made of the title that no variant has yet. */
export function freeId({ variants }: Flow, title: string): string {
  const taken = new Set(variants.map(({ id }) => id));
  const plain = title
    .normalize("NFKD")
    .replace(/[^\p{ASCII}]/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50);
  const base = /^[a-z]/.test(plain) ? plain : "variant";
  for (let count = 1; ; count++) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!taken.has(id)) return id;
  }
}

/** Adds a variant to the document as one edit, unless it is there already, and shows it. Gives its id. */
export function keeping(get: Get): Actions["keepVariant"] {
  return async (variant) => {
    const { open, actions } = get();
    if (open === undefined) return failure("No flow is open.");
    const known = sameVariant(open.flow, variant);
    const id = known ?? freeId(open.flow, variant.title);
    if (known === undefined) {
      const index = open.flow.variants.length;
      const { title, description, branch, script } = variant;
      const element: Variant = {
        id,
        title,
        ...(description === undefined ? undefined : { description }),
        ...(branch === undefined ? undefined : { branch }),
        script,
      };
      const added = await actions.edit(`Keep “${title}”`, { kind: "insert", list: "variants", index, element });
      if (!added.ok) return added;
    }
    await actions.selectVariant(id);
    return get().variant === id ? ok(id) : failure(`The variant “${variant.title}” cannot be shown.`);
  };
}
