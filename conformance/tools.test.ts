import { expect, test } from "@playwright/test"
import { jsonSchema, tool } from "ai"
import { parseEntry } from "../lib/aiml/catalogue/entry"
import { createAiml } from "../lib/aiml/client"
import { collect, spoken } from "../lib/aiml/testing"
import { Catalogue, kindsOf } from "../simulator/catalogue"
import { exchangeFaults } from "../simulator/exchanges"
import { inputMessages, requireCalls, responseRequestSchema } from "../simulator/responses/request"
import { loadOperations, type Operation, schemaOf } from "../simulator/specs"
import { validate } from "../simulator/validate"
import { eventsOf, type Said } from "./said-events"

// Tool calls and results of every model with tools, based on its own document; the simulator validates each
// request.

/** The models sharing a document, or the schema used for models without one. */
type Documented = { operation: Operation; models: string[]; isDocumented: boolean }

const kinds = ["chat", "moderation", "responses", "messages"]

/** Whether a document accepts custom tools rather than only built-in ones. */
function takesTools(operation: Operation): boolean {
  const { tools, tool_choice } = Object(schemaOf(operation)?.properties)
  const isOpen = JSON.stringify(tools ?? {}).includes('"type":{"type":"string"}')
  return (
    isOpen || /"function"|"input_schema"/.test(JSON.stringify([tools, tool_choice?.properties]))
  )
}

/** The distinct documents with tools, of current and retired models. */
function documented(kind: string): Documented[] {
  const found = new Map<string, Documented>()
  for (const operation of loadOperations(kind)) {
    if (!takesTools(operation)) continue
    const key = String(operation.request)
    const models = [...(found.get(key)?.models ?? []), ...operation.models]
    found.set(key, { operation, models, isDocumented: true })
  }
  return [...found.values()]
}

/** Listed models without a document, which the upstream validates with the most common schema. */
function undocumented(): Documented[] {
  const catalogue = new Catalogue()
  const models = catalogue
    .list()
    .filter((model) => kindsOf(model.type).includes("chat"))
    .filter((model) => kinds.every((kind) => !catalogue.ownOperation(kind, model)))
  const operation = models[0] && catalogue.operationFor("chat", models[0])
  return operation ? [{ operation, models: models.map(({ id }) => id), isDocumented: false }] : []
}

const weather = tool({
  description: "The weather of a city",
  inputSchema: jsonSchema<{ city: string }>({
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  }),
  execute: ({ city }) => ({ said: `Sun in ${city}` }),
})
const call = (id: string, city: string) => ({ id, name: "weather", input: { city } })

/** Two parallel calls with text, then a single call, then the answer. */
const script: readonly Said[] = [
  { text: "I look it up.", calls: [call("call_1", "Paris"), call("call_2", "Oslo")] },
  { text: "", calls: [call("call_3", "Rome")] },
  { text: "Sun everywhere.", calls: [] },
]

/** The simulator's complaints about a request. */
function faultsIn(operation: Operation, body: unknown): string[] {
  const faults = validate(operation, body).map(({ path, message }) => `${path}: ${message}`)
  if (operation.kind !== "responses") {
    return [...faults, ...exchangeFaults(body, operation).map(({ message }) => message)]
  }
  try {
    const nothingIsKept = (id: string): never => {
      throw new Error(`Item with id '${id}' not found.`)
    }
    requireCalls(inputMessages(responseRequestSchema.parse(body), nothingIsKept))
    return faults
  } catch (error) {
    return [...faults, String(error)]
  }
}

async function converse({ operation, models: [id], isDocumented }: Documented) {
  const bodies: unknown[] = []
  const leftOut: string[] = []
  const post = {
    requestBody: { content: { "application/json": { schema: schemaOf(operation) } } },
  }
  const document = { openapi: "3.0.0", paths: { [operation.path]: { post } } }
  const aiml = createAiml({
    baseUrl: "http://upstream.invalid",
    fetch: async (_input, init) => {
      if (typeof init?.body !== "string") {
        return isDocumented ? Response.json(document) : new Response(null, { status: 404 })
      }
      const said = script[bodies.push(JSON.parse(init.body)) - 1]
      const headers = { "content-type": "text/event-stream" }
      return said ? new Response(eventsOf(operation.path, said), { headers }) : Response.error()
    },
  })
  const entry = parseEntry({ id })
  if (!entry) throw new Error("an entry without an id")
  const events = await collect(aiml, entry, {
    instructions: "Be brief.",
    messages: [{ role: "user", content: "How is the weather?" }],
    maxOutputTokens: 4_000,
    tools: { weather },
    mostSteps: 6,
    requestId: "conformance-1",
    abortSignal: AbortSignal.timeout(20_000),
    timeouts: { firstMs: 10_000, idleMs: 10_000, totalMs: 20_000 },
    onLeftOut: (words) => leftOut.push(...words),
  })
  return { bodies, leftOut, events }
}

/** The tool results a request must contain after this many answers. */
function resultsAfter(answers: number): string[] {
  const calls = script.slice(0, answers).flatMap(({ calls: made }) => made)
  return calls.map(({ input }) => `Sun in ${input.city}`)
}

async function problemsOf(one: Documented): Promise<string[]> {
  const { bodies, leftOut, events } = await converse(one)
  const text = spoken(events)
  const lost = bodies.flatMap((body, step) => {
    const wire = JSON.stringify(body)
    return resultsAfter(step).filter((result) => !wire.includes(result))
  })
  return [
    ...bodies.flatMap((body) => faultsIn(one.operation, body)),
    ...lost.map((result) => `“${result}” was not sent`),
    ...leftOut.filter((words) => words.includes("tool")),
    ...(bodies.length === script.length ? [] : [`${bodies.length} requests`]),
    ...(text === "I look it up.Sun everywhere." ? [] : [`said: ${text}`]),
  ]
}

test.describe.configure({ mode: "parallel" })

for (const kind of [...kinds, "without a document"]) {
  test(`calls of tools and their results are told as each model's document has them: ${kind}`, {
    tag: "@whole",
  }, async () => {
    test.setTimeout(10 * 60_000)
    const wrong: string[] = []
    for (const one of kinds.includes(kind) ? documented(kind) : undocumented()) {
      const problems = await problemsOf(one).catch((error: unknown) => [String(error)])
      if (problems.length > 0) {
        wrong.push(`${one.models.join(", ")}: ${[...new Set(problems)].join("; ")}`)
      }
    }
    expect(wrong).toEqual([])
  })
}

test("every listed model of words is among them, or its document has no tools", () => {
  const catalogue = new Catalogue()
  const asked = new Set(
    [...kinds.flatMap(documented), ...undocumented()].flatMap(({ models }) => models),
  )
  const missed = catalogue.list().filter((model) => {
    const own = kinds.map((kind) => catalogue.ownOperation(kind, model))
    const isTaking = own.some((operation) => operation && takesTools(operation))
    return isTaking && ![model.id, ...model.aliases].some((name) => asked.has(name))
  })
  expect(asked.size).toBeGreaterThan(350)
  expect(missed.map(({ id }) => id)).toEqual([])
})
