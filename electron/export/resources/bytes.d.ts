/** What a file holds: it stands beside the program, and is read when it is imported. */
declare module "*?bytes" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
