import { z } from "zod"
import { getFile } from "@/lib/db/files"
import { fileResponse } from "@/lib/files/file-response"
import { idSchema } from "@/lib/message/message"
import { route } from "@/lib/people/route"
import { files } from "@/lib/storage/file-store"

const params = z.object({ id: idSchema })
const query = z.object({ download: z.literal("1").optional() })

/** A file's bytes, whole or a range; `download=1` makes browsers save it. */
export const GET = route({ params, query }, async ({ user, params: { id }, query, request }) =>
  fileResponse(request, await getFile(user, id), {
    store: files(),
    isDownload: query.download === "1",
  }),
)
