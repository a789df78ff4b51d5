import { limits } from "@/lib/base/limits"
import type { LibraryFile } from "@/lib/db/library"
import { previewUrl } from "../files/file-words"

/** What is smaller needs no smaller picture. */
const leastBytes = 60_000

/**
 * Draws the small picture of a file that is shown and gives it to the server, once, so that the next time not
 * the whole file is read. The server opens no pictures and no films itself.
 */
export function keepPreview(file: LibraryFile, shown: HTMLImageElement | HTMLVideoElement): void {
  if (file.hasPreview || file.sizeBytes < leastBytes || shown.dataset.kept) return
  shown.dataset.kept = "yes"
  const [width, height] =
    shown instanceof HTMLImageElement
      ? [shown.naturalWidth, shown.naturalHeight]
      : [shown.videoWidth, shown.videoHeight]
  const scale = Math.min(1, limits.previewPixels / Math.max(width, height))
  const canvas = document.createElement("canvas")
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  canvas.getContext("2d")?.drawImage(shown, 0, 0, canvas.width, canvas.height)
  canvas.toBlob(
    (picture) => {
      if (!picture || picture.size > limits.previewBytes) return
      // Without it the file itself is shown again.
      fetch(previewUrl(file.id), { method: "POST", body: picture }).catch(() => undefined)
    },
    "image/webp",
    0.8,
  )
}
