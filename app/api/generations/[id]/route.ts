import { z } from "zod"
import { getGeneration } from "@/lib/db/generations"
import { stop as stopMaking } from "@/lib/media/stop"
import { idSchema } from "@/lib/message/message"
import { route } from "@/lib/people/route"
import { stop as stopTurn } from "@/lib/turn/turn"

const params = z.object({ id: idSchema })

/** The progress of one of the caller's generations. */
export const GET = route({ params }, async ({ user, params }) => getGeneration(user, params.id))

/** Stops a generation, and with it an answer that consists of nothing else. */
export const DELETE = route({ params }, async ({ user, params: { id } }) => {
  const { conversationId, messageId, isAnswer } = await getGeneration(user, id)
  if (isAnswer && conversationId !== null && messageId !== null) {
    await stopTurn(user, conversationId, { messageId })
  } else await stopMaking(user, { id })
  return null
})
