import { newId } from "@/lib/base/id"
import { Api } from "./api"
import { composer, expect, test } from "./fixtures"
import { signIn, signUp, site } from "./people"
import { createDatabase, createWire, query, Server } from "./server"

// What things cost, counted: it does not hang on how fast the machine is. The ceilings are what is
// reached, with a little room; whoever lowers a cost lowers its ceiling.

test("the first visit loads few and small files", async ({ desk: page }) => {
  const cdp = await page.context().newCDPSession(page)
  const kinds = new Map<string, string>()
  let [requests, scriptBytes] = [0, 0]
  cdp.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (response.url.startsWith("http")) kinds.set(requestId, type)
  })
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (kinds.has(requestId)) requests += 1
    if (kinds.get(requestId) === "Script") scriptBytes += encodedDataLength
  })
  await cdp.send("Network.enable")
  await page.goto("/", { waitUntil: "load" })
  await expect(composer(page)).toBeEditable()
  // Until nothing more comes: what is loaded behind counts too.
  let seen = -1
  const isAtRest = () => {
    const was = seen
    seen = requests
    return was === requests
  }
  await expect.poll(isAtRest, { intervals: [1_000] }).toBe(true)
  expect(requests).toBeGreaterThan(5)
  expect(requests).toBeLessThanOrEqual(16)
  expect(scriptBytes).toBeGreaterThan(50_000)
  expect(scriptBytes).toBeLessThanOrEqual(158_000)
})

test("a turn and a page ask the database few times, and a turn asks the upstream once", async ({
  playwright,
  simulator,
  mark,
}) => {
  const databaseUrl = await createDatabase()
  const wire = await createWire(databaseUrl)
  const server = await Server.start({
    DATABASE_URL: wire.url,
    AUTH_SECRET: "a secret of thirty-two characters or more",
    AIMLAPI_BASE_URL: process.env.SIMULATOR_URL ?? "",
    // Our calls say that they come from there.
    AUTH_URL: site,
    DATA_DIR: test.info().outputPath("data"),
    // What happens in the background is looked for every few seconds, and is no part of a turn.
    WORKER: "off",
  })
  const request = await playwright.request.newContext({ baseURL: server.site })
  const { email } = await signUp(request)
  await signIn(request, email)
  const api = new Api(request)
  // The first turn of a process reads the model's document, and makes the title.
  const id = newId()
  await simulator.rule(mark, { name: "text", text: "Short and done." })
  await api.turn(id, `One ${mark}`)
  const { id: parentId } = await api.last(id)

  const upkeep = /RunOwner|^SELECT 1$|^LISTEN/
  const counted = async (work: () => Promise<unknown>) => {
    const begin = wire.statements.length
    await work()
    return wire.statements.slice(begin).filter((sql) => !upkeep.test(sql))
  }
  const turn = await counted(async () => {
    await api.turn(id, `Two ${mark}`, { message: { parentId } })
    const sql = `SELECT count(*)::int AS count FROM "Message" WHERE "status" = 'complete'`
    await expect.poll(() => query(databaseUrl, sql)).toEqual([{ count: 4 }])
  })
  expect(turn.some((sql) => sql.includes("begin_turn"))).toBe(true)
  expect(turn.length, turn.join("\n")).toBeLessThanOrEqual(4)
  const page = await counted(async () => {
    expect(await (await request.get(`/conversations/${id}`)).text()).toContain("Short and done.")
  })
  expect(page.length).toBeGreaterThan(2)
  expect(page.length, page.join("\n")).toBeLessThanOrEqual(8)
  expect((await simulator.requests(`Two ${mark}`)).length).toBe(1)
  await request.dispose()
  await server.end("SIGTERM")
  wire.close()
})
