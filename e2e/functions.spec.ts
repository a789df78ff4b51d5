import { newId } from "@/lib/base/id"
import { BucketServer } from "../conformance/bucket-server"
import { personAt } from "./enter"
import { expect, test } from "./fixtures"
import { createDatabase, createWire, query, Server } from "./server"

// As a platform runs it that lets nothing work between requests, and without any clock: what is due is done
// by whoever comes or waits.

test.describe.configure({ mode: "parallel" })

const video = "kling-video/v1.6/standard/text-to-video"
const picture = "flux/schnell"

let bucket: BucketServer
test.beforeEach(async () => {
  bucket = await BucketServer.start()
})
test.afterEach(() => bucket.close())

const environment = (databaseUrl: string) => ({
  DATABASE_URL: databaseUrl,
  AUTH_SECRET: "a secret of thirty-two characters or more",
  AIMLAPI_BASE_URL: process.env.SIMULATOR_URL ?? "",
  ...bucket.environment,
  VERCEL: "1",
})

const statuses = async (databaseUrl: string) =>
  (await query(databaseUrl, `SELECT "status"::text FROM "Generation" ORDER BY "kind"`)).map(
    ({ status }) => status,
  )

test("what is made is done by the request that asked for it, though nobody asks again", async ({
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "job", queueMs: 500, generatingMs: 2_000 })
  const env = environment(await createDatabase())
  const server = await Server.start(env)
  const { api, context } = await personAt(server)
  await api.generation({ model: video, text: `A boat ${mark}` })
  await expect.poll(() => statuses(env.DATABASE_URL), { timeout: 20_000 }).toEqual(["complete"])
  await context.dispose()
  await server.end("SIGKILL")
})

test("what a killed process left is done by any requests, hours later, submitted once and kept in the bucket", async ({
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "job", queueMs: 1, generatingMs: 1 })
  const env = environment(await createDatabase())
  const [killed, other] = await Promise.all([Server.start(env), Server.start(env)])
  const { api, context } = await personAt(killed)
  await api.generation({ model: video, text: `A boat ${mark}` })
  await expect
    .poll(() => query(env.DATABASE_URL, `SELECT "reference" IS NOT NULL AS ok FROM "Generation"`))
    .toEqual([{ ok: true }])
  await killed.end("SIGKILL")
  // Nobody has looked at the film for long, and a picture was not come to yet.
  await query(
    env.DATABASE_URL,
    `UPDATE "Generation" SET "createdAt" = now() - interval '2 hours', "leaseUntil" = NULL;
     INSERT INTO "Generation" ("id", "userId", "model", "kind", "prompt", "inputs", "params", "owner",
       "leaseUntil") SELECT '${newId()}', "id", '${picture}', 'image', 'A lake ${mark}', '[]', '{}',
       'elsewhere:1:x', now() - interval '1 second' FROM "User"`,
  )
  const statusesAfterRequest = async () => {
    expect((await context.get(`${other.site}/api/conversations`)).status()).toBe(200)
    return await statuses(env.DATABASE_URL)
  }
  await expect.poll(statusesAfterRequest, { timeout: 20_000 }).toEqual(["complete", "complete"])
  const submits = (await simulator.requests(mark)).filter(({ method }) => method === "POST")
  expect(submits).toHaveLength(2)
  const files = await query(env.DATABASE_URL, `SELECT "sha256" FROM "File"`)
  expect(files).toHaveLength(2)
  for (const { sha256 } of files) expect(bucket.objects.has(String(sha256))).toBe(true)
  await context.dispose()
  await other.end("SIGKILL")
})

for (const by of ["any request", "whoever follows it"] as const) {
  test(`an answer whose process was killed is ended by ${by}`, async ({ simulator, mark }) => {
    await simulator.rule(mark, { name: "speed", tokensPerSecond: 5 })
    const env = environment(await createDatabase())
    const [killed, other] = await Promise.all([Server.start(env), Server.start(env)])
    const { api, context } = await personAt(killed)
    const id = newId()
    const cut = api.turn(id, `Give me a long text ${mark}`).catch(() => "cut off")
    const isFollowed = `SELECT "followedUntil" IS NOT NULL AS "isFollowed" FROM "Run"`
    await expect.poll(() => query(env.DATABASE_URL, isFollowed)).toEqual([{ isFollowed: false }])
    const stream =
      by === "whoever follows it" && context.get(`${other.site}/api/conversations/${id}/turn`)
    if (stream) {
      await expect.poll(() => query(env.DATABASE_URL, isFollowed)).toEqual([{ isFollowed: true }])
    }
    await killed.end("SIGKILL")
    await cut
    await query(
      env.DATABASE_URL,
      `UPDATE "RunOwner" SET "heartbeatAt" = now() - interval '1 minute'`,
    )
    if (stream) expect(await (await stream).text()).toContain('"status":"interrupted"')
    const running = async () => {
      if (!stream) await context.get(`${other.site}/api/health`)
      return await query(env.DATABASE_URL, `SELECT 1 FROM "Message" WHERE "status" = 'running'`)
    }
    await expect.poll(running, { timeout: 20_000 }).toEqual([])
    await context.dispose()
    await other.end("SIGKILL")
  })
}

test("many requests at two processes do what is due once in two seconds, all together", async () => {
  const wire = await createWire(await createDatabase())
  const env = environment(wire.url)
  const servers = await Promise.all([Server.start(env), Server.start(env)])
  const rounds = () => wire.statements.filter((sql) => /^\s*SELECT r\."messageId"/.test(sql)).length
  const before = rounds()
  const begunAt = performance.now()
  const burst = () =>
    Promise.all(
      servers.flatMap(({ site }) =>
        Array.from({ length: 20 }, () => fetch(`${site}/api/health`).then(({ ok }) => ok)),
      ),
    )
  await expect
    .poll(async () => [(await burst()).every(Boolean), rounds() - before >= 2], { timeout: 20_000 })
    .toEqual([true, true])
  const seconds = (performance.now() - begunAt) / 1_000
  expect(rounds() - before).toBeLessThanOrEqual(1 + Math.floor(seconds / 2))
  await Promise.all(servers.map((server) => server.end("SIGKILL")))
  wire.close()
})
