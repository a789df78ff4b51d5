"use client"

import { Search } from "lucide-react"
import {
  type KeyboardEvent,
  useCallback,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react"
import { AppError } from "@/lib/base/errors"
import type { CatalogueState, ChosenModel, ListedModel, ModelKind } from "@/lib/models/model"
import { searchModels } from "@/lib/models/search"
import { requestJson } from "../api"
import { ListNews } from "../conversation/catalogue-banner"
import { Button } from "../ui/button"
import { Dialog } from "../ui/dialog"
import { KindFilter } from "./kind-filter"
import { kindOrder } from "./model-kinds"
import { ModelOption } from "./model-option"

/** Rows drawn at first; more come as one scrolls, and typing is the faster way. */
const rowsPerPage = 60

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
  const [query, setQuery] = useState("")
  const [kind, setKind] = useState<ModelKind | null>(only ?? null)
  const [active, setActive] = useState(0)
  const [rows, setRows] = useState(rowsPerPage)
  const [isEntered, setEntered] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const listId = useId()
  const latestChoose = useRef(onChoose)
  latestChoose.current = onChoose
  const wanted = useDeferredValue(query)
  const ofKind = useMemo(
    () => (models ?? []).filter((model) => kind === null || model.kind === kind),
    [models, kind],
  )
  const found = useMemo(() => searchModels(ofKind, wanted), [ofKind, wanted])
  const shown = found.slice(0, rows)
  const choose = useCallback(
    ({ id, name, kind }: ListedModel) => latestChoose.current({ id, name, kind }),
    [],
  )

  function start() {
    setEntered(false)
    setActive(0)
    setRows(rowsPerPage)
    list.current?.scrollTo({ top: 0 })
  }

  function move(step: number) {
    const next = Math.max(0, Math.min(shown.length - 1, active + step))
    setActive(next)
    list.current?.children[next]?.scrollIntoView({ block: "nearest" })
  }

  // Whoever types and presses Enter means what is typed, also where the list is not that far yet.
  function enter() {
    const model = (wanted === query ? shown : searchModels(ofKind, query))[active]
    if (model) choose(model)
    else if (!models) setEntered(true)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: it waits for the list only
  useEffect(() => {
    if (isEntered) enter()
  }, [models])

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (step) move(step)
    else if (event.key === "Enter") enter()
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
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            start()
          }}
          onKeyDown={onKeyDown}
          className="h-13 w-full bg-transparent text-lg outline-none placeholder:text-ink-3"
        />
      </div>
      {models && !only && (
        <KindFilter
          models={models}
          kind={kind}
          onKind={(chosen) => {
            setKind(chosen)
            start()
          }}
        />
      )}
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label="Models"
        aria-busy={!models && !error}
        tabIndex={-1}
        onScroll={({ currentTarget: box }) => {
          if (box.scrollTop + box.clientHeight > box.scrollHeight - 400) setRows(rows + rowsPerPage)
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
            onPoint={setActive}
            onChoose={choose}
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
      {state && models && models.length > 0 && <ListNews state={state} />}
      {error && (
        <div role="alert" className="flex items-center justify-between gap-4 px-4 pb-4 text-bad">
          {error}
          <Button onClick={retry}>Try again</Button>
        </div>
      )}
    </Dialog>
  )
}

function useModels() {
  const [models, setModels] = useState<ListedModel[] | null>(null)
  const [state, setState] = useState<CatalogueState | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further try reads again
  useEffect(() => {
    setError(null)
    requestJson<{ models: ListedModel[]; state: CatalogueState }>("/api/models").then(
      ({ models, state }) => {
        setModels(models.sort(byKindAndRelease))
        setState(state)
      },
      (caught) =>
        setError(caught instanceof AppError ? caught.message : "The list could not be read."),
    )
  }, [tries])
  return { models, state, error, retry: () => setTries(tries + 1) }
}

function byKindAndRelease(a: ListedModel, b: ListedModel): number {
  return (
    kindOrder(a.kind) - kindOrder(b.kind) ||
    (b.releasedAt ?? "").localeCompare(a.releasedAt ?? "") ||
    a.name.localeCompare(b.name)
  )
}
