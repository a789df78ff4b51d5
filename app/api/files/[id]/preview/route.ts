import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { limits } from "@/lib/base/limits"
import { getFile } from "@/lib/db/files"
import { findPreview, savePreview } from "@/lib/db/previews"
import { previewType } from "@/lib/files/preview-type"
import { idSchema } from "@/lib/message/message"
import { route } from "@/lib/people/route"
import { readBytes } from "@/lib/server/body"

const params = z.object({ id: idSchema })

/** The preview image of a file. */
export const GET = route({ params }, async ({ user, params: { id } }) => {
  const preview = await findPreview(user, id)
  if (!preview) throw new AppError("not_found")
  return new Response(preview.bytes, {
    headers: {
      "content-type": preview.mediaType,
      "cache-control": "private, max-age=31536000, immutable",
      vary: "cookie",
    },
  })
})

/** Stores a file's preview image, as rendered by its owner's browser. */
export const POST = route({ params }, async ({ user, params: { id }, request }) => {
  await getFile(user, id)
  const bytes = new Uint8Array(await readBytes(request, limits.previewBytes))
  const mediaType = previewType(bytes)
  if (!mediaType) {
    throw new AppError("invalid", { message: "A preview is a small WebP, JPEG or PNG picture." })
  }
  await savePreview(user, id, { bytes, mediaType })
  return null
})
