import { type Path, quoted } from "./place.ts";

/** What a look at the text of a JSON document found that its parsed value does not tell. */
export interface JsonText {
  /** The first place where the text stops being JSON. */
  readonly error?: JsonError;
  /** Keys that an object holds twice, of which a parser keeps the last and loses the others. */
  readonly repeated: readonly { readonly path: Path; readonly line: number }[];
}

export interface JsonError {
  /** Both from 1; the column counts UTF-16 units. */
  readonly line: number;
  readonly column: number;
  /** What is wrong, as the end of a sentence: `a comma or ] is expected, but "x" follows`. */
  readonly message: string;
}

interface Container {
  readonly object: boolean;
  /** Keys met so far; a set once there are many. */
  keys: string[] | Set<string>;
  key: string;
  index: number;
}

type State = "value" | "valueOrEnd" | "key" | "keyOrEnd" | "colon" | "commaOrEnd" | "done";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const UNCLOSED = "the rest of a text and its closing quote are expected";
const MANY_KEYS = 12;
/** Numbers and the three words, anchored where the scanner stands. */
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

interface Scan {
  readonly text: string;
  readonly stack: Container[];
  readonly repeated: { path: Path; line: number }[];
  state: State;
  at: number;
}

/**
 * Reads JSON text once from start to end without making its value. Engines word a syntax error each in its own way and
 * not always with its place, and none of them says that a key came twice; this does, the same everywhere. Iterative: no
 * depth of nesting overflows it.
 */
export function inspectJson(text: string): JsonText {
  const scan: Scan = { text, stack: [], repeated: [], state: "value", at: skipSpace(text, 0) };
  const { repeated } = scan;
  for (;;) {
    const top = scan.stack.at(-1);
    if (scan.at >= text.length && scan.state === "done") return { repeated };
    const wrong = scan.at >= text.length ? expectation(scan.state, top) : readNext(scan, top);
    if (wrong !== undefined) return { error: errorAt(text, scan.at, wrong), repeated };
    scan.at = skipSpace(text, scan.at);
  }
}

/** Reads one token; when it is none that may stand there, says what is expected instead and leaves `at` at it. */
function readNext(scan: Scan, top: Container | undefined): string | undefined {
  switch (scan.state) {
    case "done":
      return "nothing more is expected";
    case "colon":
      if (scan.text.charCodeAt(scan.at) !== COLON) return expectation("colon", top);
      scan.state = "value";
      scan.at++;
      return undefined;
    case "commaOrEnd":
      return readComma(scan, top);
    case "key":
    case "keyOrEnd":
      return readKey(scan, top);
    default:
      return readValue(scan, top);
  }
}

function readComma(scan: Scan, top: Container | undefined): string | undefined {
  const char = scan.text.charAt(scan.at);
  if (top === undefined) return "nothing more is expected";
  if (char === ",") {
    scan.state = top.object ? "key" : "value";
    scan.at++;
    top.index++;
    return undefined;
  }
  if (char !== (top.object ? "}" : "]")) return expectation("commaOrEnd", top);
  return close(scan);
}

function readKey(scan: Scan, top: Container | undefined): string | undefined {
  const char = scan.text.charAt(scan.at);
  if (char === "}") return scan.state === "keyOrEnd" ? close(scan) : "a field's name is expected after the comma";
  if (char !== '"') return expectation(scan.state, top);
  const start = scan.at;
  if (!readString(scan)) return UNCLOSED;
  if (top !== undefined && !addKey(top, scan.text.slice(start, scan.at))) {
    scan.repeated.push({ path: pathOf(scan.stack), line: positionAt(scan.text, start).line });
  }
  scan.state = "colon";
  return undefined;
}

function readValue(scan: Scan, top: Container | undefined): string | undefined {
  const char = scan.text.charAt(scan.at);
  if (char === "{" || char === "[") {
    scan.stack.push({ object: char === "{", keys: [], key: "", index: 0 });
    scan.state = char === "{" ? "keyOrEnd" : "valueOrEnd";
    scan.at++;
    return undefined;
  }
  if (char === "]" && top?.object === false) {
    return scan.state === "valueOrEnd" ? close(scan) : "a value is expected after the comma";
  }
  if (char === '"') {
    if (!readString(scan)) return UNCLOSED;
  } else {
    SCALAR.lastIndex = scan.at;
    if (!SCALAR.test(scan.text)) return expectation(scan.state, top);
    scan.at = SCALAR.lastIndex;
  }
  scan.state = scan.stack.length === 0 ? "done" : "commaOrEnd";
  return undefined;
}

