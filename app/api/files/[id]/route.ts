import { z } from "zod"
import { getFile, toFacts } from "@/lib/db/files"
import { idSchema } from "@/lib/message/message"
import { route } from "@/lib/people/route"
import { deleteFiles } from "@/lib/storage/remove-files"

const params = z.object({ id: idSchema })

/** The properties of a file. */
export const GET = route({ params }, async ({ user, params: { id } }) =>
  toFacts(await getFile(user, id)),
)

/** Deletes a file. Messages that contain it show that it was deleted. */
export const DELETE = route({ params }, async ({ user, params: { id } }) => {
  await deleteFiles(user, [id])
  return null
})
