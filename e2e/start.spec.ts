import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, readFile, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "@playwright/test"
import { freePort } from "./server"

/** `npm start` with nothing but a folder and a port, as on a machine that has never seen us. */
function start(dataDir: string, port: number): { child: ChildProcess; output: () => string } {
  const { PATH = "", HOME = "" } = process.env
  const child = spawn("npm", ["start"], {
    env: { PATH, HOME, NODE_ENV: "production", DATA_DIR: dataDir, PORT: String(port) },
  })
  let output = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data) => {
      output += data
    })
  }
  return { child, output: () => output }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal)
  await once(child, "exit")
  return child.exitCode
}

test("npm start: the address, the demo, one start a folder, a clean end, and again", async () => {
  test.setTimeout(180_000)
  const dataDir = await mkdtemp(join(tmpdir(), "polylogue-start-"))
  const port = await freePort()
  const first = start(dataDir, port)
  await expect.poll(first.output, { timeout: 120_000 }).toMatch(/ready at http:\/\/localhost:\d+/)
  expect(first.output()).toContain("AIMLAPI_API_KEY")
  expect((await fetch(`http://127.0.0.1:${port}/api/ready`)).status).toBe(200)
  expect((await stat(join(dataDir, "secrets.json"))).mode & 0o077).toBe(0)
  const secrets = await readFile(join(dataDir, "secrets.json"), "utf8")

  const second = start(dataDir, await freePort())
  await once(second.child, "exit")
  expect(second.child.exitCode).toBe(1)
  expect(second.output()).toMatch(/already running/i)
  expect((await fetch(`http://127.0.0.1:${port}/api/ready`)).status).toBe(200)

  expect(await end(first.child, "SIGTERM")).toBe(0)
  await expect(fetch(`http://127.0.0.1:${port}/api/health`)).rejects.toThrow()

  const again = start(dataDir, port)
  await expect.poll(again.output, { timeout: 60_000 }).toMatch(/ready at/)
  expect(await readFile(join(dataDir, "secrets.json"), "utf8")).toBe(secrets)
  expect(await end(again.child, "SIGINT")).toBe(0)
  await rm(dataDir, { recursive: true })
})
