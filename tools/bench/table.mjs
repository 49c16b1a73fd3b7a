// Numbers and tables on the terminal.

/** @param {readonly number[]} values @param {number} share such as 0.95 */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/** @param {readonly number[]} values */
export const median = (values) => percentile(values, 0.5);

/** Milliseconds as a cell: so many digits as mean something. @param {number | undefined} ms */
export function milliseconds(ms) {
  if (ms === undefined || Number.isNaN(ms)) return "–";
  const digits = ms < 10 ? 2 : ms < 100 ? 1 : 0;
  return ms.toFixed(digits);
}

/**
 * A Markdown table: readable in the terminal, and what docs/BENCHMARKS.md holds.
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => (row[i] ?? "").length)));
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${widths.map((width, i) => (i === 0 ? (cells[i] ?? "").padEnd(width) : (cells[i] ?? "").padStart(width))).join(" | ")} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

/**
 * What is to be shown, as a line; the numbers stand beside it, because a word alone convinces nobody.
 * @param {string} statement
 * @param {boolean | undefined} holds undefined when something that it needs was not measured
 * @param {string} numbers
 */
export function verdict(statement, holds, numbers) {
  const word = holds === undefined ? "not measured" : holds ? "holds" : "does not hold";
  return `- ${statement}: **${word}** (${numbers})`;
}
