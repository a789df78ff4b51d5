import "server-only"
import { readFileSync, readlinkSync } from "node:fs"
import { hostname } from "node:os"
import { newId } from "../base/id"
import { processWide } from "../base/process-wide"
import { env } from "./env"

/** The kernel's information on processes; null if unavailable. */
export type Kernel = {
  pid: number
  readFile(path: string): string | null
  readLink(path: string): string | null
  /** Whether a process with this id exists in our namespace. */
  isAlive(pid: number): boolean
}

/** This process's signature for its runs, and a check of other signatures. */
type Owner = {
  /** Location, process id, start time, and a random id. */
  signature: string
  /** Whether the process with this signature has ended, so that its heartbeat need not be awaited. */
  isGone(other: string): boolean
}

/**
 * Identifies processes by id and start time, which is reliable only within one boot and one process id namespace:
 * two containers may have the same host name and both be process 1. All other processes are judged by their
 * heartbeat.
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
      // Signatures without a start time have one field less.
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

/**
 * Serverless functions are restored from a snapshot of memory and kernel state, so there only the heartbeat counts.
 */
export function isGone(other: string): boolean {
  return !env().VERCEL && known.isGone(other)
}

/** The boot id and the process id namespace, if /proc belongs to that namespace. */
function placeOf({ pid, readFile, readLink }: Kernel): string | null {
  const boot = readFile("/proc/sys/kernel/random/boot_id")?.trim()
  const namespace = /^pid:\[(\d+)\]$/.exec(readLink("/proc/self/ns/pid") ?? "")?.[1]
  if (!boot || !namespace || readLink("/proc/self") !== String(pid)) return null
  return `${boot}/${namespace}`
}

/** A process's start time in kernel ticks. */
function startOf({ readFile }: Kernel, pid: number | "self"): string | null {
  // The second field is the program name in parentheses, which may contain any character.
  const stat = readFile(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null
}

function orNull(read: () => string): string | null {
  try {
    return read()
  } catch {
    return null // no such process, or not Linux
  }
}
