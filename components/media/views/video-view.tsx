"use client"

import { Repeat } from "lucide-react"
import { type RefObject, useRef, useState } from "react"
import type { FilePart } from "@/lib/message/message"
import { FileCaption } from "../../files/file-caption"
import { contentUrl } from "../../files/file-words"
import { IconButton } from "../../ui/button"
import { playByKey } from "./player-keys"

/** A film in the browser's own player, with keys and a loop. */
export function VideoView({
  part,
  player: given,
  onTime,
  onError,
}: {
  part: FilePart
  /** For whoever else wants to move it. */
  player?: RefObject<HTMLVideoElement | null>
  onTime?: (seconds: number) => void
  /** It did not load. */
  onError?: (() => void) | undefined
}) {
  const own = useRef<HTMLVideoElement>(null)
  const player = given ?? own
  const [isLooping, setLooping] = useState(false)
  return (
    <figure
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the player is moved by key
      tabIndex={0}
      onKeyDown={(event) => playByKey(event, player.current)}
      className="min-w-0 rounded-md"
    >
      {/* biome-ignore lint/a11y/useMediaCaption: a model's film comes without captions */}
      <video
        ref={player}
        src={contentUrl(part.fileId)}
        controls
        playsInline
        loop={isLooping}
        preload="metadata"
        aria-label={part.name}
        onError={onError}
        onTimeUpdate={({ currentTarget }) => onTime?.(currentTarget.currentTime)}
        style={{ aspectRatio: (part.width ?? 16) / (part.height ?? 9) }}
        className="max-h-[70dvh] w-full max-w-full rounded-md bg-sunken"
      />
      <FileCaption part={part}>
        <IconButton
          label="Loop"
          aria-pressed={isLooping}
          onClick={() => setLooping(!isLooping)}
          className="aria-pressed:bg-hover aria-pressed:text-accent"
        >
          <Repeat size={15} />
        </IconButton>
      </FileCaption>
    </figure>
  )
}
