/** What may not stand in a file's name somewhere. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be found
const FORBIDDEN = /[\\/:*?"<>|\u0000-\u001f\u007f]+/g;
const LONGEST = 100;

/** A file's name made of what people call the thing, without ending; never empty. */
export function fileName(title: string): string {
  const spaced = title.replace(FORBIDDEN, " ").replace(/\s+/g, " ");
  const short = Array.from(spaced).slice(0, LONGEST).join("");
  return short.replace(/^[\s.]+|[\s.]+$/g, "") || "flow";
}

/**
 * Names for files that stand in one folder: what two would share gets a number.
 * @param isTaken whether there is a file of that name already
 */
export function nameGiver(isTaken: (name: string) => boolean): (base: string, extension: string) => string {
  const given = new Set<string>();
  return (base, extension) => {
    for (let n = 1; ; n++) {
      const name = `${base}${n === 1 ? "" : ` (${n})`}.${extension}`;
      if (given.has(name.toLowerCase()) || isTaken(name)) continue;
      given.add(name.toLowerCase());
      return name;
    }
  };
}

/** What a name gets to tell a format from an earlier one with the same ending: its id, as in `flow.cr.docx`. */
export function toldApart(
  format: { readonly id: string; readonly extension: string },
  formats: readonly { readonly id: string; readonly extension: string }[],
): string {
  const first = formats.find(({ extension }) => extension === format.extension);
  return first === undefined || first.id === format.id ? "" : `.${format.id}`;
}
