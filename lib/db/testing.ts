import "server-only"
import { createHmac } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { test as base } from "@playwright/test"
import { startPostgres } from "../../scripts/postgres.mjs"
import { newId } from "../base/id"
import type { Part } from "../message/message"
import { closeDatabase, db } from "./client"
import { migrate } from "./migrate"
import { type BegunTurn, beginTurn } from "./turns"
import type { User } from "./users"

/** Tests of statements, against a migrated database that a worker has to itself. */
export const test = base.extend<object, { database: string }>({
  database: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from here
    async ({}, use) => {
      const dataDir = mkdtempSync(join(tmpdir(), "polylogue-database-"))
      const postgres = await startPostgres(dataDir, "a".repeat(43))
      process.env.DATABASE_URL = postgres.url
      await migrate(postgres.url, resolve("prisma"))
      await use(postgres.url)
      await closeDatabase()
      await postgres.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
    { scope: "worker", auto: true },
  ],
})

/** Somebody with a session. */
async function createPerson(): Promise<{ user: User; keyHash: string }> {
  const id = newId()
  const keyHash = createHmac("sha256", "test").update(id).digest("base64url")
  const data = { id, email: `${id}@example.com`, name: "Ada", passwordHash: "none" }
  const user = await db().user.create({ data })
  const expiresAt = new Date(Date.now() + 3_600_000)
  await db().session.create({ data: { keyHash, userId: id, expiresAt } })
  const { email, name, role } = user
  return { user: { id, email, name, role }, keyHash }
}

/** An answer that a writer has begun, to the first question of a conversation. */
export async function beginAnswer(owner: string): Promise<BegunTurn & { id: string }> {
  const { keyHash } = await createPerson()
  const parts: Part[] = [{ type: "text", text: "Why?" }]
  const turn = await beginTurn(keyHash, {
    conversationId: newId(),
    message: { id: newId(), parentId: null, parts },
    answers: [{ id: newId(), model: "maker/model" }],
    owner,
  })
  return { ...turn, id: turn.answers[0]?.id ?? "" }
}
