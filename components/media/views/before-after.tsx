import { useState } from "react"
import type { FilePart } from "@/lib/message/message"
import { contentUrl } from "../../files/file-words"
import type { Size } from "./zoom"

const layer = "absolute inset-0 size-full object-contain"
const label =
  "pointer-events-none absolute top-2 rounded-sm bg-raised/85 px-1.5 py-0.5 text-ink-2 text-xs"

/** Two pictures over each other, and how much is seen of the first, by hand or by key. */
export function BeforeAfter({
  before,
  after,
  size,
}: {
  before: FilePart
  after: FilePart
  /** Of the picture that came out. */
  size: Size
}) {
  const [percent, setPercent] = useState(50)
  const ratio = size.width / size.height
  return (
    <div
      style={{ containerType: "size" }}
      className="flex size-full items-center justify-center overflow-hidden"
    >
      {/* Left is before in every language, as the clip below is. */}
      <div
        dir="ltr"
        className="relative"
        style={{
          aspectRatio: ratio,
          width: `min(100cqw - 2rem, (100cqh - 1rem) * ${ratio.toFixed(4)}, ${Math.max(size.width, 480)}px)`,
        }}
      >
        {/* biome-ignore lint/performance/noImgElement: behind a session, which an optimizer does not have */}
        <img src={contentUrl(after.fileId)} alt={`After: ${after.name}`} className={layer} />
        {/* biome-ignore lint/performance/noImgElement: as above */}
        <img
          src={contentUrl(before.fileId)}
          alt={`Before: ${before.name}`}
          className={`${layer} bg-paper`}
          style={{ clipPath: `inset(0 ${100 - percent}% 0 0)` }}
        />
        {/* All of the picture is the slider; a bit wider, so that its ends are those of the picture. */}
        <input
          type="range"
          aria-label="Before and after"
          aria-valuetext={`${percent} % before`}
          min={0}
          max={100}
          value={percent}
          onChange={(event) => setPercent(Number(event.currentTarget.value))}
          className="peer absolute inset-y-0 -inset-x-2 m-0 cursor-ew-resize opacity-0"
        />
        <span
          aria-hidden
          style={{ left: `${percent}%` }}
          className="pointer-events-none absolute inset-y-0 w-0.5 -translate-x-1/2 bg-raised shadow-float outline-accent peer-focus-visible:outline-2"
        >
          <span className="absolute top-1/2 left-1/2 size-7 -translate-1/2 rounded-full border border-line bg-raised shadow-float" />
        </span>
        {percent > 15 && <span className={`${label} left-2`}>Before</span>}
        {percent < 85 && <span className={`${label} right-2`}>After</span>}
      </div>
    </div>
  )
}
