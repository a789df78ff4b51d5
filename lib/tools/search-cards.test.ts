import { expect, test } from "@playwright/test"
import { cardSchema, sourceSchema } from "../message/cards"
import { cardsIn, toPart, toPictures, toQuestions, toSources } from "./search-cards"
import { linkSources, toFilms, toKnowledge, toMap, toWeather } from "./search-service-cards"

const a = "https://www.example.com/a"
const b = "https://example.org/b"

test("sources are read from every shape, in order, each once", () => {
  expect(toSources([a, b, a])).toEqual([
    { url: a, title: "example.com" },
    { url: b, title: "example.org" },
  ])
  expect(
    toSources([
      {
        title: " A\n page ",
        url: a,
        date: "2026-01-02",
        last_updated: "2026-02-03",
        snippet: "So",
      },
      { title: "B", url: b, date: null, last_updated: "2026-02-03" },
    ]),
  ).toEqual([
    { url: a, title: "A page", date: "2026-01-02", snippet: "So" },
    { url: b, title: "B", date: "2026-02-03" },
  ])
  const annotations = [
    { type: "url_citation", url_citation: { url: a, title: "A", start_index: 1, end_index: 2 } },
    { url: b },
  ]
  expect(toSources(annotations)).toEqual([
    { url: a, title: "A" },
    { url: b, title: "example.org" },
  ])
})

test("what cannot be read is left out and nothing breaks", () => {
  for (const value of [null, "x", 5, {}, [null, 5, {}, { url: 5 }, { url: "" }, [a]]]) {
    expect(toSources(value)).toEqual([])
    expect(toPictures(value)?.kind ?? null).toBeNull()
    expect(toFilms(value)).toBeNull()
    expect(toWeather(value)).toBeNull()
    expect(toMap(value)).toBeNull()
    expect(toKnowledge(value)).toBeNull()
  }
  expect(toQuestions([null, 5, "", "  "])).toBeNull()
  const long = toSources([{ url: a, title: "x".repeat(5_000), snippet: "\u{E0041}" }])
  expect(sourceSchema.safeParse(long[0]).success).toBe(true)
  expect(long[0]).not.toHaveProperty("snippet")
  expect(toSources(Array.from({ length: 500 }, (_, index) => `${a}${index}`))).toHaveLength(100)
})

test("pictures and questions become cards", () => {
  expect(
    toPictures([
      { image_url: "https://i.example/1.png", origin_url: a, title: "One", height: 3, width: 4 },
      "https://i.example/2.png",
      { original: "https://i.example/3.png", source: b, title: null },
    ]),
  ).toEqual({
    kind: "pictures",
    items: [
      { url: "https://i.example/1.png", title: "One", pageUrl: a },
      { url: "https://i.example/2.png", title: "i.example" },
      { url: "https://i.example/3.png", title: "example.org", pageUrl: b },
    ],
  })
  expect(toQuestions(["Why?", "Why?", "How?"])).toEqual({
    kind: "questions",
    items: ["Why?", "How?"],
  })
})

test("data events become the parts that show them best", () => {
  const events = [
    { label: "Sources", value: [a] },
    { label: "Pictures", value: ["https://i.example/1.png"] },
    { label: "Related questions", value: ["Why?"] },
  ]
  const { sources, cards } = cardsIn(events)
  expect([sources.length, cards.map(({ kind }) => kind)]).toEqual([1, ["pictures", "questions"]])
  expect(events.map((event) => toPart(event).type)).toEqual(["sources", "card", "card"])
  const other = { label: "Verdict", value: { safe: true } }
  expect(toPart(other)).toEqual({ type: "data", ...other })
  expect(toPart({ label: "Sources", value: [5] })).toMatchObject({ type: "data" })
})

test("what can be asked for after a search becomes cards", () => {
  const weather = toWeather({
    type: "weather_result",
    ...{ temperature: "61", unit: "Fahrenheit", weather: "Cloudy", location: "Lisbon" },
    ...{ humidity: "70%", wind: "9 mph", date: "Monday 9:00 AM" },
    forecast: [{ day: "Monday", temperature: { high: "65", low: "50" }, weather: "Showers" }],
  })
  expect(weather).toEqual({
    ...{ kind: "weather", place: "Lisbon", temperature: "61", unit: "Fahrenheit", sky: "Cloudy" },
    facts: [
      { label: "Humidity", value: "70%" },
      { label: "Wind", value: "9 mph" },
      { label: "As of", value: "Monday 9:00 AM" },
    ],
    days: [{ day: "Monday", high: "65", low: "50", sky: "Showers" }],
  })
  expect(toMap({ link: a, gps_coordinates: { latitude: 1.5, longitude: -2 } })).toEqual({
    ...{ kind: "map", url: a, latitude: 1.5, longitude: -2 },
  })
  const knowledge = toKnowledge({
    ...{ title: "Marie Curie", type: "Physicist", born: "1867", age_at_death: 66 },
    ...{ website: "https://example.com", profile_links: "x", children: ["Irène"] },
  })
  expect(knowledge).toEqual({
    ...{ kind: "knowledge", title: "Marie Curie", type: "Physicist" },
    facts: [
      { label: "Born", value: "1867" },
      { label: "Age at death", value: "66" },
    ],
  })
  expect(toFilms([{ link: b, title: "B", thumbnail: a }])).toEqual({
    kind: "films",
    items: [{ url: b, title: "B", thumbnailUrl: a }],
  })
  expect(linkSources([a, a, b])).toHaveLength(2)
  for (const card of [weather, knowledge]) expect(cardSchema.safeParse(card).success).toBe(true)
})
