import { inspect } from "@/bench/inspector"
import { newId } from "@/lib/base/id"
import { expect, test } from "./fixtures"
import { originOf, visit } from "./people"
import { createDatabase, freePort, Server } from "./server"
import { startUpstream } from "./upstream"

const text = (chars: number) => "All of it is said. ".repeat(Math.ceil(chars / 19)).slice(0, chars)

/** One way an answer may go: what is asked, of whom, and what its reader does meanwhile. */
type Way = { ask: string; model?: string; rule?: object; reader?: "stops" | "leaves" | "follows" }

const ways: Way[] = [
  { ask: "repeat exactly: short" },
  { ask: "long", rule: { name: "text", text: text(150_000), tokensPerSecond: 1e6 } },
  { ask: "stopped", rule: { name: "text", text: text(9_000) }, reader: "stops" },
  { ask: "left", rule: { name: "text", text: text(4_000) }, reader: "leaves" },
  { ask: "followed", rule: { name: "text", text: text(4_000) }, reader: "follows" },
  { ask: "cut", rule: { name: "cut", afterChunks: 4 } },
  { ask: "reset", rule: { name: "reset", afterChunks: 4 } },
  { ask: "broken", rule: { name: "broken-event", afterChunks: 4 } },
  { ask: "refused", rule: { name: "status", statusCode: 400 } },
  { ask: "calculate 12*34" },
  { ask: "a red boat", model: "flux/schnell" },
]

test("memory comes back: what answers of all lengths and endings took is given back", async () => {
  const upstream = await startUpstream()
  for (const { ask, rule } of ways) {
    if (rule) await upstream.control("POST", "scenarios", { match: ask, ...rule })
  }
  const inspectorPort = await freePort()
  const server = await Server.start({
    DATABASE_URL: await createDatabase(),
    AUTH_SECRET: "a secret of thirty-two characters or more",
    AIMLAPI_BASE_URL: upstream.url,
    DATA_DIR: test.info().outputPath("data"),
    NODE_OPTIONS: `--inspect=127.0.0.1:${inspectorPort}`,
  })
  // So many answers at once are allowed to each.
  const people = await Promise.all(ways.map(() => enter(server.site)))
  const inspector = await inspect(inspectorPort)
  const count = async () => ({
    signals: await inspector.count("AbortSignal.prototype"),
    streams: await inspector.count("ReadableStream.prototype"),
  })
  const round = () =>
    Promise.all(ways.map((way, index) => go(server.site, people[index] ?? "", way)))
  await round()
  const before = await count()
  const bytesBefore = await inspector.usedBytes()
  for (let rounds = 0; rounds < 4; rounds++) await round()
  const after = await count()
  // A few belong to connections that are kept open for the next request.
  expect(after.signals - before.signals).toBeLessThan(ways.length)
  expect(after.streams - before.streams).toBeLessThan(ways.length)
  const grownMb = (await inspector.usedBytes()) / 1_048_576 - bytesBefore / 1_048_576
  expect(grownMb).toBeLessThan(3)
  inspector.close()
  await server.end("SIGKILL")
  await upstream.close()
})

/** What the browser of somebody new sends along. */
async function enter(site: string): Promise<string> {
  const context = await visit(site)
  const { cookies } = await context.storageState()
  await context.dispose()
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
}

async function go(site: string, cookie: string, { ask, model, reader }: Way): Promise<void> {
  const path = `${site}/api/conversations/${newId()}/turn`
  // Counting takes longer than the server keeps an idle connection.
  const headers = {
    ...originOf(site),
    cookie,
    "content-type": "application/json",
    connection: "close",
  }
  const message = { id: newId(), parentId: null, parts: [{ type: "text", text: ask }] }
  const leaving = new AbortController()
  const response = await fetch(path, {
    method: "POST",
    headers,
    body: JSON.stringify({ message, models: [model ?? "openai/gpt-4o"] }),
    signal: leaving.signal,
  })
  expect(response.status).toBe(200)
  if (reader === "stops")
    expect((await fetch(path, { method: "DELETE", headers })).status).toBe(204)
  if (reader === "follows") await (await fetch(path, { headers })).text()
  if (reader === "leaves") return leaving.abort()
  await response.text()
}
