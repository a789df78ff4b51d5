/** The header of a WAV file with 16-bit mono samples. */
export function wavHead(sampleRate: number, dataBytes: number): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(44)
  const view = new DataView(head.buffer)
  const write = (at: number, word: string) => head.set(new TextEncoder().encode(word), at)
  write(0, "RIFF")
  view.setUint32(4, head.length - 8 + dataBytes, true)
  write(8, "WAVEfmt ")
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true) // PCM
  view.setUint16(22, 1, true) // channels
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  write(36, "data")
  view.setUint32(40, dataBytes, true)
  return head
}
