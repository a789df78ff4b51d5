import { setTimeout as pause } from "node:timers/promises"
import type { Outcome } from "../figures"
import { inspect } from "../inspector"
import { ordersFor, type ServerBench } from "./part"

const lengths = [10, 100, 1_000, 20_000]

/** Memory retained after answers of all lengths have ended, a tenth of them abandoned by their clients. */
export async function keptRow(bench: ServerBench): Promise<Outcome> {
  const { stack, isQuick } = bench
  const few = isQuick ? 20 : 200
  process.kill(stack.serverPid, "SIGUSR1")
  // Node opens its inspector shortly after the signal.
  await pause(1_000)
  const inspector = await inspect(stack.inspectorPort)
  await answers(bench, few)
  const before = await inspector.usedBytes()
  for (let round = 0; round < 9; round++) await answers(bench, few)
  const after = await inspector.usedBytes()
  inspector.close()
  const mb = (bytes: number) => bytes / 1_048_576
  return {
    figures: [
      { what: `heap after ${few} answers`, unit: "MB", ours: mb(before) },
      {
        what: `heap after ${10 * few} answers, more than that`,
        unit: "MB",
        ours: mb(after - before),
        target: "memory-kept",
      },
    ],
    notes: ["The heap after a forced collection, once nothing is answered any more."],
  }
}

async function answers(bench: ServerBench, count: number): Promise<void> {
  for (const tokens of lengths) {
    const shape = { tokens, rate: 0, chunk: 8 }
    const orders = ordersFor(bench, "ours", count / lengths.length, shape)
    const left = orders.slice(0, orders.length / 10)
    await bench.stall(left, 500)
    await bench.read(orders.slice(left.length))
  }
  await idle(bench)
}

/** Waits until abandoned answers have ended too. */
async function idle({ stack }: ServerBench): Promise<void> {
  for (;;) {
    const { rows } = await stack.db.query('SELECT count(*)::int AS running FROM "Run"')
    if (rows[0].running === 0) return
    await pause(100)
  }
}
