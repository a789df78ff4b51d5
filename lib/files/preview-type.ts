import "server-only"

/** The media type of a preview image from its first bytes; null for anything browsers do not produce. */
export function previewType(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 12)).toString("latin1")
  if (start.startsWith("RIFF") && start.endsWith("WEBP")) return "image/webp"
  if (start.startsWith("\u00ff\u00d8\u00ff")) return "image/jpeg"
  return start.startsWith("\u0089PNG") ? "image/png" : null
}
