import "server-only"
import { setTimeout as pause } from "node:timers/promises"
import pg from "pg"
import { db } from "./client"

const channel = "polylogue"
const retryMs = 1_000
/** PostgreSQL takes less than 8,000 bytes. */
const mostBytes = 7_500

/** Tells every process that listens, this one included. Too long a text is refused. */
export async function notify(payload: string): Promise<void> {
  if (Buffer.byteLength(payload) > mostBytes) throw new Error("the news is too long")
  await db().$executeRaw`SELECT pg_notify(${channel}, ${payload})`
}

/**
 * Hears what any process tells, for as long as this one lives, on a connection of its own that is opened
 * again when it breaks. `onState` says whether one hears just now: while not, what is told is lost.
 */
export function listen(
  onPayload: (payload: string) => void,
  onState: (isListening: boolean) => void,
): () => Promise<void> {
  let client: pg.Client | null = null
  let isClosed = false

  async function connect(): Promise<void> {
    const own = new pg.Client({
      connectionString: process.env.DATABASE_URL,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: "polylogue-listen",
    })
    const broken = new Promise<void>((resolve) => {
      own.once("error", () => resolve())
      own.once("end", () => resolve())
    })
    own.on("notification", ({ payload }) => payload && onPayload(payload))
    await own.connect()
    client = own
    await own.query(`LISTEN "${channel}"`)
    onState(true)
    await broken
  }

  async function keepConnected(): Promise<void> {
    while (!isClosed) {
      await connect().catch(() => undefined)
      onState(false)
      await client?.end().catch(() => undefined)
      client = null
      if (!isClosed) await pause(retryMs)
    }
  }

  void keepConnected()
  return async () => {
    isClosed = true
    await client?.end().catch(() => undefined)
  }
}
