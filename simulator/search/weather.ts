import { series } from "../random"
import type { Place } from "./places"

const skies = ["Sunny", "Mostly sunny", "Partly cloudy", "Cloudy", "Light rain", "Showers"] as const
const directions = [
  "north",
  "northeast",
  "east",
  "southeast",
  "south",
  "southwest",
  "west",
  "northwest",
]

const weekday = (moment: Date) =>
  moment.toLocaleDateString("en-US", { weekday: "long", timeZone: "UTC" })
const hourOf = (moment: Date) =>
  moment.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit", timeZone: "UTC" })
const later = (moment: Date, hours: number) => new Date(moment.getTime() + hours * 3_600_000)

/** How warm it is by rights, in Fahrenheit: by the latitude and the season there. */
function usualFahrenheit({ latitude = 45 }: Place, moment: Date): number {
  const season = Math.cos(((moment.getUTCMonth() - 6) / 12) * 2 * Math.PI)
  const swing = Math.abs(latitude) / 3
  return 88 - Math.abs(latitude) * 0.75 + season * swing * Math.sign(latitude || 1)
}

/** What the weather might be at a place from a moment on. Every value is a text, as upstream. */
export function weatherAt(place: Place, asked: Date, pictureUrl: (sky: string) => string): object {
  const degrees = (value: number) => String(Math.round(value))
  const percent = (value: number) => `${Math.round(value)}%`
  const onDay = (index: number) => {
    const moment = later(asked, index * 24)
    const next = series(`weather ${place.name} ${moment.toISOString().slice(0, 10)}`)
    const middle = usualFahrenheit(place, moment) + (next() - 0.5) * 14
    const weather = skies[Math.floor(next() * skies.length)] ?? skies[0]
    const isWet = skies.indexOf(weather) > 3
    return {
      moment,
      middle,
      weather,
      thumbnail: pictureUrl(weather),
      precipitation: percent(isWet ? 50 + next() * 45 : next() * 20),
      humidity: percent(40 + next() * 50),
      windSpeed: Math.round(2 + next() * 14),
      angle: Math.floor(next() * 8) * 45,
    }
  }
  type Day = ReturnType<typeof onDay>
  const conditions = ({ weather, thumbnail, humidity, precipitation, windSpeed }: Day) => ({
    thumbnail,
    weather,
    humidity,
    precipitation,
    wind: `${windSpeed} mph`,
  })
  const days = Array.from({ length: 8 }, (_, index) => onDay(index))
  const today = onDay(0)
  const hours = Array.from({ length: 24 }, (_, index) => {
    const moment = later(asked, index)
    const day = onDay(Math.floor(index / 24))
    return {
      moment,
      day,
      warmth: day.middle + 7 * Math.sin(((moment.getUTCHours() - 9) / 12) * Math.PI),
    }
  })
  const forecastUrl = `https://www.timeanddate.com/weather/?query=${encodeURIComponent(place.name)}`
  return {
    type: "weather_result",
    temperature: degrees(hours[0]?.warmth ?? today.middle),
    unit: "Fahrenheit",
    ...conditions(today),
    location: place.name,
    date: `${weekday(asked)} ${hourOf(asked)}`,
    forecast: days.map((day) => ({
      day: weekday(day.moment),
      temperature: { high: degrees(day.middle + 7), low: degrees(day.middle - 8) },
      ...conditions(day),
    })),
    hourly_forecast: hours.map(({ moment, day, warmth }) => ({
      time: hourOf(moment),
      temperature: degrees(warmth),
      ...conditions(day),
    })),
    precipitation_forecast: hours.map(({ moment, day }) => ({
      precipitation: day.precipitation,
      day: weekday(moment),
      time: hourOf(moment),
    })),
    wind_forecast: hours.map(({ moment, day }) => ({
      angle: day.angle,
      direction: `From ${directions[day.angle / 45]}`,
      speed: `${day.windSpeed} mph`,
      time: hourOf(moment),
    })),
    sources: [{ title: `Weather in ${place.name}`, link: forecastUrl }],
  }
}
