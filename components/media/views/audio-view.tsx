"use client"

import { type RefObject, useRef } from "react"
import type { FilePart } from "@/lib/message/message"
import { FileCaption } from "../../files/file-caption"
import { contentUrl } from "../../files/file-words"
import { playByKey } from "./player-keys"
import { Waveform } from "./waveform"

const speeds = [0.5, 0.75, 1, 1.25, 1.5, 2]

/** A sound in the browser's own player, with its waveform, keys and a choice of speed. */
export function AudioView({
  part,
  player: given,
  onTime,
  onError,
}: {
  part: FilePart
  /** For whoever else wants to move it. */
  player?: RefObject<HTMLAudioElement | null>
  onTime?: (seconds: number) => void
  /** It did not load. */
  onError?: (() => void) | undefined
}) {
  const own = useRef<HTMLAudioElement>(null)
  const player = given ?? own
  return (
    <figure
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the player is moved by key
      tabIndex={0}
      onKeyDown={(event) => playByKey(event, player.current)}
      className="min-w-0 rounded-md"
    >
      <Waveform part={part} player={player} />
      {/* biome-ignore lint/a11y/useMediaCaption: a model's sound comes without captions */}
      <audio
        ref={player}
        src={contentUrl(part.fileId)}
        controls
        preload="metadata"
        aria-label={part.name}
        onError={onError}
        onTimeUpdate={({ currentTarget }) => onTime?.(currentTarget.currentTime)}
        className="w-full"
      />
      <FileCaption part={part}>
        <select
          aria-label="Speed"
          defaultValue={1}
          onChange={({ currentTarget }) => {
            if (player.current) player.current.playbackRate = Number(currentTarget.value)
          }}
          className="h-8 shrink-0 rounded-md bg-transparent px-1 text-ink-2 tabular-nums hover:bg-hover coarse:h-11"
        >
          {speeds.map((speed) => (
            <option key={speed} value={speed}>
              {speed}×
            </option>
          ))}
        </select>
      </FileCaption>
    </figure>
  )
}
