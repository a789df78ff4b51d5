import { z } from "zod"
import { toFacts } from "@/lib/db/files"
import { readFilePart } from "@/lib/files/multipart"
import { limits } from "@/lib/limits"
import { idSchema } from "@/lib/message"
import { keepFile } from "@/lib/server/keep-file"
import { deleteFiles } from "@/lib/server/remove-files"
import { route } from "@/lib/server/route"

/** Takes a file, as the member `file` of a form, and keeps it for the user. */
export const POST = route({}, async ({ user, request }) => {
  const part = await readFilePart(request, limits.fileBytes)
  const file = await keepFile(user, { ...part, source: "upload" })
  return Response.json(toFacts(file), {
    status: 201,
    headers: { "cache-control": "private, no-store" },
  })
})

const several = z.strictObject({ ids: z.array(idSchema).min(1).max(limits.filesDeleted) })

/** Deletes several files, all or none. */
export const DELETE = route({ body: several }, async ({ user, body: { ids } }) => {
  await deleteFiles(user, ids)
  return null
})
