import { newId } from "@/lib/base/id"
import type { Api } from "./api"
import { enter, personAt } from "./enter"
import { articles, ask, chooseModel, expect, finished, test } from "./fixtures"
import { createDatabase, query, Server } from "./server"
import { png, uploaded } from "./uploads"

// What is made outlives pages and processes, is submitted once and paid for once.

test.describe.configure({ mode: "parallel" })

const video = "kling-video/v1.6/standard/text-to-video"
const picture = "flux/schnell"

const environment = (databaseUrl: string) => ({
  DATABASE_URL: databaseUrl,
  AUTH_SECRET: "a secret of thirty-two characters or more",
  AIMLAPI_BASE_URL: process.env.SIMULATOR_URL ?? "",
  DATA_DIR: test.info().outputPath("data"),
})

async function charges(ids: readonly string[]): Promise<string[]> {
  const response = await fetch(`${process.env.SIMULATOR_URL}/v2/logs?period=24h&limit=100`, {
    headers: { authorization: "Bearer demo" },
  })
  const { data } = await response.json()
  return data
    .map((line: { client_request_id?: string }) => line.client_request_id)
    .filter((id: string) => ids.includes(id))
}

async function statusOf(api: Api, id: string): Promise<string> {
  return (await (await api.send("GET", `/api/generations/${id}`)).json()).status
}

test("a server killed while a film is made: it is finished after the start, submitted once, paid once", async ({
  browser,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "job", queueMs: 500, generatingMs: 6_000 })
  const env = environment(await createDatabase())
  const server = await Server.start(env)
  const page = await enter(browser, server.site)
  await chooseModel(page, video)
  await ask(page, `A boat at sea ${mark}`)
  await expect(page).toHaveURL(/conversations/)
  await expect(
    articles(page)
      .last()
      .getByText(/Working/)
      .first(),
  ).toBeVisible()
  await expect
    .poll(() => query(env.DATABASE_URL, `SELECT "reference" IS NOT NULL AS ok FROM "Generation"`))
    .toEqual([{ ok: true }])
  await server.end("SIGKILL")

  const again = await Server.start(env, Number(new URL(server.site).port))
  await page.reload()
  const film = articles(page).last().locator("video")
  await expect(film).toBeVisible({ timeout: 30_000 })
  await expect
    .poll(() => film.evaluate((element: HTMLVideoElement) => element.duration))
    .toBeGreaterThan(0)
  await finished(page)
  await expect(articles(page).last()).toContainText("$")
  const [row] = await query(env.DATABASE_URL, `SELECT "id" FROM "Generation"`)
  const submits = (await simulator.requests(mark)).filter(({ method }) => method === "POST")
  expect(submits).toHaveLength(1)
  expect(await charges([String(row?.id)])).toHaveLength(1)
  await page.close()
  await again.end("SIGKILL")
})

test("fifty things at once on two servers: each is submitted once and done once, whoever does it", async ({
  simulator,
  mark,
}) => {
  test.setTimeout(120_000)
  await simulator.rule(mark, { name: "job", queueMs: 300, generatingMs: 3_000 })
  const env = environment(await createDatabase())
  const [a, b] = await Promise.all([Server.start(env), Server.start(env)])
  const { api, context } = await personAt(a)
  const ids = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      api.generation({ model: video, text: `Film ${index} ${mark}` }),
    ),
  )
  await expect
    .poll(
      () =>
        query(
          env.DATABASE_URL,
          `SELECT "status"::text AS status, count(*)::int FROM "Generation" GROUP BY 1`,
        ),
      { timeout: 60_000 },
    )
    .toEqual([{ status: "complete", count: 50 }])
  const requests = await simulator.requests(mark)
  const submits = requests.filter(({ method }) => method === "POST")
  expect(new Set(submits.map(({ body }) => JSON.stringify(body))).size).toBe(50)
  expect(submits).toHaveLength(50)
  expect((await charges(ids)).sort()).toEqual([...ids].sort())
  const files = await query(env.DATABASE_URL, `SELECT count(*)::int FROM "File"`)
  expect(files).toEqual([{ count: 50 }])
  await context.dispose()
  await Promise.all([a.end("SIGKILL"), b.end("SIGKILL")])
})

test("a server without work in the background hands it to one that has it; so does a clock", async ({
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "job", generatingMs: 1_000 })
  const env = { ...environment(await createDatabase()), CRON_SECRET: "a secret of the clock's own" }
  const front = await Server.start({ ...env, WORKER: "off" })
  const { api, context } = await personAt(front)
  const first = await api.generation({ model: video, text: `One ${mark}` })
  const cron = (secret: string) =>
    fetch(`${front.site}/api/cron`, { headers: { authorization: `Bearer ${secret}` } })
  expect((await cron("wrong")).status).toBe(401)
  await expect.poll(() => statusOf(api, first)).toBe("running")
  expect((await cron(env.CRON_SECRET)).status).toBe(200)
  expect(await statusOf(api, first)).toBe("complete")

  const second = await api.generation({ model: video, text: `Two ${mark}` })
  const worker = await Server.start(env)
  await expect.poll(() => statusOf(api, second), { timeout: 20_000 }).toBe("complete")
  await context.dispose()
  await Promise.all([front.end("SIGKILL"), worker.end("SIGKILL")])
})

