import { expect, test } from "@playwright/test"
import { jsonSchema, Output, tool } from "ai"
import { AppError } from "../../base/errors"
import { asked, chatProperties, chunk, hear, make, replay, stream } from "../testing"

// Quirks of the vendor's API by number: success, errors, requests.

const chat = { path: "/v1/chat/completions", properties: chatProperties }
const image = { path: "/v1/images/generations", properties: { prompt: { type: "string" } } }
const done = () => [
  chunk({ delta: { content: "Hi" } }),
  chunk({ delta: {}, finish_reason: "stop" }),
]

const now = tool({ description: "The time", inputSchema: jsonSchema({ type: "object" }) })

const envelope = (statusCode: number, message: string) =>
  Response.json(
    { message, path: "/v1", requestId: "req-1", statusCode: String(statusCode), timestamp: "" },
    { status: statusCode },
  )

async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const failure = await promise.then(
    () => null,
    (error: unknown) => error,
  )
  if (failure instanceof AppError) return failure
  throw new Error(`no failure of ours: ${String(failure)}`)
}

test("1: 201 is a success, of a stream, of a result, of a task and of a look at it", async () => {
  expect((await hear(replay({ ...chat, answers: [() => stream(done(), 201)] }))).text).toBe("Hi")
  const made = { images: [{ url: "https://cdn.example.com/a.png" }] }
  const created = () => Response.json(made, { status: 201 })
  expect((await make(replay({ ...image, answers: [created] }))).state).toBe("done")
  const video = { path: "/v2/video/generations", properties: image.properties }
  const answers = [
    () => Response.json({ id: "1", status: "queued" }, { status: 201 }),
    () => Response.json({ status: "completed", video: { url: "https://x.co/a" } }, { status: 201 }),
  ]
  expect((await make(replay({ ...video, answers }))).state).toBe("done")
})

test("2: the flat envelope's words and request id are read, of words and of media alike", async () => {
  const words = "Unsupported value: 'messages[0].role' does not support 'system' with this model."
  const answers = [() => envelope(400, words)]
  for (const failure of [
    await failureOf(hear(replay({ ...chat, answers }))),
    await failureOf(make(replay({ ...image, answers }))),
  ]) {
    expect([failure.code, failure.requestId]).toEqual(["model_refused", "req-1"])
    expect(failure.cause).toBe(`400 ${words}`)
  }
})

test("3: 403 with words about money is no question of rights, and signs nobody out", async () => {
  for (const words of [
    "You've run out of credits. Please top up your balance or update your payment method to continue: https://example.com",
    "You have exhausted the available [plan.rule:api_token] resource limit. Update your payment method to continue.",
  ]) {
    const failure = await failureOf(
      hear(replay({ ...chat, answers: [() => envelope(403, words)] })),
    )
    expect([failure.code, failure.status]).toEqual(["service_credits", 502])
  }
  const scope = await failureOf(
    hear(replay({ ...chat, answers: [() => envelope(403, "Forbidden resource")] })),
  )
  expect([scope.code, scope.status]).toEqual(["service_forbidden", 502])
})

test("4: the limit of an answer is always said, by the name whose default would crop it", async () => {
  const limits: [Record<string, object>, Record<string, number>][] = [
    [{ max_tokens: { type: "number", minimum: 1, default: 512 } }, { max_tokens: 4_000 }],
    [{ max_completion_tokens: { type: "integer" } }, { max_completion_tokens: 4_000 }],
    [
      {
        max_completion_tokens: { type: "integer" },
        max_tokens: { type: "number", minimum: 1, default: 512 },
      },
      { max_tokens: 4_000 },
    ],
  ]
  for (const [members, said] of limits) {
    const { max_tokens: _limit, ...others } = chatProperties
    const properties = { ...others, ...members }
    const upstream = replay({ ...chat, properties, answers: [() => stream(done())] })
    await hear(upstream)
    expect(asked(upstream.came)[0]?.body).toMatchObject(said)
    expect(Object.keys(Object(asked(upstream.came)[0]?.body))).toHaveLength(
      ["model", "messages", "stream"].length + 1,
    )
  }
})

test("5: bounds are a model's own: ours are moved to them, a person's are refused in words", async () => {
  const properties = {
    ...chatProperties,
    temperature: { type: "number", minimum: 0, maximum: 1 },
    top_p: { type: "number", minimum: 0.1, maximum: 1 },
    seed: { type: "integer", minimum: 1 },
    max_tokens: { type: "number", minimum: 16, maximum: 64_000 },
  }
  const upstream = replay({ ...chat, properties, answers: [() => stream(done())] })
  const { aiml, model } = upstream
  await hear(upstream, { maxOutputTokens: 4 })
  await hear(upstream, { maxOutputTokens: 100_000 })
  const limits = asked(upstream.came).map(({ body }) => Object(body).max_tokens)
  expect(limits).toEqual([16, 64_000])
  const { fields } = await aiml.form(model)
  expect(fields.find(({ name }) => name === "top_p")).toMatchObject({ min: 0.1, max: 1 })
  expect(await aiml.checkParams(model, { temperature: 1.7, top_p: 0, seed: 0 })).toEqual([
    "Temperature must be between 0 and 1.",
    "Top p must be between 0.1 and 1.",
    "Seed must be 1 or more.",
  ])
  expect(await aiml.checkParams(model, { temperature: 1, top_p: 0.1, seed: 1 })).toEqual([])
})

test("6: a setting that a model does not have is in no form, is refused, and never sent by us", async () => {
  const { max_tokens: _limit, ...properties } = chatProperties
  const upstream = replay({ ...chat, properties, answers: [() => stream(done())] })
  const { aiml, model, came } = upstream
  expect((await aiml.form(model)).fields).toEqual([])
  expect(await aiml.checkParams(model, { temperature: 0.5 })).toEqual([
    "“Temperature” is no setting of this model. Reset it.",
  ])
  const { leftOut } = await hear(upstream, { output: Output.json(), tools: { now } })
  expect(Object.keys(Object(asked(came)[0]?.body)).toSorted()).toEqual([
    ...["messages", "model", "stream"],
  ])
  expect(leftOut).toEqual([
    "This model cannot use tools.",
    "This model has no setting “Response format”.",
  ])
})

test("14: ids with slashes, signs and dots arrive whole, in a query, in a path and in a body", async () => {
  for (const id of ["#g1_large", "maker/v1.5/standard", "gecko@003", "id:with space", "a&b=c?d"]) {
    const upstream = replay({ ...image, id, answers: [() => Response.json({ data: [] })] })
    await failureOf(make(upstream))
    const [document, request] = upstream.came
    const query = new URL(document?.address ?? "", "http://x").searchParams
    expect([query.get("model"), query.has("d")]).toEqual([id, false])
    expect(request?.body).toMatchObject({ model: id })
  }
  const deployed = { ...chat, path: "/deployments/{model}/chat/completions" }
  const upstream = replay({ ...deployed, id: "a/b#c", answers: [() => stream(done())] })
  await hear(upstream)
  expect(asked(upstream.came)[0]?.address).toBe("/deployments/a%2Fb%23c/chat/completions")
})

test("15: another name in the answer changes nothing: the next request asks for the same model", async () => {
  const upstream = replay({ ...chat, answers: [() => stream(done())] })
  const { end } = await hear(upstream)
  expect(JSON.stringify(end)).not.toContain("another-name")
  await hear(upstream)
  expect(asked(upstream.came).map(({ body }) => Object(body).model)).toEqual([
    "maker/model-1",
    "maker/model-1",
  ])
})
