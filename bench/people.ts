import { createHmac, randomBytes } from "node:crypto"
import type pg from "pg"
import { newId } from "../lib/base/id"

/** A person with an account and a signed-in browser. */
export type Person = { id: string; key: string; cookie: string }

export const cookieName = "polylogue-session"

/** Inserts people and sessions directly, because signing in costs a password hash each. */
export async function createPeople(
  { db, authSecret }: { db: pg.Client; authSecret: string },
  count: number,
): Promise<Person[]> {
  const people = Array.from({ length: count }, () => {
    const key = randomBytes(32).toString("base64url")
    return { id: newId(), key, cookie: `${cookieName}=${key}` }
  })
  const ids = people.map(({ id }) => id)
  const hashes = people.map(({ key }) =>
    createHmac("sha256", authSecret).update(key).digest("base64url"),
  )
  await db.query(
    `INSERT INTO "User" ("id", "email", "name", "passwordHash")
     SELECT id, id || '@example.com', 'Ada Lovelace', 'none' FROM unnest($1::text[]) AS id`,
    [ids],
  )
  await db.query(
    `INSERT INTO "Session" ("keyHash", "userId", "expiresAt")
     SELECT hash, id, now() + interval '1 day' FROM unnest($1::text[], $2::text[]) AS s(hash, id)`,
    [hashes, ids],
  )
  return people
}
