const headBytes = 44

/** Sound of one channel as a WAV file of 16 bits, the one format that all models that hear know. */
export function encodeWav(samples: Float32Array, sampleRate: number): ArrayBuffer {
  const bytes = new ArrayBuffer(headBytes + samples.length * 2)
  const view = new DataView(bytes)
  const write = (at: number, word: string) => {
    for (const [index, sign] of [...word].entries()) view.setUint8(at + index, sign.charCodeAt(0))
  }
  write(0, "RIFF")
  view.setUint32(4, bytes.byteLength - 8, true)
  write(8, "WAVEfmt ")
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true) // plain samples
  view.setUint16(22, 1, true) // channels
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  write(36, "data")
  view.setUint32(40, samples.length * 2, true)
  for (const [index, sample] of samples.entries()) {
    const level = Math.min(1, Math.max(-1, sample))
    view.setInt16(headBytes + index * 2, Math.round(level * 32_767), true)
  }
  return bytes
}
