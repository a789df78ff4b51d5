import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { hostname } from "node:os"
import { expect, test } from "@playwright/test"
import { processWide } from "../base/process-wide"
import { parseEnv } from "./env"
import { createProcessId, isGone, type Kernel, owner } from "./process-id"

const known = processWide("env", () =>
  parseEnv({ DATABASE_URL: "postgresql://localhost/app", AUTH_SECRET: "k".repeat(32) }),
)

const boot = "5174a165-2b4f-4c9a-874a-e9c1f4c19dc1"

type Seen = {
  pid?: number
  /** Null if the file does not exist. */
  bootId?: string | null
  namespace?: number
  starts?: Record<number, number>
  /** The process id that /proc/self shows. */
  procOf?: number
}

/** A fake kernel; `starts` are the start times of all visible processes. */
function kernel({
  pid = 1,
  bootId = boot,
  namespace = 4026531836,
  starts = { 1: 100 },
  procOf = pid,
}: Seen = {}): Kernel {
  const stat = (at: string | number) =>
    `${at} (node) (x 1) S 0 1 1 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 11 0 ${starts[Number(at)]} 1 2 3`
  return {
    pid,
    isAlive: (other) => starts[other] !== undefined,
    readLink(path) {
      if (bootId === null) return null
      return path === "/proc/self" ? String(procOf) : `pid:[${namespace}]`
    },
    readFile(path) {
      if (bootId === null) return null
      if (path.endsWith("/boot_id")) return `${bootId}\n`
      const at = path.split("/")[2] === "self" ? pid : Number(path.split("/")[2])
      return starts[at] === undefined ? null : stat(at)
    },
  }
}

const signed = (seen: Seen) => createProcessId(kernel(seen)).signature

test("two containers of one name, each process 1, never take each other for dead", () => {
  const one = createProcessId(kernel({ namespace: 11 }))
  const other = createProcessId(kernel({ namespace: 12, starts: { 1: 200 } }))
  expect([one.isGone(other.signature), other.isGone(one.signature)]).toEqual([false, false])
  const elsewhere = signed({ namespace: 11, bootId: "another boot" })
  expect(one.isGone(elsewhere)).toBe(false)
})

test("within one namespace a process is gone when its number is free or somebody else's", () => {
  const { signature, isGone } = createProcessId(kernel({ pid: 7, starts: { 7: 500, 8: 300 } }))
  expect(isGone(signature)).toBe(false)
  expect(isGone(signed({ pid: 8, starts: { 8: 300 } }))).toBe(false)
  expect(isGone(signed({ pid: 8, starts: { 8: 200 } }))).toBe(true)
  expect(isGone(signed({ pid: 9, starts: { 9: 300 } }))).toBe(true)
  expect(isGone(signed({ pid: 7, starts: { 7: 100 } }))).toBe(true)
})

test("where nothing is known of a process its heartbeat alone decides", () => {
  const dead = signed({ pid: 9, starts: { 9: 300 } })
  const plain = `${hostname()}:9:as it was signed before`
  for (const reader of [
    createProcessId(kernel()),
    createProcessId(kernel({ bootId: null })), // another system
    createProcessId(kernel({ pid: 2, procOf: 31, starts: { 2: 100 } })), // /proc of the machine around
  ]) {
    expect(reader.isGone(plain)).toBe(false)
    expect(reader.isGone(signed({ bootId: null }))).toBe(false)
  }
  expect(createProcessId(kernel({ bootId: null })).isGone(dead)).toBe(false)
  // One that is hidden from this process but lives.
  const blind = { ...kernel(), isAlive: () => true }
  expect(createProcessId(blind).isGone(dead)).toBe(false)
})

const script = `
  import { owner } from ${JSON.stringify(import.meta.resolve("./process-id.ts"))}
  process.stdout.write(owner)
  setInterval(() => {}, 1000)`

/** A real process and its signature. */
async function startSigner(): Promise<{ child: ChildProcess; signature: string }> {
  const flags = ["--conditions=react-server", "--import=tsx", "--input-type=module", "-e", script]
  const child = spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "inherit"] })
  const [signature] = await once(child.stdout, "data")
  return { child, signature: String(signature) }
}

test("a real process is gone once it has ended, where the kernel tells; never before", async () => {
  const { child, signature } = await startSigner()
  expect(isGone(signature)).toBe(false)
  expect(isGone(owner)).toBe(false)
  child.kill("SIGKILL")
  await once(child, "close")
  expect(isGone(signature)).toBe(process.platform === "linux")
  // Serverless functions may share a boot id, a namespace and a process id.
  known.VERCEL = "1"
  expect(isGone(signature)).toBe(false)
  known.VERCEL = undefined
})
