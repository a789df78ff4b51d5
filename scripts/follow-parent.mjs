// Preloaded into the programs that `start` runs, so that they exit if it is killed.
import { isMainThread } from "node:worker_threads"

const GRACE_MS = 15_000
// Node passes preloads on to workers and child processes; those exit with their own parent.
const isChildOfStart = process.env.POLYLOGUE_START === String(process.ppid)

if (isMainThread && isChildOfStart && process.channel) {
  // If the parent is gone nothing reads our output; writing to it must not crash us.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})
  process.on("disconnect", () => {
    process.kill(process.pid, "SIGTERM")
    setTimeout(() => process.exit(1), GRACE_MS).unref()
  })
  process.channel.unref()
}
