import { spawn } from "node:child_process"
import { Failure } from "./failure.mjs"
import { identify, signalGroup } from "./processes.mjs"
import { projectDir } from "./project.mjs"
import { interrupted } from "./signals.mjs"

/**
 * @typedef {object} CommandOptions
 * @property {string} advice what a person should do if it fails
 * @property {NodeJS.ProcessEnv} [env] on top of our own
 * @property {string} [cwd]
 * @property {(identity: import("./processes.mjs").ProcessIdentity) => void} [onStart]
 */

/**
 * Runs a command to completion, capturing its output in case it fails.
 * @param {string[]} command
 * @param {CommandOptions} options
 * @returns {Promise<string>}
 */
export async function runQuietly([file, ...args], { advice, env, cwd = projectDir, onStart }) {
  interrupted.throwIfAborted()
  // In its own process group, so that stopping it stops its children too.
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
  })
  if (child.pid) onStart?.(identify(child.pid))
  let output = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text
    })
  }
  const stop = () => child.pid && signalGroup(child.pid, "SIGTERM")
  interrupted.addEventListener("abort", stop, { once: true })
  try {
    const ending = await ended(child)
    interrupted.throwIfAborted()
    if (ending !== 0) throw new Failure(advice, output || `${file} ended with ${ending}.`)
    return output
  } finally {
    interrupted.removeEventListener("abort", stop)
  }
}

/**
 * Runs a command in the foreground with our terminal.
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} [env] on top of our own
 * @returns {Promise<number | string>} its exit code, or the signal or error that ended it
 */
export async function runInForeground([file, ...args], env) {
  interrupted.throwIfAborted()
  const child = spawn(file, args, {
    cwd: projectDir,
    env: { ...process.env, ...env },
    stdio: "inherit",
  })
  const stop = () => child.kill("SIGTERM")
  interrupted.addEventListener("abort", stop, { once: true })
  try {
    return await ended(child)
  } finally {
    interrupted.removeEventListener("abort", stop)
  }
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number | string>}
 */
export function ended(child) {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message))
    child.once("close", (code, signal) => resolve(code ?? signal ?? "no exit code"))
  })
}
