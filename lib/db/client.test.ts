import { expect } from "@playwright/test"
import { raw } from "./client"
import { test } from "./testing"

/** How many statements are prepared on the connection that is asked. */
async function prepared(name: string): Promise<number> {
  const counting = "SELECT count(*)::int AS count FROM pg_prepared_statements WHERE name <> ''"
  const [row] = await raw<{ count: number }>(name, counting, [])
  return row?.count ?? 0
}

test("statements have names on a connection of one's own, and none behind a pooler", async ({
  database,
}) => {
  // What was prepared before may stand on this connection.
  const before = await prepared("first")
  expect(before).toBeGreaterThan(0)
  process.env.DIRECT_DATABASE_URL = database.replace("127.0.0.1", "localhost")
  expect(await prepared("second")).toBe(before)
  process.env.DIRECT_DATABASE_URL = ""
  expect(await prepared("third")).toBe(before + 1)
})
