import { newId } from "@/lib/base/id"
import { enter } from "./enter"
import { articles, ask, composer, expect, finished, test, typeset } from "./fixtures"
import { password } from "./people"
import { createDatabase, createWire, query, Server } from "./server"

test.describe.configure({ mode: "parallel" })

const AUTH_SECRET = "a secret of thirty-two characters or more"
const AIMLAPI_BASE_URL = process.env.SIMULATOR_URL ?? ""
const environment = (databaseUrl: string) => ({
  DATABASE_URL: databaseUrl,
  AUTH_SECRET,
  AIMLAPI_BASE_URL,
})

test("standalone with three variables: one administrator of twenty first ones, and the whole journey", async ({
  browser,
  mark,
}) => {
  const databaseUrl = await createDatabase()
  const server = await Server.start(environment(databaseUrl))
  const signUps = Array.from({ length: 20 }, (_, index) =>
    fetch(`${server.site}/api/sign-up`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.site },
      body: JSON.stringify({ name: `Person ${index}`, email: `p${index}@example.com`, password }),
    }),
  )
  for (const response of await Promise.all(signUps)) expect(response.status).toBe(201)
  const roles = await query(
    databaseUrl,
    'SELECT "role"::text AS role, count(*)::int FROM "User" GROUP BY 1 ORDER BY 1',
  )
  expect(roles).toEqual([
    { role: "admin", count: 1 },
    { role: "member", count: 19 },
  ])
  const page = await enter(browser, server.site)
  await ask(page, `Why is the sky blue? ${mark}`)
  const text = await (await typeset(page)).innerText()
  await page.reload()
  await expect.poll(() => articles(page).last().innerText()).toBe(text)
  await page.close()
  expect(await server.end("SIGTERM")).not.toBe(1)
})

test("closed from the start: the log has the address at which the administrator signs up, once", async ({
  browser,
}) => {
  const databaseUrl = await createDatabase()
  const server = await Server.start({ ...environment(databaseUrl), SIGN_UP: "closed" })
  const page = await browser.newPage({ baseURL: server.site })
  await page.goto("/sign-up?setup=guessed")
  await expect(page.getByRole("heading", { name: "New accounts are closed" })).toBeVisible()
  const [, setup = ""] = /\/sign-up\?setup=([\w-]+)/.exec(server.output) ?? []
  await page.goto(`/sign-up?setup=${setup}`)
  await expect(page.getByRole("heading", { name: "Set up Polylogue" })).toBeVisible()
  await page.getByRole("textbox", { name: "Name" }).fill("Ada")
  await page.getByRole("textbox", { name: "Email" }).fill("ada@example.com")
  await page.getByRole("textbox", { name: "Password" }).fill(password)
  await page.getByRole("button", { name: "Create account" }).click()
  await expect(composer(page)).toBeVisible()
  const again = { name: "Eve", email: "eve@example.com", password, setup }
  const headers = { origin: server.site }
  const refused = await page.request.post("/api/sign-up", { headers, data: again })
  expect(refused.status()).toBe(403)
  const people = 'SELECT "email", "role"::text AS role FROM "User"'
  expect(await query(databaseUrl, people)).toEqual([{ email: "ada@example.com", role: "admin" }])
  await page.close()
  await server.end("SIGTERM")
})

