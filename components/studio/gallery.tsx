"use client"

import { useState } from "react"
import type { Generation } from "@/lib/db/generations"
import { Button } from "../ui/button"
import { GalleryItem } from "./gallery-item"
import type { StudioKind } from "./kinds"
import { studioKinds } from "./kinds"
import type { useGallery } from "./use-gallery"

/** What was made of a kind, newest first; what is being made stands before it. */
export function Gallery({
  kind,
  gallery,
  onReuse,
}: {
  kind: StudioKind
  gallery: ReturnType<typeof useGallery>
  onReuse: (generation: Generation) => void
}) {
  const { generations, modelNames, hasMore, put, loadMore } = gallery
  const [loading, setLoading] = useState<"idle" | "running" | "failed">("idle")
  async function more() {
    setLoading("running")
    await loadMore().then(
      () => setLoading("idle"),
      () => setLoading("failed"),
    )
  }
  return (
    <section aria-label="Results" className="min-w-0">
      {generations.length === 0 && (
        <p className="text-ink-3 @3xl:py-24 @3xl:text-center">
          {studioKinds[kind].purpose} What you create stands here.
        </p>
      )}
      <ul className="flex flex-col gap-10">
        {generations.map((generation) => (
          <li key={generation.id}>
            <GalleryItem
              generation={generation}
              modelName={modelNames[generation.model] ?? generation.model}
              onChange={put}
              onReuse={onReuse}
            />
          </li>
        ))}
      </ul>
      {hasMore && (
        <div className="mt-10 flex items-center gap-3">
          <Button disabled={loading === "running"} onClick={() => void more()}>
            Show earlier
          </Button>
          {loading === "failed" && (
            <p role="alert" className="text-bad">
              These could not be read. Try again.
            </p>
          )}
        </div>
      )}
    </section>
  )
}
