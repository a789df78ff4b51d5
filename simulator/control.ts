import { z } from "zod"
import { type Exchange, Refusal, type Route } from "./exchange"
import { ruleSchema } from "./scenarios"

/** Rules decide what clients are told, so only this machine may set them. */
function requireLoopback(exchange: Exchange): void {
  const address = exchange.request.socket.remoteAddress ?? ""
  if (!/^(::ffff:)?127\.|^::1$/.test(address)) throw new Refusal(403, "Only from this machine.")
}

/** Keeps a control route to this machine. */
export function guarded(handle: Route["handle"]): Route["handle"] {
  return (exchange, parameters) => {
    requireLoopback(exchange)
    return handle(exchange, parameters)
  }
}

/** The address by which tests and demos choose what happens next. */
export const controlRoutes: Route[] = [
  {
    method: "POST",
    path: /^\/_simulator\/scenarios$/,
    handle: guarded(async (exchange) => {
      const parsed = ruleSchema.safeParse(await exchange.readJson())
      if (!parsed.success) throw new Refusal(400, z.prettifyError(parsed.error))
      exchange.sendJson(201, { id: exchange.simulator.rules.add(parsed.data) })
    }),
  },
  {
    method: "DELETE",
    path: /^\/_simulator\/scenarios$/,
    handle: guarded((exchange) => {
      exchange.simulator.rules.clear()
      exchange.sendJson(200, { deleted: true })
    }),
  },
  {
    method: "DELETE",
    path: /^\/_simulator\/scenarios\/([^/]+)$/,
    handle: guarded((exchange, [id = ""]) => {
      if (!exchange.simulator.rules.remove(id)) throw new Refusal(404, `There is no rule ${id}.`)
      exchange.sendJson(200, { id, deleted: true })
    }),
  },
  {
    method: "GET",
    path: /^\/_simulator\/requests$/,
    handle: guarded((exchange) => {
      const match = exchange.url.searchParams.get("match")
      exchange.sendJson(200, { data: exchange.simulator.log.matching(match) })
    }),
  },
  {
    method: "DELETE",
    path: /^\/_simulator\/media$/,
    handle: guarded((exchange) => {
      exchange.simulator.media.expireAll()
      exchange.sendJson(200, { deleted: true })
    }),
  },
  {
    method: "GET",
    path: /^\/_simulator\/counts$/,
    handle: guarded((exchange) => exchange.sendJson(200, exchange.simulator.log.totals())),
  },
]
