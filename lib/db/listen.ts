import "server-only"
import { setTimeout as pause } from "node:timers/promises"
import pg from "pg"
import { directUrl, raw } from "./client"

const channel = "polylogue"
const retryMs = 1_000
/** PostgreSQL takes less than 8,000 bytes. */
const mostBytes = 7_500
/** How often the line is asked whether it still stands, and how long it may take to answer. */
const checks = { everyMs: 15_000, patienceMs: 5_000 }

/** Tells every process that listens, this one included. Too long a text is refused. */
export async function notify(payload: string): Promise<void> {
  if (Buffer.byteLength(payload) > mostBytes) throw new Error("the news is too long")
  await raw("notify", "SELECT pg_notify($1, $2)", [channel, payload])
}

/**
 * Tells the tabs of each conversation's person how it stands, or that it is gone, in one statement. The
 * payload is that of lib/server/subscribe.ts.
 */
export async function notifyConversations(
  told: readonly { id: string; userId: string }[],
): Promise<void> {
  await raw("notify-conversations", notifySql, [
    channel,
    told.map(({ id }) => id),
    told.map(({ userId }) => userId),
  ])
}

const notifySql = `
  SELECT pg_notify($1, json_build_object('about', 'user', 'userId', told."userId", 'news', CASE
    WHEN c."id" IS NULL THEN json_build_object('type', 'deleted', 'id', told."id")
    ELSE json_build_object('type', 'conversation', 'id', c."id", 'title', c."title",
      'updatedAt', to_char(c."updatedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'running', EXISTS (SELECT 1 FROM "Run" r WHERE r."conversationId" = c."id"),
      'headId', c."headId")
    END)::text)
  FROM unnest($2::text[], $3::text[]) AS told("id", "userId")
    LEFT JOIN "Conversation" c ON c."id" = told."id" AND c."userId" = told."userId"`

/**
 * Hears what any process tells, for as long as this one lives, on a connection of its own that is opened
 * again when it breaks. `onState` says whether one hears just now: while not, what is told is lost.
 */
export function listen(
  onPayload: (payload: string) => void,
  onState: (isListening: boolean) => void,
  { everyMs, patienceMs } = checks,
): () => Promise<void> {
  let client: pg.Client | null = null
  let isClosed = false

  async function connect(): Promise<void> {
    const own = new pg.Client({
      connectionString: directUrl(),
      connectionTimeoutMillis: 5_000,
      query_timeout: patienceMs,
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
    // A router that forgot the connection drops what is told without a word: only an answer proves that one hears.
    const gone = new AbortController()
    void broken.then(() => gone.abort())
    while (!gone.signal.aborted) {
      await pause(everyMs, undefined, { signal: gone.signal }).catch(() => undefined)
      if (!gone.signal.aborted) await own.query("SELECT 1")
    }
  }

  async function keepConnected(): Promise<void> {
    while (!isClosed) {
      await connect().catch(() => undefined)
      onState(false)
      await close()
      if (!isClosed) await pause(retryMs)
    }
  }

  async function close(): Promise<void> {
    const own = client
    client = null
    if (!own) return
    // A line that is silent would not answer the farewell either.
    const deadline = setTimeout(() => own.connection.stream.destroy(), patienceMs)
    await own.end().catch(() => undefined)
    clearTimeout(deadline)
  }

  void keepConnected()
  return async () => {
    isClosed = true
    await close()
  }
}
