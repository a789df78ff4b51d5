/** Words that are always written in capitals. */
const capitals = new Set([
  "id",
  "url",
  "cfg",
  "fps",
  "hdr",
  "exr",
  "pii",
  "ip",
  "tts",
  "json",
  "3d",
])

/** Longer names are cut. */
const maxChars = 200

/** A parameter's display name: `negative_prompt` becomes "Negative prompt". */
export function labelOf(name: string): string {
  const words = name
    .slice(0, maxChars)
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .split(/[\s_.-]+/)
    .filter((word) => word !== "")
    .map((word) => (capitals.has(word.toLowerCase()) ? word.toUpperCase() : word.toLowerCase()))
  const [first = name.slice(0, maxChars), ...rest] = words
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(" ")
}
