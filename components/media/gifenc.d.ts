// The part of the package that is used here; it brings no types of its own.
declare module "gifenc" {
  type Palette = number[][]
  /** Pixels as a canvas gives them: four bytes each. */
  type Pixels = Uint8Array | Uint8ClampedArray

  export function quantize(pixels: Pixels, mostColors: number): Palette
  export function applyPalette(pixels: Pixels, palette: Palette): Uint8Array
  export function GIFEncoder(): {
    /** The first frame says that it repeats for ever. `delay` is in milliseconds. */
    writeFrame(
      indexes: Uint8Array,
      width: number,
      height: number,
      options: { palette: Palette; delay: number },
    ): void
    finish(): void
    bytes(): Uint8Array<ArrayBuffer>
  }
}
