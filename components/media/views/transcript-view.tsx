"use client"

import { useRef, useState } from "react"
import { fileKindOf } from "@/lib/base/file-kinds"
import type { FilePart, Part } from "@/lib/message/message"
import { clock, type TranscriptLine, transcriptText } from "@/lib/message/transcript"
import { CopyButton } from "../../conversation/transcript/copy-button"
import { AudioView } from "./audio-view"
import { playFrom } from "./player-keys"
import { VideoView } from "./video-view"

/** What was said in a recording, line by line; a click on a time plays from there. */
export function TranscriptView({
  lines,
  asked,
}: {
  lines: readonly TranscriptLine[]
  /** The parts of the question: the recording is among them. */
  asked: readonly Part[]
}) {
  const player = useRef<HTMLAudioElement & HTMLVideoElement>(null)
  const [now, setNow] = useState<number | null>(null)
  const recording = asked.find(isRecording)
  const current = now === null ? -1 : lines.findLastIndex(({ start }) => start <= now + 0.05)
  const hasSpeakers = lines.some(({ speaker }) => speaker !== null)
  const Player = recording && fileKindOf(recording.mediaType) === "video" ? VideoView : AudioView
  return (
    <section aria-label="Transcript" className="flex min-w-0 flex-col gap-3">
      {recording && <Player part={recording} player={player} onTime={setNow} />}
      <ol className="flex flex-col gap-0.5 text-lg">
        {lines.map(({ start, speaker, text }, index) => {
          const time = <span className="text-ink-3 text-sm tabular-nums">{clock(start)}</span>
          const isSame = index > 0 && lines[index - 1]?.speaker === speaker
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: lines never change
              key={index}
              aria-current={index === current ? "time" : undefined}
              className="grid grid-cols-[auto_1fr] items-baseline gap-x-2 rounded-md aria-[current=time]:bg-hover"
            >
              {recording ? (
                <button
                  type="button"
                  aria-label={`Play from ${clock(start)}`}
                  onClick={() => playFrom(player.current, start)}
                  className="min-w-12 rounded-md px-1.5 py-0.5 text-end hover:bg-hover coarse:min-h-11"
                >
                  {time}
                </button>
              ) : (
                <span className="min-w-12 px-1.5 text-end">{time}</span>
              )}
              <p dir="auto" className="wrap-anywhere min-w-0">
                {hasSpeakers && speaker && (
                  <span className={isSame ? "sr-only" : "block text-ink-3 text-sm"}>
                    {speaker}
                    <span className="sr-only">: </span>
                  </span>
                )}
                {text}
              </p>
            </li>
          )
        })}
      </ol>
      <div className="-ms-2 -mt-1 flex items-center text-ink-3 text-sm">
        <CopyButton label="Copy with times" text={() => transcriptText(lines)} />
        {lines.length} {lines.length === 1 ? "line" : "lines"}
      </div>
    </section>
  )
}

function isRecording(part: Part): part is FilePart {
  return part.type === "file" && ["audio", "video"].includes(fileKindOf(part.mediaType))
}
