"use client"

import { Pause, Play } from "lucide-react"
import { useEffect, useState, useSyncExternalStore } from "react"
import { formatUsd } from "@/lib/models/money"
import { IconButton } from "../ui/button"
import { Reader } from "./reader"
import { sentencesOf } from "./speakable"
import { readSpeed, rememberSpeed, speeds } from "./speed"

type Props = {
  text: string
  audio: HTMLAudioElement
  onCost: (words: string) => void
  /** With words for what went wrong, if something did. */
  onEnd: (problem: string | null) => void
}

/** What stands beside the button while a message is read. It reads as long as it is there. */
export function ReadingControls({ text, audio, onCost, onEnd }: Props) {
  const [speed, setSpeed] = useState(readSpeed)
  const [reader, setReader] = useState<Reader | null>(null)
  const reading = useSyncExternalStore(reader?.watch ?? watchNothing, () => reader?.reading ?? null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it began with is read to its end
  useEffect(() => {
    const created = new Reader(audio, speed)
    setReader(created)
    void created.read(sentencesOf(text))
    return () => created.stop()
  }, [audio])

  const { state = "loading", error = null, costUsd = null } = reading ?? {}
  useEffect(() => {
    if (state === "ended") onEnd(error)
  }, [state, error, onEnd])
  useEffect(() => {
    if (costUsd !== null) onCost(formatUsd(costUsd))
  }, [costUsd, onCost])

  const isPaused = state === "paused"
  return (
    <>
      <IconButton
        label={isPaused ? "Resume" : "Pause"}
        onClick={() => (isPaused ? reader?.resume() : reader?.pause())}
      >
        {isPaused ? <Play size={15} /> : <Pause size={15} />}
      </IconButton>
      <select
        aria-label="Reading speed"
        title="Reading speed"
        value={speed}
        onChange={(event) => {
          const chosen = Number(event.currentTarget.value)
          setSpeed(chosen)
          rememberSpeed(chosen)
          reader?.setSpeed(chosen)
        }}
        className="h-8 rounded-md bg-transparent px-1 text-ink-2 text-sm transition-colors hover:bg-hover hover:text-ink coarse:h-11"
      >
        {speeds.map((each) => (
          <option key={each} value={each}>
            {each}×
          </option>
        ))}
      </select>
      <span role="status" className="px-1 text-ink-3 text-xs">
        {state === "loading" ? "Fetching the voice" : ""}
      </span>
    </>
  )
}

const watchNothing = () => () => undefined
