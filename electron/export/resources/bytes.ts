/** The bytes of a data address, as an import with `?inline` gives it. */
export function bytesOf(address: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(address.slice(address.indexOf(",") + 1), "base64"));
}
