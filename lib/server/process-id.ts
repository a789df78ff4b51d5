import "server-only"
import { readFileSync, readlinkSync } from "node:fs"
import { hostname } from "node:os"
import { newId } from "../base/id"
import { processWide } from "../base/process-wide"
import { env } from "./env"

/** What the kernel tells of processes; null where it tells nothing. */
export type Kernel = {
  pid: number
  readFile(path: string): string | null
  readLink(path: string): string | null
  /** Whether a process of this namespace has the number. */
  isAlive(pid: number): boolean
}

/** How this process signs its runs, and what it can tell of others by their signature. */
type Owner = {
  /** Place, process, its start, and a word for this life of it. */
  signature: string
  /** Whether the process that signed so has ended: its heartbeat need not be waited for. */
  isGone(other: string): boolean
}

/**
 * Processes are told apart only within one boot of a kernel and one namespace of process ids, by number and
 * start: two containers may share their host name and be process 1 each. Whoever signed elsewhere, or where
 * the kernel tells nothing, is judged by its heartbeat.
 */
export function createProcessId(kernel: Kernel): Owner {
  const place = placeOf(kernel)
  const start = startOf(kernel, "self")
  const isKnown = place !== null && start !== null
  const ours = isKnown ? [place, kernel.pid, start] : [hostname(), kernel.pid]
  return {
    signature: [...ours, newId()].join(":"),
    isGone(other) {
      const [otherPlace, pid, otherStart, life] = other.split(":")
      // Signatures without a start have a part less.
      if (!isKnown || otherPlace !== place || life === undefined) return false
      if (!kernel.isAlive(Number(pid))) return true
      const found = startOf(kernel, Number(pid))
      return found !== null && found !== otherStart
    },
  }
}

const thisKernel: Kernel = {
  pid: process.pid,
  readFile: (path) => orNull(() => readFileSync(path, "utf8")),
  readLink: (path) => orNull(() => readlinkSync(path)),
  isAlive(pid) {
    try {
      process.kill(pid, 0)
      return true
    } catch (error) {
      return error instanceof Error && "code" in error && error.code === "EPERM"
    }
  },
}

const known = processWide("owner", () => createProcessId(thisKernel))

export const owner = known.signature

/** Functions of a platform are restored from one another's memory, kernel and all: there the heartbeat decides. */
export function isGone(other: string): boolean {
  return !env().VERCEL && known.isGone(other)
}

/** The boot of the kernel and the namespace of process ids, where /proc tells of that namespace. */
function placeOf({ pid, readFile, readLink }: Kernel): string | null {
  const boot = readFile("/proc/sys/kernel/random/boot_id")?.trim()
  const namespace = /^pid:\[(\d+)\]$/.exec(readLink("/proc/self/ns/pid") ?? "")?.[1]
  if (!boot || !namespace || readLink("/proc/self") !== String(pid)) return null
  return `${boot}/${namespace}`
}

/** When a process started, in ticks of its kernel. */
function startOf({ readFile }: Kernel, pid: number | "self"): string | null {
  // The second field is the program's name in brackets, which may hold anything.
  const stat = readFile(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null
}

function orNull(read: () => string): string | null {
  try {
    return read()
  } catch {
    return null // no such process, or no such kernel
  }
}
