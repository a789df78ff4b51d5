import { z } from "zod"
import { creditsPerUsd } from "../facts"
import { jsonEndpoint } from "./endpoint"

// The account's balance, usage and cost per request. In dollars unless the name says credits.

const window = ["period", "start", "end", "key_prefix"]
const tokens = z.looseObject({ input: z.number(), output: z.number(), total: z.number() })
const cost = z.looseObject({ usd: z.number(), credits: z.number() })
const text = z.string().nullish()

/** The balance in dollars. */
export const balance = jsonEndpoint(
  "GET",
  "/v2/billing",
  z.looseObject({ current_balance: z.number(), currency: z.string() }),
)

export const balanceDetail = jsonEndpoint(
  "GET",
  "/v2/billing/detail",
  z.looseObject({ current_balance: z.number(), currency: z.string(), email: text }),
)

/** The older balance endpoint: the response is in credits and converted to dollars as well. */
export const balanceInCredits = jsonEndpoint(
  "GET",
  "/v1/billing/balance",
  z
    .looseObject({ balance: z.number(), lowBalance: z.boolean().nullish() })
    .transform((answer) => ({ ...answer, usd: answer.balance / creditsPerUsd })),
)

export const transactions = jsonEndpoint(
  "GET",
  "/v2/billing/transactions",
  z.looseObject({
    data: z.array(
      z.looseObject({
        created_at: z.string(),
        direction: z.string(),
        type: z.string(),
        amount: cost,
        model: text,
        reference_id: text,
      }),
    ),
    pagination: z.looseObject({ next_cursor: text, has_more: z.boolean().nullish() }),
  }),
  ["from", "to", "direction", "type", "limit", "cursor"],
)

export const usage = jsonEndpoint(
  "GET",
  "/v2/usage",
  z.looseObject({ spend: z.number(), currency: z.string(), requests: z.number() }),
  window,
)

export const usageDetail = jsonEndpoint(
  "GET",
  "/v2/usage/detail",
  z.looseObject({
    spend: z.number(),
    requests: z.number(),
    models: z
      .array(z.looseObject({ model: z.string(), spend: z.number(), requests: z.number() }))
      .nullish(),
    groups: z.array(z.looseObject({ day: text, model: text, spend: z.number() })).nullish(),
  }),
  [...window, "group_by", "tz"],
)

export const logs = jsonEndpoint(
  "GET",
  "/v2/logs",
  z.looseObject({
    data: z.array(
      z.looseObject({
        created: z.string(),
        status: z.string(),
        model: z.string(),
        cost,
        tokens,
        request_id: text,
        inference_id: text,
        client_request_id: text,
      }),
    ),
    pagination: z.looseObject({ total: z.number().nullish(), has_more: z.boolean().nullish() }),
  }),
  [...window, "model", "status", "limit", "offset"],
)
