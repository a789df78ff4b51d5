import type { Metadata } from "next"
import { readFilters, sinceOf, writeFilters } from "@/components/library/filters"
import { Library } from "@/components/library/library"
import { toStorable } from "@/lib/base/postgres-text"
import { listLibrary, listLibraryModels } from "@/lib/db/library"
import { requireUser } from "@/lib/people/session"
import { modelNames } from "@/lib/upstream/offered-models"

export const metadata: Metadata = { title: "Library" }

/** All files the person uploaded or generated. */
export default async function LibraryPage({ searchParams }: PageProps<"/library">) {
  const params = Object.entries(await searchParams).map(([name, value]) => [name, String(value)])
  const filters = readFilters(new URLSearchParams(params))
  const search = writeFilters(filters)
  const user = await requireUser(`/library${search}`)
  const { kind, model, source, date, q } = filters
  const [page, models] = await Promise.all([
    // Only the browser knows when the reader's day began.
    date === "today"
      ? null
      : listLibrary(user, {
          ...(kind && { kind }),
          ...(model && { model }),
          ...(source && { source }),
          since: sinceOf(date, new Date()),
          q: toStorable(q),
        }),
    listLibraryModels(user),
  ])
  return (
    <Library
      initial={page && { search, page }}
      models={models}
      modelNames={await modelNames(models)}
    />
  )
}
