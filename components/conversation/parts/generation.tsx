"use client"

import dynamic from "next/dynamic"
import type { PartProps } from "./part-props"

const GenerationCard = dynamic(
  () => import("../../media/generation-card").then((module) => module.GenerationCard),
  { ssr: false },
)

/** Something that is or was made; what was made follows as parts of their own. */
export function GenerationPart({ part }: PartProps<"generation">) {
  // An answer that is nothing else says itself how it ended.
  return <GenerationCard id={part.generationId} isQuiet={part.callId === undefined} />
}
