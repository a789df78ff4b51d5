"use client"

import { Check } from "lucide-react"
import { memo } from "react"
import type { Message } from "@/lib/message/message"
import { plainText } from "@/lib/message/parts"
import { formatUsd } from "@/lib/models/money"
import { Button } from "../../ui/button"
import { ReadAloudButton } from "../../voice/read-aloud-button"
import type { MessageActions } from "../message-actions"
import { useMessage } from "../use-conversation"
import { AnswerParts } from "./answer"
import { seconds, speedOf } from "./answer-facts"
import { AnswerState } from "./answer-state"
import { CopyButton } from "./copy-button"

/** The answers of several models side by side, until one of them is picked. On a phone they are swiped. */
export function Comparison({ actions, ids }: { actions: MessageActions; ids: readonly string[] }) {
  return (
    <section
      aria-label={`${ids.length} answers side by side`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what is beside the edge is reached by key
      tabIndex={0}
      className="-mx-4 grid scroll-px-4 snap-x snap-mandatory auto-cols-[86%] grid-flow-col gap-4 overflow-x-auto px-4 pb-2 outline-none sm:auto-cols-[minmax(17rem,1fr)] md:mx-[calc(50%-min(50cqw-1.5rem,40rem))] md:px-0"
    >
      {ids.map((id, index) => (
        <ComparedAnswer
          key={id}
          actions={actions}
          id={id}
          place={`${index + 1} of ${ids.length}`}
        />
      ))}
    </section>
  )
}

const ComparedAnswer = memo(function ComparedAnswer({
  actions,
  id,
  place,
}: {
  actions: MessageActions
  id: string
  place: string
}) {
  const message = useMessage(actions.store, id)
  if (!message) return null
  const model = message.model ?? ""
  const name = actions.nameOf(model)
  const isRunning = message.status === "running"
  const text = plainText(message.parts)
  return (
    <article
      id={id}
      aria-label={`${name}, ${place}: ${text.slice(0, 80)}`}
      aria-busy={isRunning}
      className="flex min-w-0 snap-start flex-col border-line border-t pt-3"
    >
      <p className="mb-1.5 truncate text-ink-3 text-sm">{name}</p>
      <div className="grow">
        <AnswerParts
          message={message}
          asked={actions.store.get(message.parentId ?? "")?.parts ?? []}
        />
        <AnswerState message={message} isSlow={actions.kindOf(model) !== "text"} actions={null} />
      </div>
      <p className="mt-3 min-h-4 text-ink-3 text-xs tabular-nums">{factsOf(message)}</p>
      <div className="mt-1 flex items-center gap-1">
        <Button onClick={() => actions.onChoose(id, true)}>
          <Check size={15} aria-hidden /> Use this answer
        </Button>
        {text !== "" && <CopyButton text={() => text} />}
        {text !== "" && <ReadAloudButton text={text} />}
      </div>
    </article>
  )
})

/** What an answer took, to be held against the others: of what was made, how long and for how much. */
function factsOf(message: Message): string {
  const { firstTokenMs, usage, totalMs, costUsd } = message
  const isWritten = usage !== null
  return [
    isWritten && firstTokenMs !== null && `${(firstTokenMs / 1_000).toFixed(2)} s to first`,
    isWritten && speedOf(message),
    isWritten && usage.outputTokens !== null && `${usage.outputTokens} tokens`,
    !isWritten && totalMs !== null && seconds(totalMs),
    costUsd !== null && formatUsd(costUsd),
  ]
    .filter(Boolean)
    .join(" · ")
}
