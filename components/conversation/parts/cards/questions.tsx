import type { Card } from "@/lib/message/cards"

/** What one may ask next. */
export function QuestionsCard({ card }: { card: Extract<Card, { kind: "questions" }> }) {
  return (
    <section aria-label="Related questions">
      <p className="text-ink-3 text-sm">Related</p>
      <ul className="mt-0.5 flex flex-col gap-0.5">
        {card.items.map((question) => (
          <li key={question} dir="auto" className="wrap-anywhere text-ink-2">
            {question}
          </li>
        ))}
      </ul>
    </section>
  )
}
