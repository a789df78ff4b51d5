import { setTimeout as pause } from "node:timers/promises"
import type { Figure, Outcome } from "../figures"
import { watchProcess } from "../process-stat"
import { recordStatements } from "../statements"
import { takeLog } from "../upstream/log"
import { ordersFor, type ServerBench, type Side } from "./part"

/** A server right after startup. */
export async function memoryRow({ idleMb }: ServerBench): Promise<Outcome> {
  return { figures: [{ what: "memory, idle", unit: "MB", ours: idleMb, target: "memory-idle" }] }
}

/** Clients that stay connected without reading, while models write at full speed. */
export async function stalledRow(bench: ServerBench): Promise<Outcome> {
  const { stack, isQuick } = bench
  const count = isQuick ? 5 : 20
  // Just below the maximum length of an answer.
  const shape = { tokens: isQuick ? 20_000 : 70_000, rate: 0, chunk: 8 }
  const grown = async (side: Side) => {
    const pid = side === "pipe" ? stack.pipe.pid : stack.serverPid
    const orders = ordersFor(bench, side, count, shape)
    const used = await watchProcess(pid, () => bench.stall(orders, isQuick ? 4_000 : 15_000))
    return used.peakMb === null || used.beforeMb === null ? null : used.peakMb - used.beforeMb
  }
  const since = await stack.db.query("SELECT now() AS at")
  const pipe = await grown("pipe")
  const ours = await grown("ours")
  const { rows } = await stack.db.query(
    `SELECT count(*)::int AS done FROM "Message"
     WHERE "role" = 'assistant' AND "status" = 'complete' AND "createdAt" >= $1`,
    [since.rows[0].at],
  )
  await takeLog(stack.upstream.url)
  const figures: Figure[] = [
    { what: "memory, growth", unit: "MB", ours, pipe },
    { what: `answers that were finished nevertheless, of ${count}`, unit: "", ours: rows[0].done },
  ]
  return { figures, notes: [`Each answer has ${shape.tokens * 5} characters.`] }
}

/** The database cost of answers. */
export async function databaseRow(bench: ServerBench): Promise<Outcome> {
  const { stack, isQuick } = bench
  const count = isQuick ? 5 : 40
  const shape = { tokens: isQuick ? 80 : 400, rate: 40, chunk: 4 }
  const ask = () => bench.read(ordersFor(bench, "ours", count, shape))
  // After a checkpoint the first write to a page logs the whole page, so it happens before the measurement.
  await stack.db.query("CHECKPOINT")
  await ask()
  const before = await counters(bench)
  await ask()
  const after = await counters(bench)
  const { rows } = await stack.db.query(
    `SELECT avg(octet_length("parts"::text))::float AS bytes FROM (
       SELECT "parts" FROM "Message" WHERE "role" = 'assistant' AND "status" = 'complete'
       ORDER BY "position" DESC LIMIT $1) AS newest`,
    [count],
  )
  const statements = await recordStatements(stack, ask)
  const requests = await requestsPerTurn(bench)
  const each = (what: string, unit: string, ours: number): Figure => ({
    what,
    unit,
    ours: ours / count,
  })
  const walKb = (after.walBytes - before.walBytes) / 1_024
  const figures: Figure[] = [
    each("statements per answer", "", statements.length),
    each("transactions per answer", "", after.transactions - before.transactions),
    each("written to the log of the database per answer", "KB", walKb),
    { what: "size of the answer", unit: "KB", ours: rows[0].bytes / 1_024 },
    {
      what: "requests to the model per turn",
      unit: "",
      ours: requests,
      target: "requests-per-turn",
    },
  ]
  const seconds = shape.tokens / shape.rate
  const note = `${count} answers of ${shape.tokens} tokens at once, ${seconds} s each; the server's own heartbeat and sweeps are in it.`
  return { figures, notes: [note] }
}

async function counters({ stack }: ServerBench) {
  // Sessions report their statistics about once a second.
  await pause(2_000)
  const { rows } = await stack.db.query(
    `SELECT (xact_commit + xact_rollback)::float AS transactions,
       pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float AS "walBytes"
     FROM pg_stat_database WHERE datname = current_database()`,
  )
  return { transactions: Number(rows[0].transactions), walBytes: Number(rows[0].walBytes) }
}

/** Upstream requests per question; titles and memories would show up here. */
async function requestsPerTurn(bench: ServerBench): Promise<number> {
  const { stack, people } = bench
  const [order] = ordersFor({ ...bench, people: people.slice(0, 1) }, "ours", 1, {
    tokens: 8,
    rate: 0,
    chunk: 4,
  })
  if (!order) return Number.NaN
  await takeLog(stack.upstream.url)
  const { url, headers, body } = order
  await (await fetch(url, { method: "POST", headers, body })).text()
  await pause(2_000)
  const log = await takeLog(stack.upstream.url)
  return log[order.scriptId]?.requests ?? Number.NaN
}
