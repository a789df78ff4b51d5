import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { cache } from "react"
import { Conversation } from "@/components/conversation/conversation"
import { AppError } from "@/lib/base/errors"
import { listBranch } from "@/lib/db/branch-pages"
import { getConversation } from "@/lib/db/conversations"
import type { User } from "@/lib/db/users"
import { idSchema } from "@/lib/message/message"
import { pathTo } from "@/lib/message/tree"
import { findUser, requireUser } from "@/lib/people/session"
import { withLocalParts } from "@/lib/turn/local-run"
import { modelNames, offeredModel } from "@/lib/upstream/offered-models"

type Props = PageProps<"/conversations/[id]">

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const user = await findUser()
  return user ? { title: (await find(user, (await params).id)).title } : {}
}

/** A conversation of the user; anyone else's is a 404. */
export default async function ConversationPage({ params }: Props) {
  const { id } = await params
  const user = await requireUser(`/conversations/${id}`)
  const conversation = await find(user, id)
  const branch = await listBranch(user, id, {})
  const messages = withLocalParts(branch.messages)
  const path = pathTo(messages, branch.headId)
  const lastModel = path.findLast((message) => message.model)?.model
  const model = await offeredModel(user, lastModel ?? null)
  const ids = [...messages.map((message) => message.model), model?.id ?? null]
  return (
    <Conversation
      key={id}
      id={id}
      userId={user.id}
      userName={user.name}
      model={model && { id: model.id, name: model.name, kind: model.kind }}
      modelNames={await modelNames(ids)}
      messages={messages}
      headId={branch.headId}
      title={conversation.title}
    />
  )
}

// Shared by the metadata and the page within one request.
const find = cache(async (user: User, id: string) => {
  if (!idSchema.safeParse(id).success) notFound()
  return getConversation(user, id).catch((error) => {
    if (error instanceof AppError && error.code === "not_found") notFound()
    throw error
  })
})
