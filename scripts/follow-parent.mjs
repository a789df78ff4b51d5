// Preloaded into the programs a start runs: when the start is killed outright, they end as well.
import { isMainThread } from "node:worker_threads"

const GRACE_MS = 15_000
// Node hands preloads down to workers and children; those end with the program that has them.
const isChildOfStart = process.env.POLYLOGUE_START === String(process.ppid)

if (isMainThread && isChildOfStart && process.channel) {
  // A parent that is gone no longer reads what we print; that must not end us half-way.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})
  process.on("disconnect", () => {
    process.kill(process.pid, "SIGTERM")
    setTimeout(() => process.exit(1), GRACE_MS).unref()
  })
  process.channel.unref()
}
