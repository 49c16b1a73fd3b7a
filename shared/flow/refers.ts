import { z } from "zod";
import { id, line } from "./scalars.ts";

/** A `ref` may stand for another flow: one that comes with the app, or one in the folder of the document. */
export const refersSchema = z.strictObject({
  flow: line.describe(
    "A bundled flow by its id, as cpm/one-to-one, or a file in the document's folder or below, as parts/release.flow.json.",
  ),
  variant: id.optional().describe("Which of its variants; the main one when absent."),
  participants: z
    .array(
      z.strictObject({
        there: id.describe("A participant of the other flow."),
        here: id.describe("Who that is in this flow."),
      }),
    )
    .max(1000)
    .optional(),
});

export type Refers = z.infer<typeof refersSchema>;

/** Whether a reference is to a file; any other is to a bundled flow. */
export const isFile = (flow: string): boolean => flow.endsWith(".flow.json");

/**
 * Why a path in a document is not followed; undefined for one that leads to a file in the document's folder or below. A
 * document may come from anybody: it names no file elsewhere.
 */
export function wrongPath(path: string): string | undefined {
  const parts = path.split("/");
  const leadsOut = parts.some((part) => part === "" || part === "." || part === "..") || /[\\:\0]/.test(path);
  return leadsOut
    ? `“${path}” does not lead to a file in the folder of this flow: write its name, after its folders with “/” between.`
    : undefined;
}
