/** Where something stands in a document: the keys and indices that lead to it from the root. */
export type Path = readonly (string | number)[];

/** The path as a JSON pointer (RFC 6901): `/variants/0/script/3`. */
export function pointer(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The path as people write it, `variants[0].script[3]`; "the document" for the root. */
export function place(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (/^[A-Za-z_]\w*$/.test(step)) text += text === "" ? step : `.${step}`;
    else text += `[${quoted(step)}]`;
  }
  return text === "" ? "the document" : text;
}

/** A value as it may stand in a sentence: not too long, and no deeper than its kind. */
export function quoted(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  const json = JSON.stringify(typeof value === "string" ? value.slice(0, 80) : value);
  return json.length <= 60 ? json : `${json.slice(0, 57)}…`;
}
