/** What the build puts into the program, as a data address: `data:font/ttf;base64,…`. */
declare module "*?inline" {
  const address: string;
  export default address;
}
