import { expect, test } from "@playwright/test"
import { retryOf } from "../../base/errors"
import { toFailure } from "../http/failure"
import { asked, chatProperties, hear, replay } from "../testing"

// Quirks of the vendor's API by number: models that come and go.

const chat = { path: "/v1/chat/completions", properties: chatProperties }
const entry = {
  id: "maker/model-1.5",
  aliases: ["model-1.5", "old/name"],
  type: "openai/chat-completions",
}

test("30: a model is known by its id and by each alias, and one that is not listed by none", async () => {
  const { catalogue, came } = replay({ ...chat, answers: [() => Response.json({ data: [entry] })] })
  for (const name of ["maker/model-1.5", "model-1.5", "Old/Name"]) {
    expect((await catalogue.find(name))?.id).toBe("maker/model-1.5")
  }
  expect(await catalogue.find("maker/model-1")).toBeNull()
  expect(asked(came).map(({ address }) => address)).toContain("/v1/models?include=all")
})

test("30: a document that knows the model by its other name only is asked by that; of several none is chosen", async () => {
  const listed = async (names: string[]) => {
    const model = { type: "string", enum: names }
    const upstream = replay({
      ...chat,
      properties: { ...chatProperties, model },
      answers: [() => new Response("", { status: 404 })],
    })
    await hear(upstream).catch(() => undefined)
    return Object(asked(upstream.came)[0]?.body).model
  }
  expect(await listed(["maker/model-1", "other"])).toBe("maker/model-1")
  expect(await listed(["model-1"])).toBe("model-1")
  expect(await listed(["model-1", "model-2"])).toBe("maker/model-1")
})

test("30: however the service words that a model is no more, it is gone and no retry helps", async () => {
  const answers: [number, string][] = [
    [404, ""],
    [400, "Invalid enum value. Expected an available model, received 'maker/model-1'"],
    [400, "The model `maker/model-1` has been deprecated."],
    [404, "The model 'maker/model-1' does not exist or you do not have access to it."],
    [400, "400 Unable to access model maker/model-1."],
  ]
  for (const [status, message] of answers) {
    const body = () =>
      message
        ? Response.json({ message, statusCode: status }, { status })
        : new Response("", { status })
    const failure = await hear(replay({ ...chat, answers: [body] })).then(() => null, toFailure)
    expect([message, failure?.code]).toEqual([message, "model_gone"])
  }
  expect(retryOf("model_gone")).toBe("never")
})
