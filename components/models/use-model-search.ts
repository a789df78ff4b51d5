import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react"
import type { ChosenModel, ListedModel, ModelKind } from "@/lib/models/model"
import { searchModels } from "@/lib/models/search"

/** Rows drawn at first; more come as one scrolls, and typing is the faster way. */
const rowsPerPage = 60

/** Searching a list of models: what is shown of it, which row is active, and choosing one. */
export function useModelSearch(
  models: readonly ListedModel[] | null,
  only: ModelKind | undefined,
  onChoose: (model: ChosenModel) => void,
) {
  const [query, setQuery] = useState("")
  const [kind, setKind] = useState<ModelKind | null>(only ?? null)
  const [active, setActive] = useState(0)
  const [rows, setRows] = useState(rowsPerPage)
  const [isEntered, setEntered] = useState(false)
  const list = useRef<HTMLDivElement>(null)
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

  return {
    ...{ list, query, kind, ofKind, found, shown, active, move, enter, choose },
    point: setActive,
    search(text: string) {
      setQuery(text)
      start()
    },
    narrow(chosen: ModelKind | null) {
      setKind(chosen)
      start()
    },
    showMore: () => setRows(rows + rowsPerPage),
  }
}
