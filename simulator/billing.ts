import { z } from "zod"
import type { Exchange, Route } from "./exchange"
import { type Movement, usdOf } from "./ledger"
import { readQuery, refuseQuery } from "./query"

const lowBalanceCredits = 10_000

function sendBalance(exchange: Exchange): void {
  exchange.requireKey()
  const { balanceCredits } = exchange.simulator.ledger
  exchange.sendJson(200, { current_balance: usdOf(balanceCredits), currency: "USD" })
}

function sendDetail(exchange: Exchange): void {
  exchange.requireKey()
  exchange.sendJson(200, {
    user_id: 1_000_001,
    email: "demo@example.com",
    current_balance: usdOf(exchange.simulator.ledger.balanceCredits),
    currency: "USD",
    autotopup_settings: { is_enabled: false, threshold: 5, amount: 25, currency: "USD" },
  })
}

/** The older way to ask, in credits where the newer one says dollars. */
function sendLegacyBalance(exchange: Exchange): void {
  exchange.requireKey()
  const balance = exchange.simulator.ledger.balanceCredits
  exchange.sendJson(200, {
    balance,
    lowBalance: balance < lowBalanceCredits,
    lowBalanceThreshold: lowBalanceCredits,
    lastUpdated: new Date().toISOString(),
    autoDebitStatus: "disabled",
    status: "current",
    statusExplanation: "Balance is current and up to date",
  })
}

const cursorSchema = z.strictObject({ v: z.literal(1), n: z.int(), c: z.iso.datetime() })

function cursorAt(movements: readonly Movement[], index: number): string {
  const c = movements[index]?.at.toISOString()
  return Buffer.from(JSON.stringify({ v: 1, n: index, c })).toString("base64url")
}

/** The position a cursor continues before. It is good only in the very form it was given out in. */
function indexOf(movements: readonly Movement[], cursor: string): number {
  try {
    const text = Buffer.from(cursor, "base64url").toString("utf8")
    const { n } = cursorSchema.parse(JSON.parse(text))
    if (cursorAt(movements, n) === cursor) return n
  } catch {
    // What is no JSON is no cursor either.
  }
  return refuseQuery("Invalid cursor")
}

const moment = z.iso.datetime({ offset: true, error: "Invalid datetime" }).optional()
const transactionsSchema = z.object({
  from: moment,
  to: moment,
  direction: z.string().optional(),
  type: z.string().optional(),
  limit: z.int().default(50),
  cursor: z.string().optional(),
})

function transaction({ at, direction, type, credits, model, referenceId }: Movement): object {
  return {
    created_at: at.toISOString(),
    direction,
    type,
    amount: { usd: usdOf(credits), credits },
    model,
    reference_id: referenceId,
  }
}

function sendTransactions(exchange: Exchange): void {
  exchange.requireKey()
  const parsed = transactionsSchema.safeParse(readQuery(exchange, "/v2/billing/transactions"))
  if (!parsed.success) refuseQuery(...parsed.error.issues.map(({ message }) => message))
  const { direction, type, limit, cursor } = parsed.data
  const from = parsed.data.from && new Date(parsed.data.from)
  const to = parsed.data.to && new Date(parsed.data.to)
  if (from && to && to <= from) refuseQuery("to must be later than from")
  const { movements } = exchange.simulator.ledger
  const before = cursor === undefined ? movements.length : indexOf(movements, cursor)
  const matching = movements
    .map((movement, index) => ({ movement, index }))
    .filter(
      ({ movement, index }) =>
        index < before &&
        (!from || movement.at >= from) &&
        (!to || movement.at < to) &&
        (!direction || movement.direction === direction) &&
        (!type || movement.type === type),
    )
    .toReversed()
  const page = matching.slice(0, limit)
  const last = page.at(-1)
  const hasMore = last !== undefined && matching.length > page.length
  exchange.sendJson(200, {
    data: page.map(({ movement }) => transaction(movement)),
    pagination: {
      next_cursor: hasMore ? cursorAt(movements, last.index) : null,
      has_more: hasMore,
    },
  })
}

/** What the account holds and what moved it. */
export const billingRoutes: Route[] = [
  { method: "GET", path: /^\/v2\/billing$/, handle: sendBalance },
  { method: "GET", path: /^\/v2\/billing\/detail$/, handle: sendDetail },
  { method: "GET", path: /^\/v2\/billing\/transactions$/, handle: sendTransactions },
  { method: "GET", path: /^\/v1\/billing\/balance$/, handle: sendLegacyBalance },
]