test("kill -9 in mid-answer: the question, the text of seconds before and the state are there; the next question works", async ({
  browser,
  simulator,
  mark,
}) => {
  const databaseUrl = await createDatabase()
  const server = await Server.start(environment(databaseUrl))
  const page = await enter(browser, server.site)
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 25 })
  await ask(page, `Give me a long text ${mark}`)
  await expect(page).toHaveURL(/conversations/)
  await expect(articles(page).last().getByRole("heading").first()).toBeVisible({ timeout: 20_000 })
  // What was shown three seconds before the end must survive it.
  const seen = await articles(page).last().innerText()
  await expect
    .poll(async () => (await simulator.requests(mark))[0]?.chunksSent ?? 0)
    .toBeGreaterThan(100)
  await server.end("SIGKILL")

  const port = Number(new URL(server.site).port)
  const restarted = await Server.start(environment(databaseUrl), port)
  // Whoever asks first hears that it was interrupted; the open page finds its way back by itself.
  const states = `SELECT "status"::text AS status FROM "Message" WHERE "role" = 'assistant'`
  expect(await query(databaseUrl, states)).toEqual([{ status: "interrupted" }])
  await expect(articles(page).last()).toContainText("This answer was interrupted", {
    timeout: 30_000,
  })
  await page.reload()
  await expect(articles(page).first()).toContainText(mark)
  await expect(articles(page).last()).toContainText("This answer was interrupted")
  const kept = await articles(page).last().innerText()
  expect(kept.startsWith(seen.trimEnd().slice(0, -40))).toBe(true)
  await ask(page, "repeat exactly: fine again")
  await expect(articles(page)).toHaveCount(4)
  await expect(await finished(page)).toContainText("fine again")
  await page.close()
  await restarted.end("SIGKILL")
})

test("SIGTERM: ready says no, what runs is kept as interrupted, the process ends by itself", async ({
  browser,
  simulator,
  mark,
}) => {
  const databaseUrl = await createDatabase()
  const server = await Server.start({ ...environment(databaseUrl), NEXT_MANUAL_SIG_HANDLE: "true" })
  const page = await enter(browser, server.site)
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 10 })
  await ask(page, `Give me a long text ${mark}`)
  await expect(articles(page).last().getByRole("paragraph").nth(1)).toBeVisible()
  // Four more, whose readers are about to lose the server.
  for (let index = 0; index < 4; index++) {
    const parts = [{ type: "text", text: `Give me a long text ${mark}` }]
    void page.request
      .post(`/api/conversations/${newId()}/turn`, {
        headers: { origin: server.site },
        data: { message: { id: newId(), parentId: null, parts }, models: ["openai/gpt-4o"] },
      })
      .catch(() => undefined)
  }
  await expect.poll(async () => (await simulator.requests(mark)).length).toBe(5)
  const ended = server.end("SIGTERM")
  await expect.poll(() => server.status("/api/ready")).toBe(503)
  expect(await server.status("/api/health")).toBe(200)
  expect(await ended).toBe(0)
  const answers = await query(
    databaseUrl,
    `SELECT "status"::text AS status, "parts"::text AS parts FROM "Message" WHERE "role" = 'assistant'`,
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(5).fill("interrupted"))
  for (const { parts } of answers) expect(String(parts).length).toBeGreaterThan(50)
  expect(await query(databaseUrl, 'SELECT * FROM "Run"')).toEqual([])
  await page.close()
})

test("the database goes away in mid-answer: the answer still arrives and is saved", async ({
  browser,
  simulator,
  mark,
}) => {
  const databaseUrl = await createDatabase()
  const wire = await createWire(databaseUrl)
  const server = await Server.start(environment(wire.url))
  const page = await enter(browser, server.site)
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 12 })
  await ask(page, `Why is the sky blue? ${mark}`)
  await expect(articles(page).last().getByRole("paragraph").nth(1)).toBeVisible()
  const asked: string[] = []
  page.on("request", (request) => asked.push(`${request.method()} ${request.url()}`))
  wire.cut()
  await expect.poll(() => server.status("/api/ready")).toBe(503)
  expect(await server.status("/api/health")).toBe(200)
  // Longer than an open stream goes without asking whether its reader is still signed in.
  await finished(page)
  expect(asked.filter((line) => line.endsWith("/turn"))).toEqual([])
  const before = await query(
    databaseUrl,
    `SELECT "status"::text AS status FROM "Message" WHERE "role" = 'assistant'`,
  )
  expect(before).toEqual([{ status: "running" }])
  const shown = await (await typeset(page)).innerText()
  await ask(page, "and now?")
  await expect(page.getByRole("main").getByRole("alert").first()).toContainText("try again")
  await expect(composer(page)).toHaveValue("and now?")
  wire.mend()
  await expect.poll(() => server.status("/api/ready")).toBe(200)
  await expect
    .poll(
      () =>
        query(
          databaseUrl,
          `SELECT "status"::text AS status FROM "Message" WHERE "role" = 'assistant'`,
        ),
      { timeout: 20_000 },
    )
    .toEqual([{ status: "complete" }])
  await page.reload()
  await expect.poll(() => articles(page).last().innerText()).toBe(shown)
  await page.close()
  wire.close()
  await server.end("SIGKILL")
})

