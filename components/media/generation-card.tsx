"use client"

import { useState } from "react"
import type { Generation } from "@/lib/db/generations"
import { request } from "../api"
import { Button } from "../ui/button"
import { useSecondsSince } from "../ui/use-seconds-since"
import { proportionOf } from "./proportion"
import { isUnderWay, useGeneration } from "./use-generation"

/** Kinds whose place is held while they come, so that nothing jumps. */
const pictured = new Set(["image", "video"])

/** Something that a model makes: its place and how far it is, and what there is to say when it ended badly. */
export function GenerationCard({ id }: { id: string }) {
  const { generation, error } = useGeneration(id)
  if (error) return <p className="text-ink-3 text-sm">{error}</p>
  // Its place is not held before it is known what comes.
  if (!generation) return <p className="h-6.5" aria-hidden />
  return <GenerationView generation={generation} />
}

/** The same of one that is known already. */
export function GenerationView({ generation }: { generation: Generation }) {
  if (isUnderWay(generation.status)) return <UnderWay generation={generation} />
  return <Ending generation={generation} />
}

function UnderWay({ generation }: { generation: Generation }) {
  const { id, kind, prompt, progress, sent, createdAt } = generation
  const seconds = useSecondsSince(Date.parse(createdAt))
  const percent = progress === null ? null : Math.round(progress * 100)
  const isPictured = pictured.has(kind)
  return (
    <div
      style={isPictured ? { aspectRatio: proportionOf(kind, sent) } : undefined}
      className={`flex flex-col justify-end gap-2 overflow-hidden rounded-md bg-sunken p-4 ${isPictured ? "max-h-[70dvh] min-h-40 w-full max-w-full" : ""}`}
    >
      <p dir="auto" className="line-clamp-3 grow text-ink-3">
        {prompt}
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="grow text-ink-2">
          {/* A second may have passed since the server wrote it. */}
          <span className="sr-only" suppressHydrationWarning>
            {spoken(seconds)}
          </span>
          <span aria-hidden className="tabular-nums" suppressHydrationWarning>
            {`${stateWords(generation)} ${time(seconds)}${percent === null ? "" : ` · ${percent} %`}`}
          </span>
        </p>
        <CancelButton id={id} />
      </div>
      <progress
        aria-label="Progress"
        max={100}
        {...(percent !== null && { value: percent })}
        className="block h-0.5 w-full appearance-none overflow-hidden rounded-sm border-0 bg-line [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent [&::-moz-progress-bar]:bg-accent"
      />
    </div>
  )
}

function CancelButton({ id }: { id: string }) {
  const [state, setState] = useState<"idle" | "asked" | "failed">("idle")
  async function cancel() {
    setState("asked")
    await request(`/api/generations/${id}`, { method: "DELETE" }).catch(() => setState("failed"))
  }
  return (
    <Button className="h-8 px-3 text-sm" disabled={state === "asked"} onClick={() => void cancel()}>
      {state === "failed" ? "Cancel again" : "Cancel"}
    </Button>
  )
}

/** How it ended, where the answer itself does not say it. */
function Ending({ generation: { status, error, costUsd } }: { generation: Generation }) {
  if (status === "complete") return null
  const words =
    status === "stopped"
      ? "Stopped. What the service had begun it finishes, and may charge for."
      : (error?.message ?? "This failed.")
  return (
    <p role="status" className="border-warn border-s-2 ps-3 text-ink-2">
      {words}
      {costUsd !== null && costUsd > 0 && <> It cost ${costUsd.toFixed(4)}.</>}
    </p>
  )
}

function stateWords({ status, queuePosition }: Generation): string {
  if (queuePosition !== null && queuePosition > 0) return `${queuePosition} before it,`
  return status === "running" ? "Working," : "Sending,"
}

/** Spoken seldom, not each second. */
function spoken(seconds: number): string {
  const halfMinutes = Math.floor(seconds / 30)
  return halfMinutes === 0 ? "Working" : `Working, ${halfMinutes * 30} seconds`
}

function time(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
