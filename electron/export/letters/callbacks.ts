/** What Node has and its types leave to the DOM's. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};

type Callback = (a: number, b: number, c: number, d: number) => void;

const [I32, F32, FUNCTION] = [0x7f, 0x7d, 0x60];
/** Sections of a WebAssembly module (WebAssembly Core Specification, §5.5.2). */
const [TYPES, IMPORTS, EXPORTS] = [1, 2, 7];

/**
 * Functions that a WebAssembly module can call by a pointer, which plain ones are not: they pass through a module that
 * imports them and gives them out again. Each gets so many coordinates; the three pointers before them, and the one after,
 * that HarfBuzz calls with are left out.
 */
export function callbacks(wanted: readonly (readonly [coordinates: number, call: Callback])[]): readonly unknown[] {
  const each = (make: (coordinates: number, i: number) => readonly number[]) => [
    wanted.length,
    ...wanted.flatMap(([coordinates], i) => make(coordinates, i)),
  ];
  const name = (text: string) => [text.length, ...Buffer.from(text)];
  const section = (id: number, content: readonly number[]) => [id, content.length, ...content];
  const module = [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      TYPES,
      each((coordinates) => {
        const given = [I32, I32, I32, ...Array.from({ length: coordinates }, () => F32), I32];
        return [FUNCTION, given.length, ...given, 0];
      }),
    ),
    ...section(
      IMPORTS,
      each((_, i) => [...name("e"), ...name(String(i)), 0, i]),
    ),
    ...section(
      EXPORTS,
      each((_, i) => [...name(String(i)), 0, i]),
    ),
  ];
  const imports = Object.fromEntries(
    wanted.map(([, call], i) => [
      String(i),
      (_funcs: number, _data: number, _state: number, a: number, b: number, c: number, d: number) => call(a, b, c, d),
    ]),
  );
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(module)), { e: imports });
  return wanted.map((_, i) => exports[String(i)]);
}
