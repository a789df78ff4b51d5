"use client"

import { AudioLines, X } from "lucide-react"
import { useEffect, useState } from "react"
import { useModelForm } from "../model-form/forms"
import { Button, IconButton } from "../ui/button"
import type { Dictation, DictationState } from "./dictation"
import type { Recorder } from "./recorder"

/** What stands beside the button while one dictates: how loud and how long, and what else can be done. */
export function DictationBar({
  dictation,
  state,
  modelId,
}: {
  dictation: Dictation
  state: DictationState
  modelId: string | null
}) {
  const { form } = useModelForm(modelId)
  const takesAudio = form?.files.some(({ kind }) => kind === "audio") ?? false

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || document.querySelector("dialog[open]")) return
      // Before anybody else: an answer that runs goes on.
      event.preventDefault()
      event.stopPropagation()
      dictation.cancel()
    }
    document.addEventListener("keydown", onKeyDown, true)
    return () => document.removeEventListener("keydown", onKeyDown, true)
  }, [dictation])

  return (
    <div data-dictating="" className="flex min-w-0 items-center gap-1">
      {state.phase === "recording" && <Meter recorder={state.recorder} />}
      {state.phase === "recording" && takesAudio && (
        <IconButton label="Attach recording" onClick={() => void dictation.attach()}>
          <AudioLines size={16} />
        </IconButton>
      )}
      <span role="status" className="truncate px-1 text-ink-2 empty:hidden">
        {state.phase === "asking" ? "Allow the microphone" : ""}
        {state.phase === "writing" ? "Writing it down" : ""}
      </span>
      {state.phase === "failed" && (
        <Button className="shrink-0" onClick={() => void dictation.write()}>
          Try again
        </Button>
      )}
      <IconButton
        label={state.phase === "failed" ? "Discard recording" : "Cancel dictation"}
        title="Cancel (Esc)"
        onClick={() => dictation.cancel()}
      >
        <X size={16} />
      </IconButton>
    </div>
  )
}

const tickMs = 80
const bars = 16

/** The last second of loudness as bars, and how long it has been. */
function Meter({ recorder }: { recorder: Recorder }) {
  const [levels, setLevels] = useState<readonly number[]>(() => Array(bars).fill(0))
  useEffect(() => {
    const timer = setInterval(
      () => setLevels((before) => [...before.slice(1), recorder.level()]),
      tickMs,
    )
    return () => clearInterval(timer)
  }, [recorder])
  const seconds = Math.floor(recorder.elapsedMs() / 1_000)
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: the browser's own shows one value, not the last second */}
      <span
        role="meter"
        aria-label="Microphone level"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round((levels.at(-1) ?? 0) * 100)}
        className="flex h-5 items-center gap-px px-1"
      >
        {levels.map((level, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={index}
            className="block h-full w-0.75 rounded-full bg-ink-2"
            style={{ transform: `scaleY(${Math.max(0.1, level).toFixed(2)})` }}
          />
        ))}
      </span>
      <span role="timer" aria-label="Time recorded" className="px-1 text-ink-2 tabular-nums">
        {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
      </span>
    </>
  )
}
