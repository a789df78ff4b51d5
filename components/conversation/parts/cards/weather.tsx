import type { Card } from "@/lib/message/cards"
import { Facts } from "./facts"

type Weather = Extract<Card, { kind: "weather" }>

/** The weather of a place: now, and the days to come in a row. */
export function WeatherCard({ card }: { card: Weather }) {
  const { place, temperature, unit, sky, facts, days } = card
  return (
    <section aria-label={`Weather in ${place}`}>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="text-2xl tabular-nums">{degrees(temperature, unit)}</span>
        {sky !== undefined && <bdi>{sky}</bdi>}
        <bdi className="text-ink-3">{place}</bdi>
      </p>
      {days.length > 0 && (
        <ol
          aria-label="Days to come"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: days out of sight are scrolled to by key
          tabIndex={0}
          className="mt-2 flex gap-5 overflow-x-auto pb-1 text-sm"
        >
          {days.map((day, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a weekday may come twice
            <li key={index} className="shrink-0">
              <bdi className="block text-ink-3">{day.day}</bdi>
              <span className="block tabular-nums">
                {day.high !== undefined && <span title="High">{bare(day.high)}</span>}
                {day.low !== undefined && (
                  <span title="Low" className="ms-1.5 text-ink-3">
                    {bare(day.low)}
                  </span>
                )}
              </span>
              {day.sky !== undefined && <bdi className="block text-ink-2">{day.sky}</bdi>}
            </li>
          ))}
        </ol>
      )}
      <Facts facts={facts} />
    </section>
  )
}

/** "61" and "Fahrenheit" as "61 °F"; anything else as it was told. */
function degrees(temperature: string, unit: string | undefined): string {
  const letter = /^(?:degrees? )?([cf])/i.exec(unit ?? "")?.[1]?.toUpperCase()
  return isNumber(temperature) && letter ? `${temperature} °${letter}` : temperature
}

function bare(temperature: string): string {
  return isNumber(temperature) ? `${temperature}°` : temperature
}

function isNumber(text: string): boolean {
  return /^[-−]?\d+(?:\.\d+)?$/.test(text)
}
