import { expect, test } from "@playwright/test"
import type { InputFile } from "../schema/file"
import { asked, inputOf, make, replay } from "../testing"

const binary = { type: "string", format: "binary" }
const edits = {
  path: "/v1/images/edits",
  properties: {
    prompt: { type: "string" },
    image: { type: "array", items: binary },
    mask: binary,
    n: { type: "integer" },
  },
  required: ["prompt", "image"],
}
const made = () => Response.json({ data: [{ url: "https://x.co/a.png" }] })
const picture = (name: string) => inputOf("image", name, "image/png", `bytes of ${name}`)

/** A file that must not be opened. */
function sealed(name: string, sizeBytes: number): InputFile {
  const open = () => Promise.reject(new Error(`${name} was opened`))
  return { kind: "image", name, mediaType: "image/png", sizeBytes, open }
}

test("a plan knows files by their facts and opens none, however large", async () => {
  const addresses = { type: "array", items: { type: "string", format: "uri" }, maxItems: 3 }
  const { aiml, model, came } = replay({
    path: "/v1/images/generations",
    properties: { prompt: { type: "string" }, image_urls: addresses, size: { type: "string" } },
    answers: [made],
  })
  const files = ["a", "b"].map((name) => sealed(name, 100_000_000))
  const inputs = { text: "A boat", files }
  const plan = await aiml.plan(model, { inputs, params: { size: "A boat" } })
  expect(plan).toEqual({ sent: { size: "A boat" }, leftOut: [] })
  const many = { text: "A boat", files: Array.from({ length: 20 }, () => sealed("c", 100_000_000)) }
  await expect(aiml.plan(model, { inputs: many, params: {} })).rejects.toMatchObject({
    code: "invalid",
    message: "This model takes no further picture.",
  })
  expect(asked(came)).toEqual([])
})

test("an address longer than its place takes is refused before it is opened", async () => {
  const { aiml, model } = replay({
    path: "/v1/images/generations",
    properties: { image_url: { type: "string", format: "uri", maxLength: 1_000 } },
    answers: [made],
  })
  const plan = (sizeBytes: number) =>
    aiml.plan(model, { inputs: { text: "", files: [sealed("sea", sizeBytes)] }, params: {} })
  await expect(plan(1_000)).rejects.toMatchObject({ code: "invalid" })
  expect(await plan(700)).toEqual({ sent: {}, leftOut: [] })
})

test("several pictures and a mask go as a form, and are no settings", async () => {
  const upstream = replay({ ...edits, answers: [made] })
  const files = [picture("a.png"), picture("b.png"), { ...picture("c.png"), slot: "mask" }]
  const making = { inputs: { text: "A blue boat", files }, params: { n: 2 } }
  expect(await upstream.aiml.plan(upstream.model, making)).toEqual({ sent: { n: 2 }, leftOut: [] })
  expect(await make(upstream, making)).toMatchObject({ state: "done" })
  const [{ body, headers } = { body: null, headers: new Headers() }] = asked(upstream.came)
  if (!(body instanceof FormData)) throw new Error("no form came")
  const texts = [...body.values()].map((value) => (typeof value === "string" ? value : value.name))
  expect(texts.sort()).toEqual(["2", "A blue boat", "a.png", "b.png", "c.png", "maker/model-1"])
  expect(Number(headers.get("content-length"))).toBeGreaterThan(0)
})
