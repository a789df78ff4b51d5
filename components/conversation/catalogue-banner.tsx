import type { CatalogueState } from "@/lib/models/model"

/** Says that the list of models is not today's, and what that means; nothing while it is. */
export function CatalogueBanner({ state }: { state: CatalogueState }) {
  if (!state.isStale) return null
  const day = state.at ? new Date(state.at).toLocaleDateString("en-GB", dayFormat) : null
  return (
    <p role="status" className="shrink-0 border-line border-t px-4 py-2.5 text-ink-2 text-sm">
      The model service cannot be reached right now. This list is{" "}
      {day ? `of ${day}` : "an older one"}
      {state.source === "snapshot" && ", without prices"}; some models may be gone or new.
    </p>
  )
}

const dayFormat = { day: "numeric", month: "long", year: "numeric" } as const
