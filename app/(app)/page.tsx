import { Conversation } from "@/components/conversation/conversation"
import { newId } from "@/lib/base/id"
import { requireUser } from "@/lib/people/session"
import { modelNames, offeredModel } from "@/lib/upstream/offered-models"

/** A new conversation. It has an id from the start, and a row once the first message is sent. */
export default async function NewConversationPage() {
  const user = await requireUser("/")
  const model = await offeredModel(user)
  const id = newId()
  return (
    <Conversation
      key={id}
      id={id}
      userId={user.id}
      userName={user.name}
      model={model && { id: model.id, name: model.name, kind: model.kind }}
      modelNames={await modelNames([model?.id ?? null])}
      messages={[]}
      headId={null}
      title={null}
    />
  )
}
