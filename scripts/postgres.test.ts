import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "@playwright/test"
import pg from "pg"
import { startPostgres } from "./postgres.mjs"

const password = "a".repeat(43)

async function query(url: string, text: string) {
  const client = new pg.Client({ connectionString: url })
  client.on("error", () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test("the built-in database survives kills, is taken over and stops", async () => {
  const dataDir = test.info().outputPath("data")
  mkdirSync(dataDir, { recursive: true })

  const first = await startPostgres(dataDir, password)
  await query(first.url, "CREATE TABLE note (text text)")
  await query(first.url, "INSERT INTO note VALUES ('kept')")
  expect(await query(first.url, "SHOW server_encoding")).toEqual([{ server_encoding: "UTF8" }])
  expect(await query(first.url, "SHOW fsync")).toEqual([{ fsync: "on" }])
  const wrongPassword = first.url.replace(password, "guess")
  await expect(query(wrongPassword, "SELECT 1")).rejects.toThrow("password authentication failed")

  process.kill(first.pid, "SIGKILL")
  await expect(first.failed).rejects.toThrow("ended by itself")
  const second = await startPostgres(dataDir, password)
  expect(await query(second.url, "SELECT text FROM note")).toEqual([{ text: "kept" }])

  const adopter = await startPostgres(dataDir, password)
  expect(adopter.pid).toBe(second.pid)
  await adopter.stop()
  await expect(query(second.url, "SELECT 1")).rejects.toThrow("ECONNREFUSED")
  expect(readFileSync(join(dataDir, "postgres.log"), "utf8")).toContain("is shut down")

  // A pid file whose process id was reused must not prevent the start.
  writeFileSync(
    join(dataDir, "postgres", "postmaster.pid"),
    `${process.pid}\n${dataDir}/postgres\n1\n5432\n\n127.0.0.1\n\nready   \n`,
  )
  const third = await startPostgres(dataDir, password)
  await third.stop()

  writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "16\n")
  await expect(startPostgres(dataDir, password)).rejects.toThrow("made by PostgreSQL 16")
})
