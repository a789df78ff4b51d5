import { useRef, useState } from "react"
import type { ChosenModel, ModelKind } from "@/lib/models/model"
import type { MessageActions } from "./message-actions"
import type { ConversationState } from "./use-conversation"

type Given = {
  userId: string
  conversation: ConversationState
  /** Tells the person when it did not work. */
  attempt: (work: Promise<void>) => Promise<boolean>
  /** The models that the composer asks now. */
  chosen: readonly ChosenModel[]
  initialModel: ChosenModel | null
  /** Of several models one was picked to go on with. */
  onPicked: (model: ChosenModel) => void
}

/** What the messages can do, as one object that stays, so that they are not drawn anew for it. */
export function useMessageActions(given: Given): MessageActions {
  const latest = useRef(given)
  latest.current = given
  const [actions] = useState(() => makeActions(latest))
  return actions
}

function makeActions(latest: { current: Given }): MessageActions {
  const { userId, conversation, initialModel } = latest.current
  const names = conversation.store.modelNames
  const kinds = new Map<string, ModelKind>()
  const learn = ({ id, name, kind }: ChosenModel) => {
    names.set(id, name)
    kinds.set(id, kind)
  }
  if (initialModel) learn(initialModel)
  return {
    userId,
    store: conversation.store,
    nameOf: (model) => names.get(model) ?? (model || "Model"),
    kindOf: (model) => kinds.get(model),
    learn,
    onChoose(versionId, isPick) {
      const { conversation, attempt, onPicked } = latest.current
      const id = conversation.store.get(versionId)?.model
      const name = id && names.get(id)
      if (isPick && id && name) onPicked({ id, name, kind: kinds.get(id) ?? "text" })
      void attempt(conversation.choose(versionId, isPick))
    },
    readEarlier: (count) => latest.current.conversation.readEarlier(count).catch(() => null),
    async onLink(id) {
      const { conversation } = latest.current
      // An address may end in anything.
      await conversation.choose(id).catch(() => undefined)
      return conversation.store.path().includes(id)
    },
    onRegenerate({ questionId, usedModel, model, continues }) {
      const { conversation, attempt, chosen } = latest.current
      const asked = model ?? chosen[0]?.id ?? usedModel
      const regeneration = { questionId, model: asked, ...(continues && { continues }) }
      void attempt(conversation.regenerate(regeneration))
    },
    async onEdit(questionId, message) {
      const { conversation, attempt, chosen } = latest.current
      const [first] = chosen
      if (!first) return false
      return await attempt(editThenAsk(conversation, userId, first, questionId, message))
    },
  }
}

async function editThenAsk(
  conversation: ConversationState,
  userId: string,
  model: ChosenModel,
  questionId: string,
  message: Parameters<MessageActions["onEdit"]>[1],
): Promise<void> {
  const { paramsFor } = await import("../model-form/prepare")
  const params = await paramsFor(userId, model.id, message.files)
  await conversation.ask({ ...message, params }, [model.id], questionId)
}
