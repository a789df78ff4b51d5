import { createHash, createHmac, randomBytes } from "node:crypto"
import { newId } from "../../lib/base/id"
import { step } from "../../scripts/steps.mjs"
import { now } from "../clock"
import { type Outcome, percentile, type Row } from "../figures"
import { cookieName, type Person } from "../people"
import { toPrompt } from "../prompt"
import type { Stack } from "../stack"
import { recordStatements } from "../statements"
import { turnBody, turnHeaders } from "../turn"
import { explain } from "./plans"
import { fill, type Sizes } from "./seed"

export type ScaleBench = { stack: Stack; sizes: Sizes; callers: Caller[]; told: Set<string> }

/** A signed-in user of the crowd, with one of their conversations. */
type Caller = { person: Person; conversationId: string; headId: string }

const calls = 50
const full: Sizes = { users: 1_000, conversations: 100_000, messages: 1_000_000 }
const small: Sizes = { users: 100, conversations: 10_000, messages: 100_000 }

export const scaleRows: readonly Row<ScaleBench>[] = [
  {
    name: "side bar",
    run: (bench) =>
      timeCalls(bench, ({ stack }, caller) => get(stack, caller, "/api/conversations")),
  },
  {
    name: "conversation",
    run: (bench) =>
      timeCalls(bench, ({ stack }, caller) =>
        get(stack, caller, `/api/conversations/${caller.conversationId}`),
      ),
  },
  {
    name: "page",
    run: (bench) =>
      timeCalls(bench, ({ stack }, caller) =>
        get(stack, caller, `/conversations/${caller.conversationId}`),
      ),
  },
  { name: "turn, to the first byte", run: (bench) => timeCalls(bench, speak) },
]

/** Fills the database and signs in some of the users. */
export async function prepareScale(stack: Stack, isQuick: boolean): Promise<ScaleBench> {
  const sizes = isQuick ? small : full
  await step(`Writing ${sizes.messages.toLocaleString("en")} messages`, () => fill(stack, sizes))
  const callers: Caller[] = []
  // The last caller is used for recording statements and not measured.
  for (let index = 0; index < calls + 1; index++) callers.push(await signIn(stack, sizes, index))
  return { stack, sizes, callers, told: new Set() }
}

async function signIn({ db, authSecret }: Stack, sizes: Sizes, index: number): Promise<Caller> {
  const md5 = (text: string) => createHash("md5").update(text).digest("hex")
  const user = (index * 17) % sizes.users
  const each = sizes.messages / sizes.conversations
  // Consecutive conversations of a user are `users` numbers apart; this picks one from the middle.
  const conversation = user + sizes.users * Math.floor(sizes.conversations / sizes.users / 2)
  const key = randomBytes(32).toString("base64url")
  const hash = createHmac("sha256", authSecret).update(key).digest("base64url")
  await db.query(
    `INSERT INTO "Session" ("keyHash", "userId", "expiresAt") VALUES ($1, $2, now() + interval '1 day')`,
    [hash, md5(`u${user}`)],
  )
  return {
    person: { id: md5(`u${user}`), key, cookie: `${cookieName}=${key}` },
    conversationId: md5(`c${conversation}`),
    headId: md5(`m${conversation * each + each - 1}`),
  }
}

/** Calls once per caller, one after the other, and shows the query plans. */
async function timeCalls(
  bench: ScaleBench,
  call: (bench: ScaleBench, caller: Caller) => Promise<number>,
): Promise<Outcome> {
  const { stack, callers, sizes, told } = bench
  const [last, ...measured] = [...callers].reverse()
  if (!last) throw new Error("Nobody is there.")
  // The first calls are slow because code is not compiled yet.
  for (const caller of measured.slice(0, 5))
    await call(bench, { ...caller, ...(await branchOf(stack, caller)) })
  const times: number[] = []
  for (const caller of measured) {
    times.push(await call(bench, { ...caller, ...(await branchOf(stack, caller)) }))
  }
  const statements = await recordStatements(stack, () => call(bench, last))
  const count = (value: number) => value.toLocaleString("en")
  const size = `${count(sizes.users)} users, ${count(sizes.conversations)} conversations, ${count(sizes.messages)} messages; ${statements.length} statements a call. Plans of the statements that stand in no row above:`
  return {
    figures: [
      { what: "p50", unit: "ms", ours: percentile(times, 0.5) },
      { what: "p95", unit: "ms", ours: percentile(times, 0.95) },
    ],
    notes: [size, ...(await explain(stack.db, statements, told))],
  }
}

/** The current head of a conversation; earlier calls may have added messages. */
async function branchOf({ db }: Stack, { conversationId }: Caller): Promise<{ headId: string }> {
  const { rows } = await db.query(`SELECT "headId" FROM "Conversation" WHERE "id" = $1`, [
    conversationId,
  ])
  return { headId: rows[0].headId }
}

async function get({ site }: Stack, { person }: Caller, path: string): Promise<number> {
  const begun = now()
  const response = await fetch(site + path, { headers: { cookie: person.cookie } })
  await response.text()
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}.`)
  return now() - begun
}

async function speak({ stack }: ScaleBench, caller: Caller): Promise<number> {
  const { person, conversationId, headId } = caller
  const prompt = toPrompt({ id: newId(), tokens: 8, rate: 0, chunk: 4, text: "plain" })
  const begun = now()
  const response = await fetch(`${stack.site}/api/conversations/${conversationId}/turn`, {
    method: "POST",
    headers: turnHeaders(stack.site, person),
    body: turnBody({ prompt, parentId: headId }),
  })
  if (response.status !== 200) throw new Error(`A turn answered ${response.status}.`)
  const reader = response.body?.getReader()
  await reader?.read()
  const took = now() - begun
  while (reader && !(await reader.read()).done);
  return took
}
