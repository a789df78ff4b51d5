"use client"

import dynamic from "next/dynamic"
import { useSearchParams } from "next/navigation"
import { useCallback, useState } from "react"
import type { LibraryFile } from "@/lib/db/library"
import { Button } from "../ui/button"
import { FilterBar } from "./filter-bar"
import { type Filters, noFilters, readFilters, writeFilters } from "./filters"
import { LibraryItem } from "./library-item"
import { More } from "./more"
import { Nothing } from "./nothing"
import { SelectionBar } from "./selection-bar"
import { type Initial, useLibrary } from "./use-library"

const ItemDialog = dynamic(() => import("./item-dialog").then((module) => module.ItemDialog), {
  ssr: false,
})
const DeleteFilesDialog = dynamic(
  () => import("./delete-files-dialog").then((module) => module.DeleteFilesDialog),
  { ssr: false },
)

/** Everything a person uploaded and had made, to find again, look at, take along and delete. */
export function Library({
  initial,
  models,
  modelNames,
}: {
  initial: Initial | null
  /** Those that made any of it. */
  models: readonly string[]
  modelNames: Readonly<Record<string, string>>
}) {
  const filters = readFilters(new URLSearchParams(useSearchParams()))
  const library = useLibrary(filters, initial)
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set())
  const [opened, setOpened] = useState<LibraryFile | null>(null)
  const [deleting, setDeleting] = useState<readonly LibraryFile[] | null>(null)
  const files = library.files ?? []
  const selected = files.filter(({ id }) => selection.has(id))
  const nameOf = (model: string) => modelNames[model] ?? model

  function filter(change: Partial<Filters>) {
    setSelection(new Set())
    const search = writeFilters({ ...filters, ...change })
    history.replaceState(null, "", `${location.pathname}${search}`)
  }

  const select = useCallback((id: string, isSelected: boolean) => {
    setSelection((before) => {
      const next = new Set(before)
      if (isSelected) next.add(id)
      else next.delete(id)
      return next
    })
  }, [])

  return (
    <main className="min-h-0 grow overflow-y-auto overscroll-contain">
      <div className="mx-auto w-full max-w-6xl px-4 pb-8 md:px-6 md:pt-14">
        <h1 className="font-semibold text-2xl">Library</h1>
        <FilterBar filters={filters} models={models} nameOf={nameOf} onChange={filter} />
        {files.length > 0 && (
          <SelectionBar
            count={files.length}
            selected={selected}
            onSelectAll={(isAll) => setSelection(new Set(isAll ? files.map(({ id }) => id) : []))}
            onDelete={() => setDeleting(selected)}
          />
        )}
        <ul
          aria-label="Files"
          aria-busy={library.isStale && library.isLoading}
          className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-x-4 gap-y-5 transition-opacity aria-busy:opacity-50 max-sm:gap-x-3"
        >
          {files.map((file) => (
            <LibraryItem
              key={file.id}
              file={file}
              madeBy={file.generation && nameOf(file.generation.model)}
              isSelected={selection.has(file.id)}
              isSelecting={selected.length > 0}
              onSelect={select}
              onOpen={setOpened}
            />
          ))}
        </ul>
        {library.files === null && !library.error && (
          <p role="status" className="py-16 text-center text-ink-3">
            Reading your files
          </p>
        )}
        {library.files?.length === 0 && !library.isStale && !library.hasMore && (
          <Nothing isFiltered={writeFilters(filters) !== ""} onClear={() => filter(noFilters)} />
        )}
        {library.error ? (
          <div role="alert" className="flex flex-wrap items-center gap-4 py-6 text-bad">
            {library.error}
            <Button onClick={library.retry}>Try again</Button>
          </div>
        ) : (
          library.hasMore &&
          !library.isStale && <More isLoading={library.isLoading} onMore={library.readMore} />
        )}
      </div>
      {opened && (
        <ItemDialog
          file={opened}
          nameOf={nameOf}
          onClose={() => setOpened(null)}
          onDelete={() => setDeleting([opened])}
        />
      )}
      {deleting && (
        <DeleteFilesDialog
          files={deleting}
          onDelete={library.remove}
          onClose={() => setDeleting(null)}
          onDeleted={() => {
            setDeleting(null)
            setOpened(null)
            setSelection(new Set())
          }}
        />
      )}
    </main>
  )
}
