"use client"

import { Info } from "lucide-react"
import { useState } from "react"
import type { Message } from "@/lib/message/message"
import { formatUsd } from "@/lib/models/money"
import { IconButton } from "../../ui/button"
import { Dialog } from "../../ui/dialog"

/** The quiet line of time, tokens and dollars under an answer, and all the facts behind a button. */
export function AnswerFacts({ message }: { message: Message }) {
  const [isOpen, setOpen] = useState(false)
  const { usage, costUsd, totalMs } = message
  const line = [
    totalMs !== null && `${seconds(totalMs)}`,
    usage?.outputTokens != null && `${usage.outputTokens.toLocaleString("en")} tokens`,
    costUsd !== null && formatUsd(costUsd),
  ].filter(Boolean)
  return (
    <>
      <IconButton label="Details" onClick={() => setOpen(true)}>
        <Info size={15} />
      </IconButton>
      <span className="ms-auto ps-4 text-ink-3 text-xs tabular-nums max-sm:hidden">
        {line.join(" · ")}
      </span>
      {isOpen && (
        <Dialog label="Details" onClose={() => setOpen(false)}>
          <h2 className="mb-4 font-semibold text-xl">Details</h2>
          <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
            {factsOf(message).map(([label, value]) => (
              <div key={label} className="contents">
                <dt className="text-ink-3">{label}</dt>
                <dd className="wrap-anywhere text-end tabular-nums">{value}</dd>
              </div>
            ))}
          </dl>
          <a
            href={`#${message.id}`}
            onClick={() => setOpen(false)}
            className="mt-4 inline-block text-accent hover:underline"
          >
            Link to this answer
          </a>
        </Dialog>
      )}
    </>
  )
}

function factsOf(message: Message): [label: string, value: string][] {
  const { usage, totalMs, firstTokenMs } = message
  const facts: [string, string | null][] = [
    ["Model", message.model],
    ["State", message.status],
    ["Finish reason", message.finishReason],
    ["Tokens in", number(usage?.inputTokens)],
    ["of them cached", number(usage?.cachedTokens)],
    ["Tokens out", number(usage?.outputTokens)],
    ["of them thinking", number(usage?.reasoningTokens)],
    ["Cost", message.costUsd === null ? null : formatUsd(message.costUsd)],
    ["First token after", firstTokenMs === null ? null : seconds(firstTokenMs)],
    ["Time in all", totalMs === null ? null : seconds(totalMs)],
    ["Speed", speedOf(message)],
    ["Upstream id", message.upstreamId],
    ["Written", new Date(message.createdAt).toLocaleString()],
  ]
  return facts.filter((fact): fact is [string, string] => fact[1] !== null)
}

/** How fast it wrote, once it had begun, such as "85 tokens/s"; null where that is not known. */
export function speedOf({ usage, totalMs, firstTokenMs }: Message): string | null {
  const writingMs = totalMs !== null && firstTokenMs !== null ? totalMs - firstTokenMs : 0
  if (!usage?.outputTokens || writingMs <= 0) return null
  return `${((usage.outputTokens / writingMs) * 1_000).toFixed(0)} tokens/s`
}

function number(value: number | null | undefined): string | null {
  return value ? value.toLocaleString("en") : null
}

/** "4.2 s" */
export function seconds(durationMs: number): string {
  return durationMs < 10_000
    ? `${(durationMs / 1_000).toFixed(1)} s`
    : `${Math.round(durationMs / 1_000)} s`
}
