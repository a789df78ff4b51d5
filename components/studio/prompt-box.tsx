import { useId } from "react"
import type { ModelForm } from "@/lib/models/fields"
import type { useDraft } from "./use-draft"

/** The one text that everything begins with. Until the form is known it may be written already. */
export function PromptBox({
  draft,
  text,
  onEnter,
}: {
  draft: ReturnType<typeof useDraft>
  /** Undefined while nobody knows, null for models that take only files. */
  text: ModelForm["text"] | undefined
  onEnter: () => void
}) {
  const id = useId()
  return (
    // Hidden, not gone: another model takes the text again.
    <div hidden={text === null}>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {text?.label ?? "Prompt"}
      </label>
      <textarea
        ref={draft.box}
        id={id}
        rows={4}
        dir="auto"
        onInput={(event) => draft.keep(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return
          event.preventDefault()
          onEnter()
        }}
        className="field-sizing-content block max-h-[40dvh] min-h-28 w-full resize-none rounded-md border border-line bg-raised px-3 py-2 text-lg outline-offset-0 placeholder:text-ink-3"
      />
    </div>
  )
}
