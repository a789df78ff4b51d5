import { z } from "zod"
import { getFile, toFacts } from "@/lib/db/files"
import { idSchema } from "@/lib/message"
import { route } from "@/lib/server/route"

/** What is known of a file. */
export const GET = route({ params: z.object({ id: idSchema }) }, async ({ user, params }) =>
  toFacts(await getFile(user, params.id)),
)
