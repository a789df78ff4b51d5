import type { FileKind } from "@/lib/base/file-kinds"
import type { FilePart, Part } from "@/lib/message/message"
import type { FileSlot } from "@/lib/models/fields"

export const kindWords: Record<FileKind, { one: string; many: string }> = {
  image: { one: "a picture", many: "pictures" },
  video: { one: "a video", many: "videos" },
  audio: { one: "a recording", many: "audio" },
  document: { one: "a document", many: "documents" },
  mesh: { one: "a 3D model", many: "3D models" },
}

/** "pictures (up to 3)", "a mask": one place of a model as part of a sentence. */
export function slotWords(slot: FileSlot): string {
  if (slot.isMain && slot.maxFiles === 1) return kindWords[slot.kind].one
  if (slot.isMain) return `${kindWords[slot.kind].many} (up to ${slot.maxFiles})`
  const label = lowerFirst(slot.label)
  return slot.maxFiles > 1 ? `${label} (up to ${slot.maxFiles})` : withArticle(label)
}

export function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`
}

/** As within a sentence; what is written in capitals stays. */
export function lowerFirst(label: string): string {
  return /^\p{Lu}(?!\p{Lu}|\d)/u.test(label)
    ? label.charAt(0).toLowerCase() + label.slice(1)
    : label
}

/** "image/svg+xml" of "plan.svg" as "SVG". */
export function typeWords(name: string, mediaType: string): string {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]
  return (extension ?? mediaType.split("/").at(-1) ?? "file").toUpperCase()
}

export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  const unit = bytes < 999_500 ? "kB" : bytes < 999_500_000 ? "MB" : "GB"
  const value = bytes / { kB: 1e3, MB: 1e6, GB: 1e9 }[unit]
  return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)} ${unit}`
}

function formatDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}

export function contentUrl(fileId: string): string {
  return `/api/files/${fileId}/content`
}

/** Where the small picture of a file is, if there is one. */
export function previewUrl(fileId: string): string {
  return `/api/files/${fileId}/preview`
}

export function downloadUrl(fileId: string): string {
  return `${contentUrl(fileId)}?download=1`
}

/** "PNG · 1024 × 768 · 1.2 MB" */
export function factsLine(part: FilePart): string {
  return [
    typeWords(part.name, part.mediaType),
    part.width && part.height && `${part.width} × ${part.height}`,
    part.durationMs && formatDuration(part.durationMs),
    formatBytes(part.sizeBytes),
  ]
    .filter(Boolean)
    .join(" · ")
}

/** What a message without words is called by. */
export function fileNames(parts: readonly Part[]): string {
  return parts.flatMap((part) => (part.type === "file" ? part.name : [])).join(", ")
}
