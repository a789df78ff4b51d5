import { expect, test } from "@playwright/test"
import type { Catalogue } from "../aiml/catalogue/catalogue"
import type { Aiml } from "../aiml/client"
import type { AnswerEnd, AnswerListener } from "../aiml/text/answer"
import { AppError } from "../base/errors"
import type { Params } from "../base/json"
import { type Env, parseEnv } from "../server/env"
import { offeredTools } from "./registry"
import { toolContext } from "./testing"
import { webSearch } from "./web-search"

// The tool calls the process's upstream, which is replaced by a scripted one.

const model = { id: "m/search", kind: "text", abilities: ["web_search"], outputTokens: null }
const end: AnswerEnd = {
  ...{ reason: "complete", finishReason: "stop", usage: null, units: {} },
  ...{ costUsd: 0.002, upstreamId: null, data: [], sound: null },
}
const url = "https://example.com/a"

let asked: Params[] = []
type Answer = { says: string[]; data?: AnswerEnd["data"] }
let answers: (Answer | AppError)[] = []
let models: object[] = []
const aiml = {
  form: async () => ({ fields: [{ name: "enable_search", type: "boolean" }] }),
  async answer(_model: unknown, { params }: { params: Params }, listener: AnswerListener) {
    asked.push(params)
    const answer = answers.shift() ?? { says: [] }
    if (answer instanceof AppError) throw answer
    for (const delta of answer.says) listener.word("text", delta)
    return { ...end, data: answer.data ?? [] }
  },
}

/** Replaces a process-wide value. */
function setProcessWide(name: string, value: unknown): void {
  Object.assign(globalThis, { [Symbol.for(`polylogue.${name}`)]: value })
}
test.beforeEach(() => {
  const env: Env = parseEnv({
    ...{ DATABASE_URL: "postgresql://localhost/app", AUTH_SECRET: "k".repeat(32) },
    AIMLAPI_BASE_URL: "http://upstream.invalid",
  })
  setProcessWide("env", env)
  // Only the members that the tool uses.
  setProcessWide("aiml", aiml as unknown as Aiml)
  setProcessWide("catalogue", { models: async () => models } as unknown as Catalogue)
  asked = []
  models = [model]
})
test.afterEach(() => {
  setProcessWide("env", undefined)
  setProcessWide("aiml", undefined)
  setProcessWide("catalogue", undefined)
})

const context = toolContext()
const search = () => webSearch.run({ query: "tall ships" }, context)

test("what a search model says and found is told with numbers, sources and cards", async () => {
  answers = [
    {
      says: ["They are ", "tall [1].\u{E0041}"],
      data: [
        { label: "Sources", value: [{ url, title: "A", snippet: "Tall." }] },
        { label: "Related questions", value: ["How tall?"] },
      ],
    },
  ]
  expect(await search()).toEqual({
    output: {
      answer: "They are tall [1].",
      sources: [{ n: 1, title: "A", url, snippet: "Tall." }],
    },
    sources: [{ url, title: "A", snippet: "Tall." }],
    cards: [{ kind: "questions", items: ["How tall?"] }],
    costUsd: 0.002,
  })
  expect(asked).toEqual([{ enable_search: true }])
})

test("a setting that the service does not want is left out; other failures are told", async () => {
  answers = [new AppError("model_refused"), { says: ["So."] }]
  expect(await search()).toMatchObject({ output: { answer: "So.", sources: [] } })
  expect(asked).toEqual([{ enable_search: true }, {}])
  answers = [new AppError("model_busy")]
  await expect(search()).rejects.toMatchObject({ code: "model_busy" })
  answers = [{ says: [] }]
  await expect(search()).rejects.toThrow("The search found nothing.")
})

test("without a model that searches, searching is not offered", async () => {
  const names = async () => (await offeredTools()).map(({ name }) => name)
  expect(await names()).toEqual(["web_search", "read_page", "calculate", "current_time"])
  models = [{ ...model, abilities: ["tools"] }]
  expect(await names()).toEqual(["read_page", "calculate", "current_time"])
  await expect(search()).rejects.toMatchObject({ code: "invalid" })
})
