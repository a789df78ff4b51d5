import { expect } from "@playwright/test"
import { z } from "zod"
import { readPicture } from "./reading/picture"
import { type Client, test } from "./testing"
import { get } from "./testing-protocols"

const model = "bagoodex/bagoodex-search-v1"

/** Asks a question and gives what can be asked for after it. */
async function search(client: Client, question: string) {
  const response = await client.chat(model, question, { ip: "192.0.2.7" })
  const { id, choices } = z
    .object({
      id: z.uuid(),
      choices: z.tuple([z.object({ message: z.object({ content: z.string() }) })]),
    })
    .parse(await response.json())
  const more = async (kind: string): Promise<unknown> => {
    const found = await get(client, `/v1/bagoodex/${kind}?followup_id=${id}`)
    expect(found.ok).toBe(true)
    return await found.json()
  }
  return { text: choices[0].message.content, more }
}

test("the answer has links, and they can be asked for alone", async ({ client }) => {
  const { text, more } = await search(client, "Who was Marie Curie?")
  const links = z.array(z.url()).parse(await more("links"))
  expect(links.length).toBeGreaterThan(3)
  for (const link of links) expect(text).toContain(`](${link})`)
  expect(await more("knowledge")).toMatchObject({
    title: "Marie Curie",
    born: "November 7, 1867, Warsaw, Poland",
    died: "July 4, 1934, Passy, France",
  })
  expect(await more("weather")).toEqual({})
  expect(await more("local-map")).toEqual({})
  expect(await more("videos")).toEqual([])
})

test("operators are understood", async ({ client }) => {
  const links = async (question: string) =>
    z.array(z.url()).parse(await (await search(client, question)).more("links"))
  expect(await links("lighthouses site:example.org")).toEqual([
    "https://example.org/?q=lighthouses",
  ])
  const [first] = await links('"tall ships" harbour -cruise')
  expect(decodeURIComponent(first ?? "")).toContain('"tall ships"')
  expect(decodeURIComponent(first ?? "")).toContain("-cruise")
  expect(await links("hello")).toEqual([])
  const nowhere = await client.chat(model, "hello", { ip: "next door" })
  expect(nowhere.status).toBe(400)
  expect(await nowhere.json()).toMatchObject({ message: "Body validation error!\nInvalid ip" })
})

test("pictures are there to be fetched", async ({ client }) => {
  const { more } = await search(client, "How do sailing boats work? Show me a video")
  const imageSchema = z.object({
    source: z.url(),
    original: z.url(),
    title: z.string(),
    source_name: z.string(),
  })
  const images = z
    .array(imageSchema)
    .min(3)
    .parse(await more("images"))
  const picture = await fetch(images[0]?.original ?? "")
  expect(picture.headers.get("content-type")).toBe("image/png")
  const read = readPicture(Buffer.from(await picture.arrayBuffer()))
  expect(read).toMatchObject({ width: 320, height: 200 })
  expect(read?.pixels).toBeDefined()
  const videoSchema = z.object({ link: z.url(), thumbnail: z.url(), title: z.string() })
  const [video] = z
    .array(videoSchema)
    .min(1)
    .parse(await more("videos"))
  expect((await fetch(video?.thumbnail ?? "")).ok).toBe(true)
})

test("the weather of a place, in texts, for eight days", async ({ client }) => {
  const { more } = await search(client, "What is the weather in San Francisco?")
  const day = z.object({
    day: z.string(),
    temperature: z.object({ high: z.string(), low: z.string() }),
    thumbnail: z.url(),
    weather: z.string(),
    humidity: z.string(),
    precipitation: z.string(),
    wind: z.string(),
  })
  const hour = day.omit({ day: true }).extend({ time: z.string(), temperature: z.string() })
  const weather = z
    .object({
      type: z.literal("weather_result"),
      temperature: z.string().regex(/^-?\d+$/),
      unit: z.string(),
      location: z.literal("San Francisco"),
      forecast: z.array(day).length(8),
      hourly_forecast: z.array(hour).length(24),
      precipitation_forecast: z.array(
        z.object({ precipitation: z.string(), day: z.string(), time: z.string() }),
      ),
      wind_forecast: z.array(
        z.object({
          angle: z.number(),
          direction: z.string(),
          speed: z.string(),
          time: z.string(),
        }),
      ),
      sources: z.array(z.object({ title: z.string(), link: z.url() })),
    })
    .parse(await more("weather"))
  expect(new Set(weather.forecast.slice(0, 7).map((entry) => entry.day)).size).toBe(7)
  expect(await more("weather")).toMatchObject({ temperature: weather.temperature })
  expect(await more("local-map")).toMatchObject({
    gps_coordinates: { latitude: 37.7749, longitude: -122.4194 },
  })
  const { more: moreOfNowhere } = await search(client, "Restaurants near Little Nowhere")
  const map = z.object({ link: z.url(), image: z.url() })
  expect(Object.keys(map.strict().parse(await moreOfNowhere("local-map")))).toHaveLength(2)
})

test("an id from nowhere finds nothing", async ({ client }) => {
  const status = async (query: string) => (await get(client, `/v1/bagoodex/links${query}`)).status
  expect(await status("?followup_id=550e8400-e29b-41d4-a716-446655440000")).toBe(404)
  expect(await status("?followup_id=nonsense")).toBe(400)
  expect(await status("")).toBe(400)
  const { id } = await client.complete("openai/gpt-4o", "Who was Marie Curie?")
  expect(await status(`?followup_id=${id}`)).toBe(404)
  const nobody = await fetch(`${client.url}/v1/bagoodex/links?followup_id=${id}`)
  expect(nobody.status).toBe(401)
})
