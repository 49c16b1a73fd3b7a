/** What is used of gifenc, which brings no types. */
declare module "gifenc" {
  export type Palette = readonly (readonly number[])[];
  interface FrameOptions {
    readonly palette?: Palette;
    /** In ms; written in hundredths of a second. */
    readonly delay?: number;
    readonly dispose?: number;
    readonly repeat?: number;
  }
  export function GIFEncoder(): {
    writeFrame(index: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array;
    bytesView(): Uint8Array;
  };
  export function quantize(rgba: Uint8Array, colors: number): number[][];
  export function applyPalette(rgba: Uint8Array, palette: Palette): Uint8Array;
}
