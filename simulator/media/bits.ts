/** Collects bits into bytes. `isHighFirst` says whether a byte fills from its highest bit. */
export interface BitWriter {
  write(value: number, count: number): void
  align(fill?: 0 | 1): void
  bytes(): Uint8Array
  append(bytes: Uint8Array): void
}

export function createBitWriter(
  isHighFirst: boolean,
  onByte?: (byte: number, push: (byte: number) => void) => void,
): BitWriter {
  let buffer = new Uint8Array(65_536)
  let length = 0
  let current = 0
  let filled = 0
  const reserve = (more: number) => {
    if (length + more <= buffer.length) return
    const larger = new Uint8Array(Math.max(buffer.length * 2, length + more))
    larger.set(buffer)
    buffer = larger
  }
  const push = (byte: number) => {
    reserve(1)
    buffer[length++] = byte
  }
  const flush = () => {
    push(current)
    onByte?.(current, push)
    current = 0
    filled = 0
  }
  const bit = (value: number) => {
    current |= value << (isHighFirst ? 7 - filled : filled)
    if (++filled === 8) flush()
  }
  return {
    write(value, count) {
      if (isHighFirst) for (let index = count - 1; index >= 0; index--) bit((value >>> index) & 1)
      else for (let index = 0; index < count; index++) bit((value >>> index) & 1)
    },
    align(fill = 0) {
      while (filled > 0) bit(fill)
    },
    append(bytes) {
      reserve(bytes.length)
      buffer.set(bytes, length)
      length += bytes.length
    },
    bytes: () => buffer.slice(0, length),
  }
}
