import { createHash } from "node:crypto";
import { ok, type Result } from "../../shared/flow/result.ts";
import { HANDOUT_DATA, type HandoutData } from "../../shared/handout.ts";
import type { Run } from "../../shared/run/run.ts";
import type { Exported, ExportInput } from "./formats.ts";
import { heading } from "./heading.ts";
import { interSubset } from "./resources/subset.ts";

/** Beside what the flow says: what the player says of itself. */
const PLAIN = String.fromCharCode(...Array.from({ length: 0x17f - 0x20 }, (_, i) => 0x20 + i));

/**
 * The flow with all its variants as one page that plays them in any browser, without a network. A variant that cannot be
 * run is left out, with a remark.
 */
export async function exportHtml(input: ExportInput): Promise<Result<Exported>> {
  const { flow, variant, draw, rules = [] } = input;
  const runs: Record<string, Run> = { [variant]: input.run };
  const remarks: string[] = [];
  for (const [i, { id, title }] of flow.variants.entries()) {
    input.progress?.(i / flow.variants.length);
    input.signal?.throwIfAborted();
    if (id === variant) continue;
    const other = await draw?.(id);
    if (other?.ok) runs[id] = other.value.run;
    else remarks.push(`The variant “${title}” is not in the handout${other ? `: ${other.failure.message}` : "."}`);
  }
  const kept = flow.variants.filter(({ id }) => Object.hasOwn(runs, id));
  const data: HandoutData = {
    flow: { ...flow, variants: kept },
    view: input.view ?? flow.view ?? {},
    runs,
    rules,
    variant,
  };
  const json = JSON.stringify(data);
  const { script, style } = await import("virtual:handout");
  const fonts = await interSubset(`${PLAIN}${json}`);
  return ok({ content: page(heading(flow, variant), json, fontFaces(fonts) + style, script), remarks });
}

function fontFaces({ regular, semibold }: Awaited<ReturnType<typeof interSubset>>): string {
  const face = (weight: string, data: string) =>
    `@font-face{font-family:Inter;font-weight:${weight};font-display:block;src:url(data:font/ttf;base64,${data})}`;
  return face("400", regular) + face("500 600", semibold);
}

/** What ends a script's element, or begins a comment in it, must not stand in it. */
const inScript = (text: string): string => text.replace(/<(?=\/script|script|!--)/gi, "\\u003c");

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function page(title: string, json: string, style: string, script: string): string {
  const code = inScript(script);
  const hash = createHash("sha256").update(code).digest("base64");
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    "font-src data:",
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Callflow">
<title>${escapeHtml(title)}</title>
<style>${style.replaceAll("</style", "<\\/style")}</style>
</head>
<body>
<div id="root"></div>
<noscript>This page plays a call flow; its script has to be allowed.</noscript>
<script type="application/json" id="${HANDOUT_DATA}">${json.replaceAll("<", "\\u003c")}</script>
<script>${code}</script>
</body>
</html>
`;
}
