import { catalogueAt } from "../lib/aiml/catalogue/catalogue"
import { createAiml } from "../lib/aiml/client"
import { casesOf, lost, run, spokenKinds, unreachable } from "./cases"
import type { Operation } from "./operations"
import type { ConformanceServer } from "./server"
import { checkService } from "./services"

/** The result of one operation: its cases with their problems. */
export type Result = { operation: Operation; cases: { name: string; problems: string[] }[] }

/** Tests one operation with the real client against a server that enforces its schemas. */
export async function checkOperation(
  server: ConformanceServer,
  operation: Operation,
  all: readonly Operation[],
): Promise<Result> {
  if (operation.models.length > 0) {
    return { operation, cases: await checkModel(server, operation, pollFor(operation, all)) }
  }
  const submit = operation.method === "GET" ? submitFor(operation, all) : undefined
  if (submit) return { operation, cases: await checkModel(server, submit, operation) }
  return { operation, cases: await checkService(server, operation) }
}

async function checkModel(server: ConformanceServer, operation: Operation, poll: Operation | null) {
  const [model = ""] = operation.models
  const base = { operation, poll, model }
  server.expect({ ...base, isRecorded: false, variant: 0 })
  const aiml = createAiml({ baseUrl: server.url, apiKey: "conformance" })
  const found = (await catalogueAt(server.url, { apiKey: "conformance" }).models())[0]
  if (!found) return [{ name: "smallest", problems: ["the catalogue was not read"] }]
  const form = await aiml.form(found)
  const unread = [
    ...form.gaps,
    ...unreachable(operation, form).map((name) => `${name} is in no form`),
    ...(form.isText
      ? spokenKinds(operation)
          .filter((kind) => !form.files.some((slot) => slot.kind === kind))
          .map((kind) => `files of the kind ${kind} cannot be attached`)
      : []),
  ]
  const results = [{ name: "form", problems: unread }]
  for (const [index, asked] of casesOf(operation, form).entries()) {
    for (const isRecorded of [false, true]) {
      const exchange = server.expect({ ...base, isRecorded, variant: index })
      const problems = await run(aiml, found, asked, form.isText).then(
        (understood) => lost(exchange, asked, understood),
        (error: unknown) => [inWords(error)],
      )
      const name = isRecorded ? `${asked.name}, answered as recorded` : asked.name
      results.push({ name, problems: [...exchange.errors, ...problems] })
    }
  }
  return results
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return `${error.message}${error.cause === undefined ? "" : ` (${String(error.cause)})`}`
}

/** The polling operation of a task: of the same kind, and of the same service if there are several. */
function pollFor(operation: Operation, all: readonly Operation[]): Operation | null {
  const path = pollPath(operation)
  if (!path) return null
  const polls = all.filter((other) => other.method === "GET" && other.kind === operation.kind)
  const [own] = polls.filter((other) => sameAddress(other.path, path) && other.response)
  const [other] = polls.filter((candidate) => candidate.response)
  const described = own ?? other
  return {
    ...operation,
    method: "GET",
    path,
    request: null,
    parameters: own?.parameters ?? [
      {
        name: "generation_id",
        in: path.includes("{") ? "path" : "query",
        required: true,
        schema: {},
      },
    ],
    status: described?.status ?? 200,
    response: described?.response ?? null,
  }
}

function pollPath({ kind, path }: Operation): string | null {
  if (kind === "video" || (kind === "music" && !path.endsWith("/generate"))) return path
  return /\/stt\/create$/.test(path) ? path.replace(/create$/, "{generation_id}") : null
}

const bare = (path: string) => path.replace(/\{\w+\}/g, "{}")
const sameAddress = (a: string, b: string) => bare(a) === bare(b)

/** The submission for a polling operation, with its path adapted to it. */
function submitFor(poll: Operation, all: readonly Operation[]): Operation | undefined {
  const submits = all.filter(
    (other) => other.kind === poll.kind && other.models.length > 0 && pollPath(other) !== null,
  )
  const own = submits.find((other) => sameAddress(pollPath(other) ?? "", poll.path))
  if (own) return own
  const [other] = submits
  return other && { ...other, path: poll.path.replace(/\{\w+\}$/, "create") }
}