test("what never ends is given up, and what was being sent when a server died is not sent again", async ({
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "job", isEndless: true })
  const env = environment(await createDatabase())
  const server = await Server.start(env)
  const { api, context } = await personAt(server)
  const endless = await api.generation({ model: video, text: `Endless ${mark}` })
  await expect.poll(() => statusOf(api, endless)).toBe("running")
  await query(
    env.DATABASE_URL,
    `UPDATE "Generation" SET "createdAt" = now() - interval '2 hours', "nextAt" = now()`,
  )
  await expect.poll(() => statusOf(api, endless), { timeout: 20_000 }).toBe("failed")

  const lost = newId()
  await query(
    env.DATABASE_URL,
    `INSERT INTO "Generation" ("id", "userId", "model", "kind", "prompt", "inputs", "params", "status",
       "owner", "leaseUntil") SELECT '${lost}', "id", '${video}', 'video', 'Lost ${mark}', '[]', '{}',
       'submitting', 'elsewhere:1:x', now() - interval '1 second' FROM "User"`,
  )
  await expect.poll(() => statusOf(api, lost), { timeout: 20_000 }).toBe("failed")
  const { error } = await (await api.send("GET", `/api/generations/${lost}`)).json()
  expect(error).toMatchObject({
    code: "job_unknown",
    message: expect.stringContaining("not sent twice"),
  })
  expect(await simulator.requests(`Lost ${mark}`)).toEqual([])
  await context.dispose()
  await server.end("SIGKILL")
})

test("a film shows how far it is, is stopped from its place, and what it costs is still learnt", async ({
  desk: page,
  api,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "job", generatingMs: 4_000 })
  await page.goto("/")
  await chooseModel(page, video)
  await ask(page, `A boat at sea ${mark}`)
  await expect(page).toHaveURL(/conversations/)
  const answer = articles(page).last()
  await expect(answer.getByRole("progressbar", { name: "Progress" })).toBeVisible()
  await answer.getByRole("button", { name: "Cancel" }).click()
  await expect(answer).toHaveAttribute("aria-busy", "false")
  await expect(answer).toContainText("Stopped")
  const { generations } = await (await api.send("GET", "/api/generations")).json()
  expect(generations[0]).toMatchObject({ status: "stopped", outputs: [] })
  const { id } = generations[0]
  await expect
    .poll(async () => (await (await api.send("GET", `/api/generations/${id}`)).json()).costUsd, {
      timeout: 20_000,
    })
    .toBeGreaterThan(0)
  // The answer knows it too.
  await expect(answer).toContainText("$")
})

test("a film that is made while the page is away is there when it is back; a failure is in words", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "job", generatingMs: 2_000 })
  await page.goto("/")
  await chooseModel(page, video)
  await ask(page, `A boat at sea ${mark}`)
  await expect(page).toHaveURL(/conversations/)
  const address = page.url()
  await page.goto("about:blank")
  await page.goto(address)
  await finished(page)
  await expect(articles(page).last().locator("video")).toBeVisible()
  await simulator.rule(`again ${mark}`, {
    name: "job",
    error: { name: "Bad luck", message: "The film tore." },
  })
  await ask(page, `Once again ${mark}`)
  await expect(articles(page)).toHaveCount(4)
  await expect((await finished(page)).getByRole("alert")).toContainText(/failed/)
})

test("what the model cannot take is refused before anything is kept", async ({ api, desk }) => {
  const refused = await api.send("POST", "/api/generations", {
    model: picture,
    inputs: { text: "" },
  })
  expect(refused.status()).toBe(400)
  expect((await refused.json()).error.message).toMatch(/missing/)
  const unknown = await api.send("POST", "/api/generations", {
    model: picture,
    inputs: { text: "A boat", files: [{ fileId: newId() }] },
  })
  expect(unknown.status()).toBe(404)
  const largePng = Buffer.concat([png(3, 2), Buffer.alloc(6_000_000)])
  const { id: fileId } = await uploaded(desk.request, "sea.png", largePng)
  for (const [placeOf, status, words] of [
    [() => ({}), 400, /“sea.png” is given twice for the same place/],
    [(place: number) => ({ slot: `place ${place}` }), 413, /these have \d{3} MB/],
  ] as const) {
    const files = Array.from({ length: 20 }, (_, place) => ({ fileId, ...placeOf(place) }))
    const inputs = { text: "A boat", files }
    const tooMany = await api.send("POST", "/api/generations", { model: picture, inputs })
    expect(tooMany.status()).toBe(status)
    expect((await tooMany.json()).error.message).toMatch(words)
  }
  const { generations } = await (await api.send("GET", "/api/generations")).json()
  expect(generations).toEqual([])
})
