import type { Card } from "@/lib/message/cards"
import { Gallery } from "./gallery"

/** Pictures that a search found. */
export function PicturesCard({ card }: { card: Extract<Card, { kind: "pictures" }> }) {
  const items = card.items.map(({ url, title, pageUrl }) => ({
    ...{ title, href: pageUrl ?? url },
    imageUrl: url,
  }))
  const showWords = items.length === 1 ? "Show picture" : `Show ${items.length} pictures`
  return <Gallery label="Pictures" items={items} showWords={showWords} />
}
