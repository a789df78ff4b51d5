import { setTimeout as pause } from "node:timers/promises"
import { newId } from "../../lib/base/id"
import type { Row } from "../figures"
import { type Helper, nextMessage } from "../helper"
import type { Job, LoadSummary, Order } from "../load/job"
import { createPeople, type Person } from "../people"
import { residentMb } from "../process-stat"
import type { Script } from "../prompt"
import type { Stack } from "../stack"
import { pipeOrder, turnOrder } from "../turn"
import { keptRow } from "./kept-row"
import { burst, flatOut, oneStream } from "./load-rows"
import { databaseRow, memoryRow, stalledRow } from "./other-rows"

export type ServerBench = {
  stack: Stack
  people: Person[]
  isQuick: boolean
  /** Memory of the server before its first request. */
  idleMb: number | null
  read: (orders: Order[]) => Promise<LoadSummary>
  stall: (orders: Order[], holdMs: number) => Promise<void>
}

export type Side = "ours" | "pipe"

export const serverRows: readonly Row<ServerBench>[] = [
  { name: "idle memory", run: memoryRow },
  { name: "one stream", run: oneStream },
  { name: "50 streams", run: (bench) => burst(bench, 50) },
  { name: "200 streams", run: (bench) => burst(bench, 200) },
  { name: "500 streams", run: (bench) => burst(bench, 500) },
  { name: "100 streams flat out", run: flatOut },
  { name: "20 stalled readers", run: stalledRow },
  { name: "database", run: databaseRow },
  // Must be last: opening the inspector affects the server's performance.
  { name: "kept memory", run: keptRow },
]

/** Creates people and warms up server and pipe. */
export async function prepareServer(stack: Stack, isQuick: boolean): Promise<ServerBench> {
  const people = await createPeople(stack, isQuick ? 50 : 500)
  // Startup work is still running.
  await pause(3_000)
  const idleMb = residentMb(stack.serverPid)
  const bench: ServerBench = {
    stack,
    people,
    isQuick,
    idleMb,
    read: (orders) => give(stack.load, { kind: "read", upstreamUrl: stack.upstream.url, orders }),
    async stall(orders, holdMs) {
      await give(stack.load, { kind: "stall", orders, holdMs })
    },
  }
  // A server under load has been running for a while, so its code is compiled.
  const shape = { tokens: 40, rate: 400, chunk: 4 }
  for (const side of ["pipe", "ours"] as const) {
    await bench.read(ordersFor(bench, side, isQuick ? 5 : 500, shape, isQuick ? 500 : 8_000))
  }
  return bench
}

async function give(load: Helper, job: Job): Promise<LoadSummary> {
  load.process.send(job)
  return (await nextMessage(load)) as LoadSummary // sent by load.ts
}

/** Questions of this many people, spread over a period. */
export function ordersFor(
  { stack, people }: ServerBench,
  side: Side,
  count: number,
  shape: Pick<Script, "tokens" | "rate" | "chunk">,
  spreadMs = 1_000,
): Order[] {
  return people.slice(0, count).map((person, index) => {
    const script: Script = { id: newId(), text: "plain", ...shape }
    const afterMs = (index * spreadMs) / count
    return side === "pipe"
      ? pipeOrder(stack.pipe.url, script, afterMs)
      : turnOrder(stack.site, person, script, afterMs)
  })
}
