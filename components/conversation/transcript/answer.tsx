"use client"

import { RefreshCw } from "lucide-react"
import { memo, useState } from "react"
import type { Message, Part } from "@/lib/message/message"
import { plainText } from "@/lib/message/parts"
import { fileNames } from "../../files/file-words"
import { IconButton } from "../../ui/button"
import { ReadAloudButton } from "../../voice/read-aloud-button"
import type { MessageActions } from "../message-actions"
import { PartView } from "../parts/registry"
import { useMessage } from "../use-conversation"
import { AnswerFacts } from "./answer-facts"
import { AnswerName } from "./answer-name"
import { AnswerState } from "./answer-state"
import { CopyButton } from "./copy-button"
import { VersionSwitch } from "./version-switch"

type Props = {
  actions: MessageActions
  id: string
  isLast: boolean
  canAsk: boolean
  /** Opens the editor of a question. */
  onEditing: (questionId: string) => void
}

/** What a model answered, while it comes and after. */
export const Answer = memo(function Answer({ actions, id, isLast, canAsk, onEditing }: Props) {
  const { store } = actions
  const message = useMessage(store, id)
  const [isSwitching, setSwitching] = useState(false)
  if (!message) return null
  const model = message.model ?? ""
  const isRunning = message.status === "running"
  const text = plainText(message.parts)
  const questionId = message.parentId ?? ""
  const regenerate = () => actions.onRegenerate({ questionId, usedModel: model })
  const remedies = {
    onRetry: regenerate,
    onContinue: () => actions.onRegenerate({ questionId, usedModel: model, model, continues: id }),
    onSwitch: () => setSwitching(true),
    onEdit: () => onEditing(questionId),
  }
  return (
    <article
      id={id}
      aria-label={`${actions.nameOf(model)}: ${(text || fileNames(message.parts)).slice(0, 80)}`}
      aria-busy={isRunning}
      className="group min-w-0"
    >
      <AnswerName
        actions={actions}
        model={model}
        questionId={questionId}
        canAsk={canAsk}
        isSwitching={isSwitching}
        onSwitching={setSwitching}
      />
      <AnswerParts message={message} asked={store.get(questionId)?.parts ?? []} />
      <AnswerState
        message={message}
        isSlow={(actions.kindOf(model) ?? "text") !== "text"}
        actions={canAsk ? remedies : null}
      />
      {!isRunning && (
        <div
          className={`mt-2 -ms-2 flex min-h-8 flex-wrap items-center transition-opacity focus-within:opacity-100 group-hover:opacity-100 has-data-reading:opacity-100 coarse:opacity-100 ${isLast ? "" : "opacity-0"}`}
        >
          <VersionSwitch store={store} id={id} onChoose={actions.onChoose} />
          {text !== "" && <CopyButton text={() => text} />}
          <IconButton label="Regenerate" disabled={!canAsk} onClick={regenerate}>
            <RefreshCw size={15} />
          </IconButton>
          {text !== "" && <ReadAloudButton text={text} />}
          <AnswerFacts message={message} />
        </div>
      )}
    </article>
  )
})

/** The parts of an answer, each as its kind is shown. */
export function AnswerParts({
  message,
  asked,
}: {
  message: Message
  /** The parts of its question. */
  asked: readonly Part[]
}) {
  const isRunning = message.status === "running"
  return (
    <div className="flex flex-col gap-3">
      {message.parts.map((part, index) => {
        const isOpen = isRunning && index === message.parts.length - 1
        return (
          <PartView
            // Parts are only ever added at the end: the place is the identity.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            type={part.type}
            part={part}
            isOpen={isOpen}
            siblings={message.parts}
            asked={asked}
            isRunning={isRunning}
          />
        )
      })}
    </div>
  )
}
