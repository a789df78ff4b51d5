import "server-only"
import type { FileHandle } from "node:fs/promises"

/** Duration of a WAV file: data bytes divided by bytes per second. */
export async function readWavDuration(file: FileHandle): Promise<{ durationMs?: number }> {
  const { size } = await file.stat()
  const header = Buffer.alloc(20)
  let bytesPerSecond = 0
  // After "RIFF", a size and "WAVE" come chunks: name, size, that many bytes, padded to even.
  for (let position = 12, chunks = 0; position + 8 <= size && chunks < 100; chunks++) {
    const { bytesRead } = await file.read(header, 0, header.length, position)
    const name = header.toString("latin1", 0, 4)
    const chunkBytes = header.readUInt32LE(4)
    if (name === "fmt " && bytesRead === header.length) bytesPerSecond = header.readUInt32LE(16)
    if (name === "data" && bytesPerSecond > 0) {
      // Streaming encoders do not know the size and write the maximum.
      const soundBytes = Math.min(chunkBytes, size - position - 8)
      return { durationMs: Math.round((soundBytes / bytesPerSecond) * 1000) }
    }
    position += 8 + chunkBytes + (chunkBytes % 2)
  }
  return {}
}
