"use client"

import { useEffect, useState } from "react"
import type { Message } from "@/lib/message"
import { isEmpty } from "@/lib/parts"
import { Button } from "../ui/button"

const words: Partial<Record<Message["status"], string>> = {
  stopped: "Stopped. What came is kept.",
  interrupted: "This answer was interrupted. What came is kept.",
  failed: "This answer failed. Your message is saved.",
  length: "This answer reached its length limit.",
  filtered: "The model's service withheld the rest of this answer.",
}

/** What an answer is doing while there are no words yet, and how it ended when it did not end well. */
export function AnswerState({
  message,
  onRetry,
}: {
  message: Message
  onRetry: (() => void) | null
}) {
  if (message.status === "running") return isEmpty(message.parts) ? <Waiting /> : null
  const text = message.error?.message ?? words[message.status]
  if (!text) return null
  const isBad = message.status === "failed" || message.status === "filtered"
  return (
    <div
      role={isBad ? "alert" : "status"}
      className={`mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 border-s-2 ps-3 ${isBad ? "border-bad" : "border-warn"}`}
    >
      <p className="grow basis-60 text-ink-2">
        {message.status === "interrupted" && message.error && <>This answer was interrupted. </>}
        {text}
        {message.error?.requestId && (
          <span className="block text-ink-3 text-xs">Reference {message.error.requestId}</span>
        )}
      </p>
      {onRetry && <Button onClick={onRetry}>Retry</Button>}
    </div>
  )
}

/** Before the first word: a breathing dot, and after a while for how long. */
function Waiting() {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((seconds) => seconds + 1), 1_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <p role="status" className="flex h-6.5 items-center gap-2.5 text-ink-3">
      <span className="size-2 animate-breathe rounded-full bg-ink-3" />
      {/* Spoken once, not each second. */}
      <span className="sr-only">Waiting for the first words</span>
      {seconds >= 5 && (
        <span aria-hidden className="tabular-nums">
          still waiting, {seconds} s
        </span>
      )}
    </p>
  )
}