test("a database that falls silent holds back neither the answer nor the word on readiness", async ({
  browser,
  simulator,
  mark,
}) => {
  const databaseUrl = await createDatabase()
  const wire = await createWire(databaseUrl)
  const server = await Server.start(environment(wire.url))
  const page = await enter(browser, server.site)
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 120 })
  await ask(page, `Why is the sky blue? ${mark}`)
  await expect(articles(page).last().getByRole("paragraph").nth(1)).toBeVisible()
  wire.silence()
  expect(await server.status("/api/ready")).toBe(503)
  await finished(page)
  wire.cut()
  wire.mend()
  const states = () =>
    query(databaseUrl, `SELECT "status"::text AS status FROM "Message" WHERE "role" = 'assistant'`)
  await expect.poll(states, { timeout: 30_000 }).toEqual([{ status: "complete" }])
  await page.close()
  wire.close()
  await server.end("SIGKILL")
})

test("two processes on one empty database: both serve, the tables are made once", async () => {
  const databaseUrl = await createDatabase()
  const servers = await Promise.all([1, 2].map(() => Server.start(environment(databaseUrl))))
  const migrations = await query(
    databaseUrl,
    "SELECT migration_name, finished_at IS NOT NULL AS done FROM _prisma_migrations",
  )
  expect(new Set(migrations.map((row) => row.migration_name)).size).toBe(migrations.length)
  expect(migrations.every((row) => row.done)).toBe(true)
  await Promise.all(servers.map((server) => server.end("SIGKILL")))
})

test("a half-applied migration stops the start with words", async () => {
  const databaseUrl = await createDatabase()
  await query(databaseUrl, 'CREATE TABLE "User" (id int)')
  const first = await Server.launch(environment(databaseUrl))
  expect(await first.exitCode()).toBe(1)
  expect(first.output).toContain("already exists")
  const second = await Server.launch(environment(databaseUrl))
  expect(await second.exitCode()).toBe(1)
  expect(second.output).toContain("stopped half-way earlier")
})

test("a bad environment ends the start with one line that names it", async () => {
  const good = environment("postgresql://127.0.0.1:1/none")
  for (const [change, words] of [
    [{ AUTH_SECRET: "" }, /^Cannot start: AUTH_SECRET .*\n$/],
    [
      { AUTH_SECRET: "change-me-change-me-change-me-change-me" },
      /^Cannot start: AUTH_SECRET .*example.*\n$/,
    ],
    [{ DATABASE_URL: "" }, /^Cannot start: DATABASE_URL .*\n$/],
    [{ S3_BUCKET: "chat", S3_ACCESS_KEY_ID: "id" }, /^Cannot start: S3_SECRET_ACCESS_KEY .*\n$/],
  ] as const) {
    const server = await Server.launch({ ...good, ...change })
    expect(await server.exitCode()).toBe(1)
    expect(
      server.output
        .split("\n")
        .filter((line) => line.startsWith("Cannot start"))
        .join("\n")
        .concat("\n"),
    ).toMatch(words)
    expect(server.output).not.toContain("change-me-change")
  }
})

test("without database and upstream the server still says how it is; without upstream one works on", async ({
  browser,
}) => {
  const homeless = await Server.launch(environment("postgresql://nobody@127.0.0.1:1/none"))
  await expect.poll(() => homeless.status("/api/health")).toBe(200)
  expect(await homeless.status("/api/ready")).toBe(503)
  await homeless.end("SIGKILL")

  const databaseUrl = await createDatabase()
  const server = await Server.start({
    ...environment(databaseUrl),
    AIMLAPI_BASE_URL: "http://127.0.0.1:1",
  })
  const page = await enter(browser, server.site)
  await page.getByRole("button", { name: "Model" }).click()
  await expect(page.getByRole("status").filter({ hasText: "cannot be reached" })).toBeVisible()
  await page.close()
  await server.end("SIGKILL")
})
