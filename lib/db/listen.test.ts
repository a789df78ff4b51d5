import { once } from "node:events"
import { type AddressInfo, connect, createServer, type Socket } from "node:net"
import { expect } from "@playwright/test"
import { listen, notify } from "./listen"
import { test } from "./testing"

/** A way to the database that can fall silent, as a router does that forgets a connection. */
async function throughRouter(database: string) {
  const target = new URL(database)
  const sockets: Socket[] = []
  const router = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) socket.on("error", () => undefined)
    sockets.push(near, far)
    near.pipe(far).pipe(near)
  }).listen(0, "127.0.0.1")
  await once(router, "listening")
  const url = new URL(database)
  url.port = String((router.address() as AddressInfo).port)
  return {
    url: url.href,
    silence() {
      for (const socket of sockets) socket.unpipe().pause()
    },
    close() {
      for (const socket of sockets) socket.destroy()
      router.close()
    },
  }
}

test("a line that falls silent is noticed, and one hears again on another", async ({
  database,
}) => {
  const router = await throughRouter(database)
  process.env.DATABASE_URL = router.url
  const heard: string[] = []
  const states: boolean[] = []
  const stop = listen(
    (payload) => heard.push(payload),
    (isListening) => states.push(isListening),
    { everyMs: 50, patienceMs: 300 },
  )
  await expect.poll(() => states).toEqual([true])
  process.env.DATABASE_URL = database
  await notify("one")
  await expect.poll(() => heard).toEqual(["one"])
  router.silence()
  await expect.poll(() => states).toEqual([true, false, true])
  await notify("two")
  await expect.poll(() => heard).toEqual(["one", "two"])
  await stop()
  router.close()
})
