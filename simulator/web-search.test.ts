import { expect } from "@playwright/test"
import { z } from "zod"
import { type Chunk, type Client, test, textOfChunks } from "./testing"
import { get } from "./testing-protocols"

const listSchema = z.object({
  data: z.array(z.looseObject({ id: z.string(), capabilities: z.array(z.string()) })),
})

/** Models as the list tells them apart: searchers that do nothing else, and those that can be told to. */
async function searchers(client: Client) {
  const response = await get(client, "/v1/models?include=all&capabilities=web_search")
  const { data } = listSchema.parse(await response.json())
  const ids = (usesTools: boolean) =>
    data.filter((model) => model.capabilities.includes("tools") === usesTools).map(({ id }) => id)
  return { unasked: ids(false), asked: ids(true) }
}

const question = "Why is the sky blue?"
const resultSchema = z.object({
  title: z.string(),
  url: z.url(),
  date: z.iso.date(),
  last_updated: z.iso.date(),
})
const citedSchema = z.looseObject({
  citations: z.array(z.url()).min(2),
  search_results: z.array(resultSchema).min(2),
  usage: z.looseObject({ search_context_size: z.string() }),
})

test("what only searches cites its sources, whole and in pieces", async ({ client }) => {
  const { unasked } = await searchers(client)
  expect(unasked.length).toBeGreaterThan(0)
  for (const model of unasked) {
    const whole = await client.complete(model, question)
    const cited = citedSchema.parse(whole)
    expect(cited.search_results.map(({ url }) => url)).toEqual(cited.citations)
    expect(cited.usage.search_context_size).toBe("low")
    expect(whole.choices[0].message.content).toContain(" [1]")
    expect(whole.choices[0].message.content).toContain("scatter")
    expect(whole).not.toHaveProperty("images")
    expect(whole).not.toHaveProperty("related_questions")
    const chunks = await client.stream(model, question)
    expect(textOfChunks(chunks)).toBe(whole.choices[0].message.content)
    expect(chunks.at(-1)).toMatchObject({ citations: cited.citations, usage: cited.usage })
  }
})

test("domains, pictures, questions and the size of the context are as they were asked for", async ({
  client,
}) => {
  const [model = ""] = (await searchers(client)).unasked
  const whole = await client.complete(model, "lighthouses", {
    ...{ return_images: true, return_related_questions: true },
    search_domain_filter: ["wikipedia.org", "example.org"],
    web_search_options: { search_context_size: "high" },
  })
  const { citations, usage } = citedSchema.parse(whole)
  expect(citations.map((url) => new URL(url).host)).toEqual(["en.wikipedia.org", "example.org"])
  expect(usage.search_context_size).toBe("high")
  expect(whole.related_questions).toContain("What is the history of lighthouses?")
  const { images } = z
    .object({ images: z.array(z.object({ image_url: z.url(), origin_url: z.url() }).loose()) })
    .parse(whole)
  expect((await fetch(images[0]?.image_url ?? "")).ok).toBe(true)
  const without = await client.complete(model, "lighthouses", {
    search_domain_filter: ["-reddit.com"],
  })
  expect(JSON.stringify(without.citations)).not.toContain("reddit")
  const repeated = await client.complete(model, "repeat exactly: just this")
  expect(repeated.choices[0].message.content).toBe("just this")
})

const annotatedSchema = z.object({
  annotations: z
    .array(
      z.object({
        type: z.literal("url_citation"),
        url_citation: z.object({
          ...{ start_index: z.number(), end_index: z.number() },
          ...{ title: z.string(), url: z.url() },
        }),
      }),
    )
    .min(1),
})

const annotationsOf = (chunks: Chunk[]) =>
  chunks.flatMap((chunk) => {
    const read = annotatedSchema.safeParse(chunk.choices?.[0]?.delta)
    return read.success ? read.data.annotations : []
  })

test("others search when they are told to, each in its own way", async ({ client }) => {
  const { asked } = await searchers(client)
  const ways = new Set<string>()
  for (const model of asked) {
    const plain = await client.complete(model, question)
    expect(plain, model).not.toHaveProperty("citations")
    const switched = await client.chat(model, question, {
      ...{ enable_search: true, search_options: { enable_source: true } },
    })
    if (switched.ok && citedSchema.safeParse(await switched.json()).success) {
      ways.add("switch")
      const quiet = await client.complete(model, question, { enable_search: true })
      expect(quiet).not.toHaveProperty("citations")
      continue
    }
    ways.add("annotations")
    const option = { web_search_options: {} }
    const { message } = (await client.complete(model, question, option)).choices[0]
    const { annotations } = annotatedSchema.parse(message)
    for (const { url_citation: at } of annotations) {
      expect(message.content?.slice(at.start_index, at.end_index)).toContain(`](${at.url})`)
    }
    expect(annotationsOf(await client.stream(model, question, option))).toEqual(annotations)
    expect(plain.choices[0].message).not.toHaveProperty("annotations")
  }
  expect([...ways].sort()).toEqual(["annotations", "switch"])
})

test("a model whose schema repeats every option of every service searches only when asked", async ({
  client,
}) => {
  const { data } = listSchema.parse(await (await get(client, "/v1/models?include=all")).json())
  const isSearcher = new Map(data.map(({ id, capabilities }) => [id, capabilities]))
  const model = "deepseek/deepseek-v4-pro"
  expect(isSearcher.get(model)).not.toContain("web_search")
  expect(await client.complete(model, question)).not.toHaveProperty("citations")
  expect(await client.complete(model, question, { search_mode: "web" })).toHaveProperty("citations")
})
