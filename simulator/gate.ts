import { documentedMessages } from "./envelope"
import type { Exchange } from "./exchange"
import type { Plan } from "./scenarios"

const page = `<!doctype html><html><head><title>Just a moment...</title></head>
<body><h1>Checking your browser before you continue</h1></body></html>`

/** Plays what happens in place of an answer. True when that was all. */
export async function answeredInstead(exchange: Exchange, plan: Plan): Promise<boolean> {
  const { instead } = plan
  if (!instead) return false
  if (instead.name === "silent") {
    await exchange.hang()
    return true
  }
  if (!(await exchange.pause(plan.delayMs))) return true
  if (instead.name === "html") {
    exchange.begin(200, "text/html; charset=utf-8")
    exchange.response.end(page)
    return true
  }
  const { statusCode, retryAfterSeconds, message = documentedMessages[statusCode] } = instead
  exchange.refuse(
    statusCode,
    message,
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) },
  )
  return true
}
