import { z } from "zod"
import { fileKinds } from "@/lib/base/file-kinds"
import { limits } from "@/lib/base/limits"
import { toStorable } from "@/lib/base/postgres-text"
import { toFacts } from "@/lib/db/files"
import { listLibrary } from "@/lib/db/library"
import { readFilePart } from "@/lib/files/multipart"
import { idSchema, modelIdSchema } from "@/lib/message/message"
import { route } from "@/lib/people/route"
import { keepFile } from "@/lib/storage/keep-file"
import { deleteFiles } from "@/lib/storage/remove-files"

const query = z.strictObject({
  kind: z.enum(fileKinds).optional(),
  model: modelIdSchema.optional(),
  q: z
    .string()
    .max(200)
    .transform((text) => toStorable(text))
    .optional(),
  source: z.enum(["upload", "generated"]).optional(),
  since: z.iso
    .datetime({ offset: true })
    .transform((time) => new Date(time))
    .optional(),
  cursor: z.string().max(100).optional(),
})

/** The caller's files, newest first. */
export const GET = route({ query }, ({ user, query }) => listLibrary(user, query))

/** Stores an uploaded file, sent as the form field `file`. */
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
