import { expect, test } from "@playwright/test"
import type { Model } from "../../models/model"
import { type CatalogueSource, createCatalogue } from "./catalogue"
import { parseCatalogue } from "./entry"

const entry = {
  id: "maker/model-1",
  type: "chat-completions",
  aliases: ["Model-One"],
  info: { name: "Model 1", developer: "Maker" },
}
const listUrl = "http://upstream.invalid/v1/models?include=all"
const metricsUrl = "http://upstream.invalid/models/metrics"

/** An upstream with replaceable answers that records the requests. */
function upstream(answers: {
  list?: () => Response
  metrics?: () => Response | Promise<Response>
}) {
  const asked = { list: 0, metrics: 0, etags: [] as (string | null)[] }
  const source = {
    url: listUrl,
    metricsUrl,
    apiKey: "k",
    fetch: async (url: RequestInfo | URL, init?: RequestInit) => {
      if (url === metricsUrl) {
        asked.metrics += 1
        return answers.metrics?.() ?? new Response(null, { status: 404 })
      }
      asked.list += 1
      asked.etags.push(new Headers(init?.headers).get("if-none-match"))
      return answers.list?.() ?? new Response("<html>bad gateway", { status: 502 })
    },
  } satisfies CatalogueSource
  return { source, asked, answers }
}

const list = (...data: unknown[]) => Response.json({ data }, { headers: { etag: '"1"' } })
const ids = (models: readonly Model[]) => models.map(({ id }) => id)
const inTurn = () => new Promise((resolve) => setImmediate(resolve))

/** Runs `work` with a manual clock. */
async function withClock(work: (pass: (ms: number) => void) => Promise<void>) {
  const realNow = Date.now
  let passed = 0
  Date.now = () => realNow() + passed
  try {
    await work((ms) => {
      passed += ms
    })
  } finally {
    Date.now = realNow
  }
}

test("a list is asked for once, kept, and renewed by its tag", async () => {
  await withClock(async (pass) => {
    const { source, asked, answers } = upstream({ list: () => list(entry) })
    const saved: { models: readonly Model[]; at: string }[] = []
    const catalogue = createCatalogue({
      ...source,
      kept: {
        load: async () => null,
        save: async (models, at) => {
          saved.push({ models, at })
        },
      },
    })
    expect(catalogue.state()).toEqual({ source: "none", at: null, isStale: false })
    const [models, again] = await Promise.all([catalogue.models(), catalogue.models()])
    expect(ids(models)).toEqual(["maker/model-1"])
    expect(again).toBe(models)
    await inTurn()
    expect(saved).toHaveLength(1)
    expect(saved[0]?.models).toEqual(models)
    expect(catalogue.state()).toMatchObject({ source: "live", isStale: false })

    answers.list = () => new Response(null, { status: 304 })
    pass(11 * 60_000)
    expect(await catalogue.models()).toBe(models)
    await inTurn()
    expect(asked.etags).toEqual([null, '"1"'])
    expect(saved).toHaveLength(1)
  })
})

test("the kept copy serves while the upstream is away, and nobody waits for what hangs", async () => {
  const { source, answers } = upstream({})
  const kept = {
    load: async () => ({ models: parseCatalogue({ data: [entry] }), at: "2026-01-01T00:00:00Z" }),
    save: async () => undefined,
  }
  const errors: unknown[] = []
  const catalogue = createCatalogue({ ...source, kept, onError: (error) => errors.push(error) })
  expect(ids(await catalogue.models())).toEqual(["maker/model-1"])
  await inTurn()
  expect(errors).toHaveLength(1)
  const at = "2026-01-01T00:00:00Z"
  expect(catalogue.state()).toEqual({ source: "kept", at, isStale: true })

  answers.list = () => list()
  const hanging = createCatalogue({
    ...source,
    kept,
    fetch: () => new Promise<Response>(() => undefined),
  })
  expect(ids(await hanging.models())).toEqual(["maker/model-1"])
})

test("an empty list does not take the place of a good one", async () => {
  await withClock(async (pass) => {
    const { source, answers } = upstream({ list: () => list(entry) })
    const catalogue = createCatalogue(source)
    await catalogue.models()
    answers.list = () => list(null, "nonsense")
    pass(11 * 60_000)
    await catalogue.models()
    await inTurn()
    expect(ids(await catalogue.models())).toEqual(["maker/model-1"])
    expect(catalogue.state()).toMatchObject({ source: "live", isStale: true })
  })
})

test("a database that is away costs neither the list nor a later chance to keep it", async () => {
  await withClock(async (pass) => {
    const { source, answers } = upstream({ list: () => list(entry) })
    let isAway = true
    let saves = 0
    const errors: unknown[] = []
    const catalogue = createCatalogue({
      ...source,
      onError: (error) => errors.push(error),
      kept: {
        load: () => Promise.reject(new Error("no database")),
        save: async () => {
          if (isAway) throw new Error("no database")
          saves += 1
        },
      },
    })
    expect(ids(await catalogue.models())).toEqual(["maker/model-1"])
    await inTurn()
    expect(errors).toHaveLength(2)
    expect(catalogue.state()).toMatchObject({ source: "live", isStale: false })
    isAway = false
    answers.list = () => new Response(null, { status: 304 })
    pass(11 * 60_000)
    await catalogue.models()
    await inTurn()
    expect(saves).toBe(1)
  })
})

