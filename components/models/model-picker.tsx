"use client"

import { Search } from "lucide-react"
import { type KeyboardEvent, useId } from "react"
import type { ChosenModel, ModelKind } from "@/lib/models/model"
import { CatalogueBanner } from "../conversation/catalogue-banner"
import { Button } from "../ui/button"
import { Dialog } from "../ui/dialog"
import { KindFilter } from "./kind-filter"
import { ModelOption } from "./model-option"
import { useModelSearch } from "./use-model-search"
import { useModels } from "./use-models"

/** A palette of all models: type to search, arrows and Enter to choose. */
export function ModelPicker({
  chosenId,
  only,
  onChoose,
  onClose,
}: {
  chosenId: string | null
  /** The one kind that is offered; without it all. */
  only?: ModelKind | undefined
  onChoose: (model: ChosenModel) => void
  onClose: () => void
}) {
  const { models, state, error, retry } = useModels()
  const search = useModelSearch(models, only, onChoose)
  const { query, kind, ofKind, found, shown, active } = search
  const listId = useId()

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (step) search.move(step)
    else if (event.key === "Enter") search.enter()
    else return
    event.preventDefault()
  }

  return (
    <Dialog
      label="Choose a model"
      onClose={onClose}
      className="flex h-[min(38rem,84dvh)] max-w-xl flex-col overflow-hidden"
    >
      <div className="flex items-center gap-3 border-line border-b px-4">
        <Search size={17} className="shrink-0 text-ink-3" aria-hidden />
        <input
          type="search"
          aria-label="Search models"
          aria-controls={listId}
          aria-activedescendant={shown[active] ? `${listId}-${active}` : undefined}
          placeholder={
            models
              ? `Search ${(only ? ofKind : models).length} models by name, maker or ability`
              : "Search models"
          }
          autoFocus
          value={query}
          onChange={(event) => search.search(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          className="h-13 w-full bg-transparent text-lg outline-none placeholder:text-ink-3"
        />
      </div>
      {models && !only && <KindFilter models={models} kind={kind} onKind={search.narrow} />}
      <div
        ref={search.list}
        id={listId}
        role="listbox"
        aria-label="Models"
        aria-busy={!models && !error}
        tabIndex={-1}
        onScroll={({ currentTarget: box }) => {
          if (box.scrollTop + box.clientHeight > box.scrollHeight - 400) search.showMore()
        }}
        className="grow overflow-y-auto overscroll-contain p-1.5"
      >
        {shown.map((model, index) => (
          <ModelOption
            key={model.id}
            id={`${listId}-${index}`}
            index={index}
            model={model}
            isActive={index === active}
            isChosen={model.id === chosenId}
            onPoint={search.point}
            onChoose={search.choose}
          />
        ))}
      </div>
      {models && found.length === 0 && (
        <p role="status" className="absolute inset-x-0 top-44 px-6 text-center text-ink-3">
          {models.length === 0
            ? "The list of models cannot be reached right now. Try again in a moment."
            : kind === null
              ? `No model fits “${query}”.`
              : `No model of this kind fits “${query}”.`}
        </p>
      )}
      {state && models && models.length > 0 && <CatalogueBanner state={state} />}
      {error && (
        <div role="alert" className="flex items-center justify-between gap-4 px-4 pb-4 text-bad">
          {error}
          <Button onClick={retry}>Try again</Button>
        </div>
      )}
    </Dialog>
  )
}
