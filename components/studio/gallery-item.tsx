"use client"

import { RotateCcw } from "lucide-react"
import Link from "next/link"
import { useEffect } from "react"
import type { Generation } from "@/lib/db/generations"
import { formatUsd } from "@/lib/models/money"
import { PartView } from "../conversation/parts/registry"
import { seconds } from "../conversation/transcript/answer-facts"
import { GenerationView } from "../media/generation-card"
import { SentSettingsFold } from "../media/sent-settings-fold"
import { isUnderWay, useGeneration } from "../media/use-generation"

type Props = {
  generation: Generation
  modelName: string
  onChange: (generation: Generation) => void
  onReuse: (generation: Generation) => void
}

/** One thing that was made or is being made: what was asked, what came, what it took. */
export function GalleryItem({ generation, modelName, onChange, onReuse }: Props) {
  const { id, status, prompt, outputs, conversationId, messageId } = generation
  const isRunning = isUnderWay(status)
  return (
    <article
      aria-label={`${modelName}: ${prompt.slice(0, 80)}`}
      aria-busy={isRunning}
      className="min-w-0"
    >
      {isRunning ? (
        <Running begun={generation} onChange={onChange} />
      ) : (
        <div className="flex flex-col gap-2">
          {prompt !== "" && (
            <p dir="auto" title={prompt} className="line-clamp-3 whitespace-pre-line text-ink-2">
              {prompt}
            </p>
          )}
          {outputs.map((part, index) => (
            <PartView
              // What was made does not change: the place is the identity.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={index}
              type={part.type}
              part={part}
              isOpen={false}
              siblings={outputs}
            />
          ))}
          <GenerationView generation={generation} />
          <SentSettingsFold id={id} />
        </div>
      )}
      <div className="mt-1 flex min-h-8 flex-wrap items-center gap-x-4 text-sm">
        <p className="grow text-ink-3 tabular-nums">{factsOf(generation, modelName)}</p>
        {conversationId !== null && (
          <Link
            href={`/conversations/${conversationId}${messageId ? `#${messageId}` : ""}`}
            prefetch={false}
            className="rounded-md py-1 text-ink-2 hover:text-ink coarse:py-3"
          >
            In its conversation
          </Link>
        )}
        <button
          type="button"
          onClick={() => onReuse(generation)}
          className="flex items-center gap-1.5 rounded-md py-1 text-ink-2 transition-colors hover:text-ink coarse:min-h-11"
        >
          <RotateCcw size={14} aria-hidden /> Use these settings again
        </button>
      </div>
    </article>
  )
}

/** While it is under way one listens; how it ended is then the gallery's to know. */
function Running({ begun, onChange }: { begun: Generation; onChange: Props["onChange"] }) {
  const { generation, error } = useGeneration(begun.id)
  const isOver = generation !== null && !isUnderWay(generation.status)
  useEffect(() => {
    if (isOver) onChange(generation)
  }, [isOver, generation, onChange])
  if (error) return <p className="text-ink-3 text-sm">{error}</p>
  return <GenerationView generation={generation ?? begun} />
}

/** "Model · 4.2 s · $0.04" */
function factsOf(generation: Generation, modelName: string): string {
  const { createdAt, endedAt, costUsd, status } = generation
  const tookMs = endedAt === null ? null : Date.parse(endedAt) - Date.parse(createdAt)
  return [
    modelName,
    tookMs !== null && status === "complete" && seconds(tookMs),
    costUsd !== null && formatUsd(costUsd),
  ]
    .filter(Boolean)
    .join(" · ")
}
