import { spawn } from "node:child_process"
import { ended } from "./command.mjs"
import { Failure } from "./failure.mjs"
import { identify, signalGroup } from "./processes.mjs"
import { aborted, hurried } from "./signals.mjs"

const GRACE_MS = 15_000
const KEPT_OUTPUT_CHARACTERS = 20_000
const followParent = new URL("./follow-parent.mjs", import.meta.url).href

/**
 * @typedef {object} Service
 * @property {import("./processes.mjs").ProcessIdentity} identity
 * @property {Promise<never>} failed rejects when it exits unexpectedly
 * @property {() => string} output its last output
 * @property {() => void} show prints its output from now on
 * @property {() => Promise<void>} stop
 */

/**
 * Runs a Node program in its own session, so that Ctrl-C reaches only us and we can stop the services in order.
 * @param {string} name its display name
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Service}
 */
export function startService(name, args, env) {
  const child = spawn(process.execPath, ["--import", followParent, ...args], {
    env: { ...env, POLYLOGUE_START: String(process.pid) },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: process.platform !== "win32",
    windowsHide: true,
  })
  let output = ""
  let isStopping = false
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output = (output + text).slice(-KEPT_OUTPUT_CHARACTERS)
    })
  }
  const exited = ended(child)
  const failed = exited.then((ending) => {
    if (isStopping) return new Promise(() => {})
    throw new Failure(
      `${name} ended by itself (${ending}); what it said last stands above.`,
      output,
    )
  })
  failed.catch(() => {})
  return {
    identity: identify(child.pid ?? 0),
    failed,
    output: () => output,
    show() {
      child.stdout.pipe(process.stdout, { end: false })
      child.stderr.pipe(process.stderr, { end: false })
    },
    async stop() {
      isStopping = true
      if (!child.pid || child.exitCode !== null || child.signalCode !== null) return
      child.kill("SIGTERM")
      const timeout = AbortSignal.timeout(GRACE_MS)
      await Promise.race([exited, aborted(timeout), aborted(hurried)])
      signalGroup(child.pid, "SIGKILL")
      await exited
    },
  }
}
