"use client"

import { useState } from "react"
import type { Generation } from "@/lib/db/generations"
import type { ChosenModel } from "@/lib/models/model"
import { Gallery } from "./gallery"
import { KindNav } from "./kind-list"
import { type StudioKind, studioKinds } from "./kinds"
import { StudioForm } from "./studio-form"
import { type GenerationPage, useGallery } from "./use-gallery"

/** The form of a kind of service, and beside it what came of it. */
export function Studio({
  userId,
  kind,
  model,
  initial,
}: {
  userId: string
  kind: StudioKind
  model: ChosenModel | null
  initial: GenerationPage
}) {
  const gallery = useGallery(kind, initial)
  const [reused, setReused] = useState<Generation | null>(null)
  return (
    <main className="@container min-h-0 grow overflow-y-auto">
      <div className="mx-auto w-full max-w-6xl px-4 pt-14 pb-16 sm:px-6 max-md:pt-2">
        <KindNav current={kind} />
        <h1 className="mt-5 mb-5 font-semibold text-2xl">{studioKinds[kind].title}</h1>
        <div className="grid items-start gap-x-12 gap-y-10 @3xl:grid-cols-[21rem_minmax(0,1fr)]">
          <StudioForm
            userId={userId}
            kind={kind}
            initialModel={model}
            reused={reused}
            modelNames={gallery.modelNames}
            onMade={(generation, made) => {
              gallery.learnName(made.id, made.name)
              gallery.put(generation)
            }}
          />
          <Gallery
            kind={kind}
            gallery={gallery}
            // A copy, so that the same one can be taken again.
            onReuse={(generation) => setReused({ ...generation })}
          />
        </div>
      </div>
    </main>
  )
}
