import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { setTimeout as delay } from "node:timers/promises"

/** @typedef {{ pid: number, startTime: string }} ProcessIdentity */

/**
 * A process's start time, which together with its id is unique. Undefined if it does not exist.
 * @param {number} pid
 * @returns {string | undefined}
 */
function startTimeOf(pid) {
  if (process.platform === "linux") return linuxStartTime(pid)
  if (process.platform === "win32") return exists(pid) ? "unknown" : undefined
  return (
    spawnSync("ps", ["-o", "lstart=", "-p", String(pid)])
      .stdout?.toString()
      .trim() || undefined
  )
}

/** @param {number} pid */
function linuxStartTime(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    // The name in parentheses may contain any character; counted from behind it, field 0 is the state.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19]
  } catch {
    return undefined
  }
}

/** @param {number} pid */
function exists(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === "EPERM"
  }
}

/**
 * @param {number} pid
 * @returns {ProcessIdentity}
 */
export function identify(pid) {
  return { pid, startTime: startTimeOf(pid) ?? "gone" }
}

/** @param {ProcessIdentity} identity */
export function isRunning({ pid, startTime }) {
  return startTimeOf(pid) === startTime
}

/**
 * A process's command line as one line; empty if unavailable.
 * @param {number} pid
 */
export function commandLineOf(pid) {
  if (process.platform !== "linux") {
    return spawnSync("ps", ["-ww", "-o", "command=", "-p", String(pid)]).stdout?.toString() ?? ""
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
  } catch {
    return ""
  }
}

/**
 * Signals a process and its children, if it leads a process group.
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(pid, signal) {
  const isGroup = process.platform !== "win32" && sendSignal(-pid, signal)
  if (!isGroup) sendSignal(pid, signal)
}

/**
 * Sends a signal; false if the process does not exist.
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
export function sendSignal(pid, signal) {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    if (error.code === "ESRCH") return false
    throw error
  }
}

/**
 * Stops processes left behind by a killed start.
 * @param {ProcessIdentity[]} leftovers
 * @param {number} [graceMs]
 */
export async function stopLeftovers(leftovers, graceMs = 16_000) {
  for (const { pid } of leftovers.filter(isRunning)) signalGroup(pid, "SIGTERM")
  const killAt = Date.now() + graceMs
  while (leftovers.some(isRunning) && Date.now() < killAt) await delay(50)
  for (const { pid } of leftovers.filter(isRunning)) signalGroup(pid, "SIGKILL")
}
