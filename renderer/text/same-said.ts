import { readMermaid } from "../../shared/text/mermaid/read.ts";

/** Whether two Mermaid texts say the same, however they are written; one that cannot be understood says nothing. */
export function sameSaid(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [said(a), said(b)];
  return left !== undefined && left === right;
}

function said(text: string): string | undefined {
  const read = readMermaid(text);
  return read.ok ? JSON.stringify(read.value.map(({ line: _, ...rest }) => rest)) : undefined;
}
