import { createHmac, randomBytes } from "node:crypto"
import { hash } from "@node-rs/argon2"
import { type APIRequestContext, type BrowserContext, expect, request } from "@playwright/test"
import pg from "pg"
import { newId } from "@/lib/base/id"

/** Where the application that is tested answers. */
export const site = process.env.BASE_URL ?? "http://localhost:3000"

export const password = "correct horse battery staple"

export type Person = { name: string; email: string }

/** What a browser says of its own requests; our doors refuse those that do not. */
export const sameOrigin: Record<string, string> = { origin: new URL(site).origin }

/** The same at a server of a test's own. */
export const originOf = (address: string) => ({ origin: new URL(address).origin })

/** Somebody with an account of their own. Every test makes its people; nobody wipes tables. */
export async function signUp(request: APIRequestContext, headers = sameOrigin): Promise<Person> {
  const person = { name: "Ada Lovelace", email: `${newId()}@example.com` }
  const response = await request.post("/api/sign-up", {
    headers,
    data: { ...person, password },
  })
  expect(response.status()).toBe(201)
  return person
}

let passwordHash: Promise<string> | undefined
let database: pg.Pool | undefined

/**
 * Somebody new with a session, straight in the database: to hash a password for each of hundreds of people,
 * twice, takes longer than what many tests are about.
 */
async function createPerson(): Promise<{ person: Person; key: string }> {
  passwordHash ??= hash(password)
  database ??= new pg.Pool({
    connectionString: process.env.DATABASE_URL,
    max: 1,
    allowExitOnIdle: true,
  })
  const person = { name: "Ada Lovelace", email: `${newId()}@example.com` }
  const key = randomBytes(32).toString("base64url")
  const keyHash = createHmac("sha256", process.env.AUTH_SECRET ?? "").update(key)
  await database.query(
    `WITH someone AS (
       INSERT INTO "User" ("id", "email", "name", "passwordHash") VALUES ($1, $2, $3, $4) RETURNING "id"
     ) INSERT INTO "Session" ("keyHash", "userId", "expiresAt")
       SELECT $5, "id", now() + interval '1 day' FROM someone`,
    [newId(), person.email, person.name, await passwordHash, keyHash.digest("base64url")],
  )
  return { person, key }
}

const sessionCookie = "polylogue-session"

/** Signs a browser in as somebody new. */
export async function settleIn(context: BrowserContext): Promise<Person> {
  const { person, key } = await createPerson()
  const cookie = { name: sessionCookie, value: key, url: site, httpOnly: true }
  await context.addCookies([{ ...cookie, sameSite: "Lax" as const }])
  return person
}

/** The calls of somebody new, without a browser. */
export async function newCaller(): Promise<APIRequestContext> {
  const { key } = await createPerson()
  const extraHTTPHeaders = { cookie: `${sessionCookie}=${key}` }
  return request.newContext({ baseURL: site, extraHTTPHeaders })
}

/** Somebody new at a server of a test's own, without a browser. */
export async function visit(address: string): Promise<APIRequestContext> {
  const context = await request.newContext({ baseURL: address })
  const { email } = await signUp(context, originOf(address))
  await signIn(context, email, undefined, originOf(address))
  return context
}

/** Signs the context in: its cookies, and those of its pages, are the person's from now on. */
export async function signIn(
  request: APIRequestContext,
  email: string,
  word = password,
  headers = sameOrigin,
) {
  const { csrfToken } = await (await request.get("/api/auth/csrf")).json()
  return request.post("/api/auth/callback/credentials", {
    headers,
    form: { email, password: word, csrfToken, json: "true" },
  })
}
