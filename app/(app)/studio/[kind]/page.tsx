import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { isStudioKind, studioKinds } from "@/components/studio/kinds"
import { Studio } from "@/components/studio/studio"
import { limits } from "@/lib/base/limits"
import { listGenerations } from "@/lib/db/generations"
import { requireUser } from "@/lib/people/session"
import { modelNames, studioModel } from "@/lib/upstream/offered-models"

type Props = PageProps<"/studio/[kind]">

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { kind } = await params
  return { title: isStudioKind(kind) ? `${studioKinds[kind].title} · Studio` : "Not found" }
}

/** The form for one kind of media, and recent results of that kind. */
export default async function StudioKindPage({ params }: Props) {
  const { kind } = await params
  const user = await requireUser(`/studio/${kind}`)
  if (!isStudioKind(kind)) notFound()
  const take = limits.generationsPerPage
  const page = await listGenerations(user, { kind, take: take + 1 })
  const generations = page.slice(0, take)
  const model = await studioModel(kind, generations[0]?.model)
  return (
    <Studio
      key={kind}
      userId={user.id}
      kind={kind}
      model={model && { id: model.id, name: model.name, kind: model.kind }}
      initial={{
        generations,
        modelNames: await modelNames(generations.map(({ model }) => model)),
        cursor: page.length > take ? (generations.at(-1)?.id ?? null) : null,
      }}
    />
  )
}
