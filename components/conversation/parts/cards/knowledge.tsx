import type { Card } from "@/lib/message/cards"
import { Facts } from "./facts"

/** What is generally known of a thing or a person. */
export function KnowledgeCard({ card }: { card: Extract<Card, { kind: "knowledge" }> }) {
  const { title, type, description, facts } = card
  return (
    <section aria-label={title} dir="auto" className="border-line border-s ps-4">
      <p className="wrap-anywhere">
        <strong className="font-semibold">{title}</strong>
        {type !== undefined && <span className="text-ink-3"> · {type}</span>}
      </p>
      {description !== undefined && (
        <p className="wrap-anywhere mt-0.5 text-ink-2">{description}</p>
      )}
      <Facts facts={facts} />
    </section>
  )
}
