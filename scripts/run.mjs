#!/usr/bin/env node
// Entry point of all npm scripts. Everything before the command's own import runs on Node 18 without any packages,
// so that a fresh clone can start.
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { ended, runInForeground } from "./command.mjs"
import { explain, Failure, isInterruption } from "./failure.mjs"
import { ensureInstalled } from "./install.mjs"
import { fetchNode, isRecentEnough, putNodeFirst } from "./node.mjs"
import { aborted, hurried, interrupted, listenForSignals } from "./signals.mjs"

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const commands = {
  start: async () => (await import("./start.mjs")).start("production"),
  dev: async () => (await import("./start.mjs")).start("development"),
  test: async () => (await import("./test.mjs")).testEverything(),
  verify: async () => (await import("./test.mjs")).verify(),
  e2e: async (args) => (await import("./test.mjs")).testInBrowser(args),
  bench: async (args) => (await import("./bench.mjs")).measure(args),
  // Any program of ours, with a Node that is recent enough.
  node: async (args) => {
    const ending = await runInForeground([process.execPath, ...args], {})
    return typeof ending === "number" ? ending : 1
  },
}

async function main() {
  const [word = "start", ...args] = process.argv.slice(2)
  const command = commands[word]
  if (!command)
    throw new Failure(`Unknown word "${word}". Known: ${Object.keys(commands).join(", ")}.`)
  listenForSignals()
  putNodeFirst()
  if (!isRecentEnough()) return runAgainWith(await fetchNode())
  await ensureInstalled()
  return command(args)
}

/**
 * Runs the command again in a newer Node and exits with its code.
 * @param {string} node
 */
async function runAgainWith(node) {
  const script = fileURLToPath(import.meta.url)
  const child = spawn(node, [script, ...process.argv.slice(2)], {
    stdio: "inherit",
    // The child stops when this process is gone, as it does for npm.
    env: { ...process.env, npm_lifecycle_event: process.env.npm_lifecycle_event || "run" },
  })
  for (const signal of [interrupted, hurried]) aborted(signal).then(() => child.kill("SIGTERM"))
  const ending = await ended(child)
  if (typeof ending === "number") return ending
  throw new Failure(`${node} ended with ${ending}.`)
}

async function runToTheEnd() {
  try {
    return await main()
  } catch (error) {
    if (isInterruption(error)) {
      process.stdout.write("Stopped.\n")
      return ["test", "verify", "e2e", "bench", "node"].includes(process.argv[2]) ? 130 : 0
    }
    process.stderr.write(`\n${explain(error)}\n`)
    return 1
  }
}

process.exit(await runToTheEnd())
