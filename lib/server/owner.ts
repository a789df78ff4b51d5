import "server-only"
import { hostname } from "node:os"
import { newId } from "../id"
import { processWide } from "../process-wide"
import { env } from "./env"

/** How this process signs its runs: machine, process, and a word for this life of it. */
export const owner = processWide("owner", () => `${hostname()}:${process.pid}:${newId()}`)

/**
 * Whether the owner of a run was a process of this machine that is no more: its heartbeat need not be
 * waited for. Should this be wrong, the owner's next heartbeat takes the run back.
 */
export function isGone(other: string): boolean {
  const [machine, pid] = other.split(":")
  if (other === owner || machine !== hostname()) return false
  // Functions that live side by side may share a machine's name and a process's number.
  if (env().VERCEL) return false
  return Number(pid) === process.pid || !isAlive(Number(pid))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}