test("the snapshot is the last resort, only where one is given, and gives way to the upstream", async () => {
  await withClock(async (pass) => {
    const { source, asked, answers } = upstream({})
    expect(await createCatalogue(source).models()).toEqual([])

    let reads = 0
    const known = {
      snapshot: async () => {
        reads += 1
        const at = "2026-02-02T00:00:00Z"
        return { at, models: parseCatalogue({ data: [{ id: "old/model" }] }) }
      },
      retired: async () => new Map(),
    }
    const kept = {
      load: async () => ({ models: parseCatalogue({ data: [entry] }), at: "" }),
      save: async () => undefined,
    }
    const withKept = createCatalogue({ ...source, known, kept })
    await withKept.models()
    await inTurn()
    expect(ids(await withKept.models())).toEqual(["maker/model-1"])
    expect(reads).toBe(0)

    const catalogue = createCatalogue({ ...source, known })
    expect(ids(await catalogue.models())).toEqual(["old/model"])
    const at = "2026-02-02T00:00:00Z"
    expect(catalogue.state()).toEqual({ source: "snapshot", at, isStale: true })
    // A model missing from the snapshot may still exist, so it is accepted unverified.
    const place = await catalogue.whereIs("brand/new")
    expect(place).toMatchObject({ state: "unknown", model: { id: "brand/new", kind: "text" } })

    const before = asked.list
    await catalogue.models()
    expect(asked.list).toBe(before)
    answers.list = () => list(entry)
    pass(20_000)
    await catalogue.models()
    await inTurn()
    expect(ids(await catalogue.models())).toEqual(["maker/model-1"])
    expect(await catalogue.whereIs("brand/new")).toEqual({ state: "unknown", model: null })
    expect(reads).toBe(1)
  })
})

test("a model is found by id or alias, whatever the case; ids go first", async () => {
  const other = { ...entry, id: "model-one", aliases: ["maker/MODEL-1"] }
  const { source } = upstream({ list: () => list(entry, other) })
  const catalogue = createCatalogue(source)
  expect((await catalogue.find("MAKER/Model-1"))?.id).toBe("maker/model-1")
  expect((await catalogue.find("Model-One"))?.id).toBe("model-one")
  expect(await catalogue.find("maker")).toBeNull()
  const { source: alone } = upstream({ list: () => list(entry) })
  expect((await createCatalogue(alone).find("model-ONE"))?.id).toBe("maker/model-1")
})

test("a retired name leads to the nearest successor that is offered", async () => {
  const retired = new Map([
    ["old", { since: "2026-03-20", successor: "less-old" }],
    ["less-old", { since: null, successor: "Model-One" }],
    ["lost", { since: null, successor: "gone" }],
    ["circle", { since: null, successor: "circle" }],
    ["maker/model-1", { since: null, successor: "gone" }],
  ])
  const known = { snapshot: () => Promise.reject(new Error("none")), retired: async () => retired }
  const { source } = upstream({ list: () => list(entry) })
  const catalogue = createCatalogue({ ...source, known })
  const model = { id: "maker/model-1" }
  expect(await catalogue.whereIs("OLD")).toMatchObject({
    state: "retired",
    since: "2026-03-20",
    successor: model,
  })
  expect(await catalogue.whereIs("lost")).toEqual({
    state: "retired",
    since: null,
    successor: null,
  })
  expect(await catalogue.whereIs("circle")).toMatchObject({ successor: null })
  expect(await catalogue.whereIs("maker/model-1")).toMatchObject({ state: "offered", model })
  expect(await catalogue.whereIs("never")).toEqual({ state: "unknown", model: null })
})

test("metrics come behind the list, once a minute and only for who looks; a failure takes them away", async () => {
  await withClock(async (pass) => {
    const row = { alias: "Model-One", endpoint: "chat-completions", metrics: { tps: { p50: 90 } } }
    const { source, asked, answers } = upstream({
      list: () => list(entry),
      metrics: () => new Promise<Response>(() => undefined),
    })
    const waiting = createCatalogue(source)
    expect((await waiting.browse()).models[0]?.metrics).toBeNull()

    answers.metrics = () => Response.json({ models: [row] })
    const catalogue = createCatalogue(source)
    asked.metrics = 0
    await catalogue.models()
    expect(asked.metrics).toBe(0)
    const first = await catalogue.browse()
    await inTurn()
    const second = await catalogue.browse()
    expect(second.models[0]?.metrics).toEqual({
      firstTokenMs: null,
      tokensPerSecond: 90,
      durationMs: null,
    })
    expect([first.metricsAt === null, second.metricsAt === null]).toEqual([true, false])
    expect((await catalogue.browse()).models).toBe(second.models)
    expect(asked.metrics).toBe(1)

    answers.metrics = () => new Response("<html>", { status: 500 })
    pass(61_000)
    await catalogue.browse()
    await inTurn()
    const without = await catalogue.browse()
    expect(asked.metrics).toBe(2)
    expect(without.models[0]?.metrics).toBeNull()
    expect(without.state.isStale).toBe(false)
  })
})
