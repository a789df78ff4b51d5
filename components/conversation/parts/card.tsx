import type { ComponentType } from "react"
import type { Card } from "@/lib/message/cards"
import { FilmsCard } from "./cards/films"
import { KnowledgeCard } from "./cards/knowledge"
import { MapCard } from "./cards/map"
import { PicturesCard } from "./cards/pictures"
import { QuestionsCard } from "./cards/questions"
import { WeatherCard } from "./cards/weather"
import type { PartProps } from "./part-props"

type Of<Kind extends Card["kind"]> = Extract<Card, { kind: Kind }>

/** How each kind of card is shown. A kind without a view does not compile. */
const cardViews: { [Kind in Card["kind"]]: ComponentType<{ card: Of<Kind> }> } = {
  pictures: PicturesCard,
  films: FilmsCard,
  weather: WeatherCard,
  map: MapCard,
  knowledge: KnowledgeCard,
  questions: QuestionsCard,
}

/** What a search found besides words. */
export function CardPart({ part }: PartProps<"card">) {
  return <CardView kind={part.card.kind} card={part.card} />
}

function CardView<Kind extends Card["kind"]>({ kind, card }: { kind: Kind; card: Of<Kind> }) {
  const View: ComponentType<{ card: Of<Kind> }> = cardViews[kind]
  return <View card={card} />
}
