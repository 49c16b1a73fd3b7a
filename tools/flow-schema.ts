import { z } from "zod";
import { flowSchema, VERSION } from "../shared/flow/flow.ts";

/** The schema of flow documents as JSON Schema, for editors and other programs: the text of `docs/flow.schema.json`. */
export function flowJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(flowSchema, { io: "input" });
  const title = `Callflow document, version ${VERSION}`;
  return `${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n`;
}
