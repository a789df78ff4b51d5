import { useCallback, useEffect, useRef, useState } from "react"
import type { Generation } from "@/lib/db/generations"
import { requestJson } from "../api"
import { isUnderWay } from "../media/use-generation"
import { onNews } from "../shell/news"
import type { StudioKind } from "./kinds"

/** A page of what was made, as the route answers. */
export type GenerationPage = {
  generations: Generation[]
  modelNames: Record<string, string>
  /** Where the next page begins; null at the end. */
  cursor: string | null
}

/** What was made of one kind, those under way first, kept up with what happens in other tabs. */
export function useGallery(kind: StudioKind, initial: GenerationPage) {
  const [page, setPage] = useState(initial)
  const heardOf = useRef(new Set(initial.generations.map(({ id }) => id)))
  const read = useCallback(
    (cursor: string | null) => {
      const query = new URLSearchParams({ kind, ...(cursor && { cursor }) })
      return requestJson<GenerationPage>(`/api/generations?${query}`)
    },
    [kind],
  )
  const put = useCallback((generation: Generation) => {
    heardOf.current.add(generation.id)
    setPage((page) => ({ ...page, generations: withOne(page.generations, generation) }))
  }, [])

  useEffect(() => {
    const renew = () =>
      read(null).then(
        (fresh) => setPage((page) => withNewest(page, fresh)),
        () => undefined, // the next news will do
      )
    return onNews((news) => {
      if (news.type === "missed") return void renew()
      if (news.type !== "generation" || heardOf.current.has(news.id)) return
      heardOf.current.add(news.id)
      void renew()
    })
  }, [read])

  return {
    /** Those under way first, else as they came. */
    generations: page.generations.toSorted(
      (a, b) => Number(isUnderWay(b.status)) - Number(isUnderWay(a.status)),
    ),
    modelNames: page.modelNames,
    hasMore: page.cursor !== null,
    put,
    learnName: (id: string, name: string) =>
      setPage((page) => ({ ...page, modelNames: { ...page.modelNames, [id]: name } })),
    async loadMore() {
      const more = await read(page.cursor)
      setPage((page) => withOlder(page, more))
    },
  }
}

function withOne(generations: readonly Generation[], one: Generation): Generation[] {
  const isKnown = generations.some(({ id }) => id === one.id)
  if (!isKnown) return [one, ...generations]
  return generations.map((each) => (each.id === one.id ? one : each))
}

function withNewest(page: GenerationPage, fresh: GenerationPage): GenerationPage {
  const known = new Set(fresh.generations.map(({ id }) => id))
  const others = page.generations.filter(({ id }) => !known.has(id))
  return {
    generations: [...fresh.generations, ...others],
    modelNames: { ...page.modelNames, ...fresh.modelNames },
    cursor: page.cursor,
  }
}

function withOlder(page: GenerationPage, more: GenerationPage): GenerationPage {
  const known = new Set(page.generations.map(({ id }) => id))
  return {
    generations: [...page.generations, ...more.generations.filter(({ id }) => !known.has(id))],
    modelNames: { ...page.modelNames, ...more.modelNames },
    cursor: more.cursor,
  }
}
