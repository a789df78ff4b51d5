"use client"

import { Clapperboard } from "lucide-react"
import dynamic from "next/dynamic"
import { useState } from "react"
import type { FilePart } from "@/lib/message/message"

const MadeGif = dynamic(() => import("./made-gif").then((module) => module.MadeGif), { ssr: false })

/** Makes a GIF of a film that a model made, once somebody wants one. */
export function MakeGifButton({ part }: { part: FilePart }) {
  const [tries, setTries] = useState(0)
  if (tries > 0) {
    return (
      <MadeGif
        key={tries}
        fileId={part.fileId}
        name={part.name}
        onRetry={() => setTries(tries + 1)}
        onCancel={() => setTries(0)}
      />
    )
  }
  return (
    <button
      type="button"
      onClick={() => setTries(1)}
      className="-ms-2 flex min-h-8 items-center gap-1.5 rounded-md px-2 text-ink-2 text-sm transition-colors hover:bg-hover hover:text-ink coarse:min-h-11"
    >
      <Clapperboard size={15} aria-hidden />
      Make a GIF
    </button>
  )
}
