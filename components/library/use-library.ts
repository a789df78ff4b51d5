import { useEffect, useRef, useState } from "react"
import { AppError } from "@/lib/base/errors"
import { limits } from "@/lib/base/limits"
import type { LibraryFile, LibraryPage } from "@/lib/db/library"
import { request, requestJson } from "../api"
import { onNews } from "../shell/news"
import { type Filters, filesPath, writeFilters } from "./filters"

/** A first page that came with the address `search`. */
export type Initial = { search: string; page: LibraryPage }

type Loaded = LibraryPage & { search: string }

export type LibraryState = {
  /** What was read last; null before anything was. */
  files: readonly LibraryFile[] | null
  hasMore: boolean
  /** What is shown is not yet what the filters ask for. */
  isStale: boolean
  isLoading: boolean
  error: string | null
  retry: () => void
  readMore: () => void
  /** Deletes files; throws AppError. */
  remove: (ids: readonly string[]) => Promise<void>
}

// The router keeps pages that were left: one that comes back shows what it knew, and reads anew.
const shownBefore = new WeakSet<Initial>()

/** The files that the filters let through, kept up with what is made meanwhile. */
export function useLibrary(filters: Filters, initial: Initial | null): LibraryState {
  const search = writeFilters(filters)
  const [loaded, setLoaded] = useState<Loaded | null>(
    initial && { search: initial.search, ...initial.page },
  )
  const [isLoading, setLoading] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const reading = useRef<AbortController | null>(null)
  const failed = useRef<string | null>(null)

  async function read(cursor: string | null) {
    reading.current?.abort()
    const leaving = new AbortController()
    reading.current = leaving
    failed.current = null
    setLoading(true)
    setError(null)
    try {
      const call = { signal: leaving.signal }
      const page = await requestJson<LibraryPage>(filesPath(filters, cursor), call)
      if (leaving.signal.aborted) return
      setLoaded((before) => {
        const known = before?.search === search ? before : null
        return { search, ...(cursor === null ? withFresh(known, page) : withMore(known, page)) }
      })
    } catch (caught) {
      if (leaving.signal.aborted) return
      failed.current = cursor
      setError(caught instanceof AppError ? caught.message : "Your files could not be read.")
    }
    setLoading(false)
  }
  const latestRead = useRef(read)
  latestRead.current = read

  // biome-ignore lint/correctness/useExhaustiveDependencies: other filters, other files
  useEffect(() => {
    const isFresh = initial?.search === search && !shownBefore.has(initial)
    if (initial) shownBefore.add(initial)
    if (!isFresh) void read(null)
    return () => reading.current?.abort()
  }, [search])
  useEffect(
    () =>
      onNews((news) => {
        const isMade = news.type === "generation" && news.status === "complete"
        if (isMade || news.type === "missed") void latestRead.current(null)
      }),
    [],
  )

  return {
    files: loaded?.files ?? null,
    hasMore: loaded !== null && loaded.cursor !== null,
    isStale: loaded?.search !== search,
    isLoading,
    error,
    retry: () => void read(failed.current),
    readMore: () => {
      if (loaded?.search === search && loaded.cursor !== null && !isLoading) {
        void read(loaded.cursor)
      }
    },
    async remove(ids) {
      for (let at = 0; at < ids.length; at += limits.filesDeleted) {
        const some = ids.slice(at, at + limits.filesDeleted)
        await request("/api/files", { method: "DELETE", body: { ids: some } }).catch((error) => {
          // Some were deleted elsewhere: what is shown is not what there is.
          if (error instanceof AppError && error.code === "not_found") void read(null)
          throw error
        })
        const gone = new Set(some)
        setLoaded(
          (before) =>
            before && { ...before, files: before.files.filter(({ id }) => !gone.has(id)) },
        )
      }
    },
  }
}

/** The first page read anew, and what was read beyond it. */
function withFresh(before: LibraryPage | null, fresh: LibraryPage): LibraryPage {
  const last = fresh.files.at(-1)
  const known = new Set(fresh.files.map(({ id }) => id))
  const beyond = (before?.files ?? []).filter(
    (file) => last && file.createdAt < last.createdAt && !known.has(file.id),
  )
  if (!before || fresh.cursor === null || beyond.length === 0) return fresh
  return { files: [...fresh.files, ...beyond], cursor: before.cursor }
}

function withMore(before: LibraryPage | null, more: LibraryPage): LibraryPage {
  const known = new Set(before?.files.map(({ id }) => id))
  const fresh = more.files.filter(({ id }) => !known.has(id))
  return { files: [...(before?.files ?? []), ...fresh], cursor: more.cursor }
}
