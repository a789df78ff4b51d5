import { createServer } from "node:net"
import { expect, test } from "@playwright/test"
import { sendUntilTaken } from "./repeat"

/** Counts the attempts and the pauses between them. */
async function send(answers: (() => Promise<Response> | Response)[]) {
  const pausesMs: number[] = []
  let tries = 0
  const response = await sendUntilTaken(
    async () => {
      tries += 1
      return await (answers[tries - 1] ?? answers.at(-1) ?? Response.error)()
    },
    undefined,
    async (ms) => void pausesMs.push(ms),
  ).catch((error: unknown) => error)
  return { tries, pausesMs, response }
}

const busy = (headers: Record<string, string> = {}) => new Response("{}", { status: 503, headers })
const fine = () => new Response("fine")

/** A port that nothing listens on. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === "object" && address ? address.port : 0
}

test("an upstream that cannot be reached is tried three times, and may be back by then", async () => {
  const url = `http://127.0.0.1:${await closedPort()}/`
  const refused = () => fetch(url, { method: "POST", body: "{}" })
  const away = await send([refused])
  expect([away.tries, away.pausesMs]).toEqual([3, [2_000, 4_000]])
  expect(away.response).toBeInstanceOf(TypeError)
  const back = await send([refused, fine])
  expect([back.tries, back.response]).toEqual([2, expect.any(Response)])
  const nowhere = await send([() => fetch("http://nowhere.invalid/", { method: "POST" })])
  expect(nowhere.tries).toBe(3)
})

test("it waits as long as it is asked to, but not for minutes", async () => {
  const soon = new Date(Date.now() + 30_000).toUTCString()
  const { tries, pausesMs } = await send([
    () => busy({ "retry-after": "7" }),
    () => busy({ "retry-after": soon }),
    fine,
  ])
  expect(tries).toBe(3)
  expect(pausesMs[0]).toBe(7_000)
  expect(pausesMs[1]).toBeGreaterThan(20_000)
  const long = await send([() => busy({ "retry-after": "3600" }), fine])
  expect(long.pausesMs).toEqual([2_000])
})

test("who does not wait any more sends nothing again", async () => {
  const stopped = new AbortController()
  let tries = 0
  const sending = sendUntilTaken(async () => {
    tries += 1
    stopped.abort()
    return busy()
  }, stopped.signal)
  await expect(sending).rejects.toMatchObject({ name: "AbortError" })
  expect(tries).toBe(1)
})
