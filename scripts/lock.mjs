import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { dirname } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { identify, isRunning, stopLeftovers } from "./processes.mjs"
import { interrupted } from "./signals.mjs"
import { step } from "./steps.mjs"

/**
 * @typedef {import("./processes.mjs").ProcessIdentity} ProcessIdentity
 * @typedef {{ state?: "starting" | "running" | "stopping", address?: string,
 *   children?: ProcessIdentity[] }} LockNote
 * @typedef {ProcessIdentity & LockNote} LockHolder
 * @typedef {{ note: (note: LockNote) => void, release: () => void }} Lock
 */

const TAKEOVER_MAX_AGE_MS = 10_000

/**
 * Acquires a lock file, or returns its holder. A lock of a dead process is taken over; the processes it left
 * running are returned so that the new holder can stop them.
 * @param {string} path
 * @returns {{ lock: Lock, leftovers: ProcessIdentity[] } | { holder: LockHolder }}
 */
export function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true })
  /** @type {ProcessIdentity[]} */
  let leftovers = []
  while (true) {
    const own = identify(process.pid)
    if (createLock(path, own)) return { lock: openLock(path, own), leftovers }
    const holder = readLock(path)
    if (!holder) continue
    if (isRunning(holder)) return { holder }
    leftovers = holder.children ?? []
    removeStale(path)
  }
}

/**
 * Waits for a lock and holds it while `work` runs.
 * @template T
 * @param {string} path
 * @param {(holder: LockHolder) => void} onHeld called when another process has it; may throw instead of waiting
 * @param {(lock: Lock) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, onHeld, work) {
  let told = ""
  let attempt = tryLock(path)
  while ("holder" in attempt) {
    const { pid, state } = attempt.holder
    if (told !== `${pid} ${state}`) onHeld(attempt.holder)
    told = `${pid} ${state}`
    await delay(200, undefined, { signal: interrupted })
    attempt = tryLock(path)
  }
  try {
    const leftovers = attempt.leftovers.filter(isRunning)
    if (leftovers.length > 0) {
      await step("Stopping what a killed run left behind", () => stopLeftovers(leftovers))
    }
    return await work(attempt.lock)
  } finally {
    attempt.lock.release()
  }
}

/**
 * Creates the lock atomically with its content, only if there is none.
 * @param {string} path
 * @param {LockHolder} holder
 */
function createLock(path, holder) {
  const draft = writeDraft(path, holder)
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (error.code === "EEXIST") return false
    throw error
  } finally {
    rmSync(draft)
  }
}

/**
 * @param {string} path
 * @param {LockHolder} holder
 */
function writeDraft(path, holder) {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 })
  return draft
}

/**
 * @param {string} path
 * @param {LockHolder} holder
 * @returns {Lock}
 */
function openLock(path, holder) {
  let current = holder
  return {
    note(note) {
      current = { ...current, ...note }
      renameSync(writeDraft(path, current), path)
    },
    release() {
      rmSync(path, { force: true })
    },
  }
}

/**
 * @param {string} path
 * @returns {LockHolder | undefined}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch (error) {
    if (error.code === "ENOENT") return undefined
    // Truncated by a power failure: not held.
    if (error instanceof SyntaxError) return { pid: 0, startTime: "unreadable" }
    throw error
  }
}

/**
 * Only one process at a time may remove a stale lock, and it checks again first. Otherwise the second of two that
 * found it stale would remove the fresh lock of the first.
 * @param {string} path
 */
function removeStale(path) {
  const guard = `${path}.takeover`
  try {
    closeSync(openSync(guard, "wx"))
  } catch (error) {
    if (error.code !== "EEXIST") throw error
    waitForGuard(guard)
    return
  }
  try {
    const holder = readLock(path)
    if (holder && !isRunning(holder)) rmSync(path)
  } finally {
    rmSync(guard, { force: true })
  }
}

/**
 * The guard is held for microseconds, so an old one belongs to a process killed while holding it.
 * @param {string} guard
 */
function waitForGuard(guard) {
  const ageMs = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
  if (ageMs > TAKEOVER_MAX_AGE_MS) rmSync(guard, { force: true })
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
}