function close(scan: Scan): undefined {
  scan.stack.pop();
  scan.state = scan.stack.length === 0 ? "done" : "commaOrEnd";
  scan.at++;
}

/**
 * Whether the text of a valid JSON document writes a key twice in some object: then its value has fewer keys than the text
 * has. Much faster than `inspectJson`, which says where.
 */
export function hasRepeatedKeys(text: string, value: unknown): boolean {
  const keys = countKeys(value);
  return keysAtMost(text) > keys && countWrittenKeys(text) > keys;
}

/** A number of keys that a text has at most: its colons after a quote. Those within strings only add to it. */
function keysAtMost(text: string): number {
  let colons = 0;
  for (let at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at + 1)) {
    let before = at - 1;
    while (isSpace(text.charCodeAt(before))) before--;
    if (text.charCodeAt(before) === QUOTE) colons++;
  }
  return colons;
}

/** The keys that a text writes: its colons after strings. */
function countWrittenKeys(text: string): number {
  let colons = 0;
  for (let i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i)) {
    i = skipSpace(text, closingQuote(text, i + 1) + 1);
    if (text.charCodeAt(i) === COLON) colons++;
  }
  return colons;
}

/** The quote that ends a string: the first that an odd number of backslashes does not go before. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); ; at = text.indexOf('"', at + 1)) {
    let before = at;
    while (text.charCodeAt(before - 1) === BACKSLASH) before--;
    if ((at - before) % 2 === 0) return at;
  }
}

function countKeys(value: unknown): number {
  let keys = 0;
  const open: object[] = [];
  const enter = (inner: unknown) => {
    if (typeof inner === "object" && inner !== null) open.push(inner);
  };
  enter(value);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (Array.isArray(next)) for (const inner of next) enter(inner);
    else {
      for (const key in next) {
        keys++;
        enter((next as Record<string, unknown>)[key]);
      }
    }
  }
  return keys;
}

/** The key goes into the innermost object; false when it was there already. */
function addKey(top: Container, raw: string): boolean {
  const key = raw.includes("\\") ? (JSON.parse(raw) as string) : raw.slice(1, -1);
  top.key = key;
  if (Array.isArray(top.keys)) {
    if (top.keys.includes(key)) return false;
    top.keys.push(key);
    if (top.keys.length > MANY_KEYS) top.keys = new Set(top.keys);
    return true;
  }
  if (top.keys.has(key)) return false;
  top.keys.add(key);
  return true;
}

function pathOf(stack: readonly Container[]): Path {
  return stack.map((container) => (container.object ? container.key : container.index));
}

const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

function skipSpace(text: string, from: number): number {
  let i = from;
  while (isSpace(text.charCodeAt(i))) i++;
  return i;
}

/** Reads the string that starts where the scanner stands; when it is not one, leaves `at` at what is wrong in it. */
function readString(scan: Scan): boolean {
  const { text } = scan;
  let i = scan.at + 1;
  for (;;) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      scan.at = i + 1;
      return true;
    }
    if (code === BACKSLASH) {
      ESCAPE.lastIndex = i;
      if (!ESCAPE.test(text)) break;
      i = ESCAPE.lastIndex;
    } else if (code >= 0x20) i++;
    else break;
  }
  scan.at = i;
  return false;
}

function expectation(state: State, top: Container | undefined): string {
  switch (state) {
    case "key":
    case "keyOrEnd":
      return "a field's name in double quotes is expected";
    case "colon":
      return "a colon is expected";
    case "commaOrEnd":
      return top?.object ? "a comma or } is expected" : "a comma or ] is expected";
    default:
      return "a value is expected";
  }
}

function errorAt(text: string, at: number, expected: string): JsonError {
  return { ...positionAt(text, at), message: `${expected}, but ${foundAt(text, at)}` };
}

function foundAt(text: string, at: number): string {
  if (at >= text.length) return "the file ends";
  if (text.startsWith("//", at) || text.startsWith("/*", at)) return "a comment follows, which JSON does not have";
  const code = text.charCodeAt(at);
  if (code === 0x0a || code === 0x0d) return "the line ends";
  const word = /[^\s,:[\]{}]+|./uy;
  word.lastIndex = at;
  return `${quoted(word.exec(text)?.[0] ?? text.charAt(at))} follows`;
}

function positionAt(text: string, at: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf("\n"); next >= 0 && next < at; next = text.indexOf("\n", start)) {
    line++;
    start = next + 1;
  }
  return { line, column: at - start + 1 };
}
