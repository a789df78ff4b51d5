// Kept free of zod so that pages can classify a file without loading it.

export const fileKinds = ["image", "video", "audio", "document", "mesh"] as const
export type FileKind = (typeof fileKinds)[number]

export function fileKindOf(mediaType: string): FileKind {
  if (mediaType.startsWith("image/")) return "image"
  if (mediaType.startsWith("video/")) return "video"
  if (mediaType.startsWith("audio/")) return "audio"
  return mediaType.startsWith("model/") ? "mesh" : "document"
}
