import type { Card } from "@/lib/message/cards"
import { Gallery } from "./gallery"

/** Films that a search found; they play where they are. */
export function FilmsCard({ card }: { card: Extract<Card, { kind: "films" }> }) {
  const items = card.items.map(({ url, title, thumbnailUrl }) => ({
    ...{ title, href: url },
    imageUrl: thumbnailUrl,
  }))
  return <Gallery label="Videos" items={items} showWords="Show previews" />
}
