// The load generator runs in its own process, so that its CPU time is not attributed to the server.
import { setTimeout as pause } from "node:timers/promises"
import type { Job } from "./load/job"
import { readAnswer, stall } from "./load/stream"
import { summarize } from "./load/summary"
import { takeLog } from "./upstream/log"

process.on("message", (job: Job) => {
  void run(job).then((result) => process.send?.(result))
})
process.on("disconnect", () => process.exit())

async function run(job: Job) {
  if (job.kind === "read") {
    const streams = await Promise.all(
      job.orders.map((order) => pause(order.afterMs).then(() => readAnswer(order))),
    )
    return summarize(streams, await takeLog(job.upstreamUrl))
  }
  const releases = await Promise.all(
    job.orders.map((order) => pause(order.afterMs).then(() => stall(order))),
  )
  await pause(job.holdMs)
  for (const release of releases) release()
  return null
}
