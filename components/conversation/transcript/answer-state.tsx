"use client"

import { type ReactNode, useState } from "react"
import { type ErrorCode, retryOf } from "@/lib/base/errors"
import type { Message } from "@/lib/message/message"
import { isEmpty } from "@/lib/message/parts"
import { Button } from "../../ui/button"
import { useSecondsSince } from "../../ui/use-seconds-since"

const words: Partial<Record<Message["status"], string>> = {
  stopped: "Stopped. What came is kept.",
  interrupted: "This answer was interrupted. What came is kept.",
  failed: "This answer failed. Your message is saved.",
  length: "This answer reached its length limit.",
  filtered: "The model's service withheld the rest of this answer.",
}

/** What no other model would answer either. */
const ofModeration: readonly (ErrorCode | undefined)[] = [
  "refused_by_moderation",
  "moderation_unavailable",
]

/** States whose words one can go on from. */
const continuable: readonly Message["status"][] = ["length", "stopped", "interrupted"]

/** What an answer is doing while there are no words yet, and how it ended when it did not end well. */
export function AnswerState({
  message,
  isSlow,
  actions,
}: {
  message: Message
  /** It makes something that comes whole and takes its time. */
  isSlow: boolean
  /** What can be done about it; null while nothing can. */
  actions: {
    onRetry: () => void
    onContinue: () => void
    onSwitch: () => void
    onEdit: () => void
  } | null
}) {
  if (message.status === "running") {
    if (!isEmpty(message.parts)) return null
    return isSlow ? <Working since={message.createdAt} /> : <Waiting />
  }
  const text = message.error?.message ?? words[message.status]
  if (!text) return null
  const isBad = message.status === "failed" || message.status === "filtered"
  const canContinue =
    continuable.includes(message.status) && message.parts.some((part) => part.type === "text")
  const code = message.error?.code
  const retry = code ? retryOf(code) : "now"
  return (
    <div
      role={isBad ? "alert" : "status"}
      className={`mt-3 flex flex-wrap items-center gap-x-2 gap-y-2 border-s-2 ps-3 ${isBad ? "border-bad" : "border-warn"}`}
    >
      <p className="me-2 grow basis-60 text-ink-2">
        {message.status === "interrupted" && message.error && <>This answer was interrupted. </>}
        {text}
        {message.error?.requestId && (
          <span className="block text-ink-3 text-xs">Reference {message.error.requestId}</span>
        )}
      </p>
      {actions && canContinue && <Button onClick={actions.onContinue}>Continue</Button>}
      {actions && (retry !== "never" || !isBad) && <Button onClick={actions.onRetry}>Retry</Button>}
      {actions && code === "refused_by_moderation" && (
        <Button onClick={actions.onEdit}>Change it</Button>
      )}
      {actions && isBad && !ofModeration.includes(code) && (
        <Button onClick={actions.onSwitch}>Ask another</Button>
      )}
      {actions && isBad && retry === "never" && (
        <Button onClick={actions.onRetry}>Retry anyway</Button>
      )}
    </div>
  )
}

/** Before the first word: a breathing dot, and after a while for how long. */
function Waiting() {
  const [start] = useState(() => Date.now())
  const seconds = useSecondsSince(start)
  return (
    <Breathing spoken="Waiting for the first words">
      {seconds >= 5 && `still waiting, ${seconds} s`}
    </Breathing>
  )
}

/** While something is made: for how long already, also on a page that came later. */
function Working({ since }: { since: string }) {
  const seconds = useSecondsSince(Date.parse(since))
  const halfMinutes = Math.floor(seconds / 30)
  return (
    <Breathing spoken={halfMinutes === 0 ? "Working" : `Working, ${halfMinutes * 30} seconds`}>
      {`Working… ${seconds < 60 ? "" : `${Math.floor(seconds / 60)} min `}${seconds % 60} s`}
    </Breathing>
  )
}

function Breathing({ spoken, children }: { spoken: string; children: ReactNode }) {
  return (
    <p role="status" className="flex h-6.5 items-center gap-2.5 text-ink-3">
      <span className="size-2 animate-breathe rounded-full bg-ink-3" />
      {/* Spoken seldom, not each second; a second may have passed since the server wrote it. */}
      <span className="sr-only" suppressHydrationWarning>
        {spoken}
      </span>
      <span aria-hidden className="tabular-nums" suppressHydrationWarning>
        {children}
      </span>
    </p>
  )
}
