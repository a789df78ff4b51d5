const starters = [
  "Compare quicksort and mergesort in a table, with quicksort in Python",
  "Plan a weekend in Lisbon",
  "Why is the sky blue?",
  "Explain Bayes' theorem with a formula and an example",
]

/** Beginnings under an empty composer; choosing one writes it there, to be changed or sent. */
export function Starters({ onChoose }: { onChoose: (text: string) => void }) {
  return (
    <ul aria-label="Ideas" className="mt-4 flex flex-wrap justify-center gap-2 max-sm:flex-col">
      {starters.map((text) => (
        <li key={text}>
          <button
            type="button"
            onClick={() => onChoose(text)}
            className="rounded-md border border-line px-3 py-1.5 text-start text-ink-2 text-sm transition-colors hover:bg-hover hover:text-ink coarse:py-3"
          >
            {text}
          </button>
        </li>
      ))}
    </ul>
  )
}
