import { z } from "zod"
import { guarded } from "./control"
import { type Exchange, Refusal, type Route } from "./exchange"
import { usdOf } from "./ledger"
import { addedModelSchema, completed, operationOf } from "./made-up-models"
import { decodedName } from "./models"
import { troubleSchema } from "./trouble"

async function read<Schema extends z.ZodType>(
  exchange: Exchange,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(await exchange.readJson())
  if (!parsed.success) throw new Refusal(400, z.prettifyError(parsed.error))
  return parsed.data
}

async function addModel(exchange: Exchange): Promise<void> {
  const { model: members, operations, isListed } = await read(exchange, addedModelSchema)
  const model = completed(members)
  const own = operations.map((operation) => operationOf(operation, model))
  exchange.simulator.catalogue.add(model, own, { isListed })
  exchange.sendJson(201, { id: model.id, model })
}

function removeModel(exchange: Exchange, [name = ""]: string[]): void {
  const id = decodedName(name)
  if (!exchange.simulator.catalogue.remove(id)) {
    throw new Refusal(404, `There is no added model ${id}.`)
  }
  exchange.sendJson(200, { id, deleted: true })
}

async function setTrouble(exchange: Exchange): Promise<void> {
  const { trouble } = exchange.simulator
  const change = await read(exchange, troubleSchema.partial())
  trouble.set(
    // A member that is absent and one that is undefined are not the same to the types.
    Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
  )
  exchange.sendJson(200, trouble.current)
}

function clearTrouble(exchange: Exchange): void {
  exchange.simulator.trouble.clear()
  exchange.sendJson(200, exchange.simulator.trouble.current)
}

function expireMedia(exchange: Exchange): void {
  exchange.simulator.media.expireAll()
  exchange.sendJson(200, { expired: true })
}

function sendLedger(exchange: Exchange): void {
  const { ledger } = exchange.simulator
  const spentCredits = ledger.spentCredits()
  exchange.sendJson(200, {
    data: ledger.entries,
    balanceCredits: ledger.balanceCredits,
    spentCredits,
    spentUsd: usdOf(spentCredits),
  })
}

/** The address by which tests and demos change what is on offer and how well it is described. */
export const catalogueControlRoutes: Route[] = [
  { method: "POST", path: /^\/_simulator\/models$/, handle: guarded(addModel) },
  { method: "DELETE", path: /^\/_simulator\/models\/(.+)$/, handle: guarded(removeModel) },
  { method: "PUT", path: /^\/_simulator\/catalogue$/, handle: guarded(setTrouble) },
  { method: "DELETE", path: /^\/_simulator\/catalogue$/, handle: guarded(clearTrouble) },
  { method: "DELETE", path: /^\/_simulator\/media$/, handle: guarded(expireMedia) },
  { method: "GET", path: /^\/_simulator\/ledger$/, handle: guarded(sendLedger) },
]
