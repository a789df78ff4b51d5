/** Samples from -1 to 1 as whole numbers of 16 bits, the low byte first. */
export function toSixteenBits(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length * 2)
  const view = new DataView(bytes.buffer)
  for (const [index, sample] of samples.entries()) {
    const level = Math.min(1, Math.max(-1, sample))
    view.setInt16(index * 2, Math.round(level * 32_767), true)
  }
  return bytes
}
