import { expect } from "@playwright/test"
import { z } from "zod"
import { visionFeatures } from "./hidden-schemas"
import { pictureOf } from "./search/picture"
import { type Client, test } from "./testing"
import { balanceOf } from "./testing-protocols"

const picture = `data:image/png;base64,${pictureOf("Harbour at dawn", 90, 60).toString("base64")}`

function ask(client: Client, imageUri: string, types: readonly string[], more: object = {}) {
  const features = types.map((type) => ({ type, maxResults: 3 }))
  return client.post("/vision", { image: { source: { imageUri } }, features, ...more })
}

test("every feature that is asked for is answered, and only those", async ({ client }) => {
  const before = await balanceOf(client)
  const response = await ask(client, picture, visionFeatures)
  expect(response.status).toBe(201)
  const body: unknown = await response.json()
  expect(body).toMatchObject({
    faceAnnotations: [],
    landmarkAnnotations: [],
    logoAnnotations: [],
    localizedObjectAnnotations: [],
    labelAnnotations: [{ mid: expect.stringMatching(/^\/m\/0/), score: 0.97 }, {}, {}],
    textAnnotations: [{ description: "Harbour at dawn" }, { description: "Harbour" }, {}, {}],
    fullTextAnnotation: { text: "Harbour at dawn", pages: [{ width: 90, height: 60 }] },
    safeSearchAnnotation: { adult: "VERY_UNLIKELY" },
    imagePropertiesAnnotation: { dominantColors: { colors: [{ color: {} }, {}, {}] } },
    cropHintsAnnotation: { cropHints: [{ importanceFraction: 1 }] },
    webDetection: { webEntities: [] },
    productSearchResults: { results: [] },
  })
  const { meta } = z
    .object({ meta: z.object({ usage: z.object({ credits_used: z.number() }) }) })
    .parse(body)
  expect(before - (await balanceOf(client))).toBe(meta.usage.credits_used)
  const one = await ask(client, picture, ["SAFE_SEARCH_DETECTION"])
  expect(Object.keys(z.looseObject({}).parse(await one.json()))).toEqual([
    "safeSearchAnnotation",
    "meta",
  ])
})

test("a picture elsewhere is judged by its name, and a crop has the asked shape", async ({
  client,
}) => {
  const response = await ask(
    client,
    "https://example.com/pets/sleeping-dog.jpg",
    ["LABEL_DETECTION", "CROP_HINTS"],
    { imageContext: { cropHintsParams: { aspectRatios: [1] } } },
  )
  expect(await response.json()).toMatchObject({
    labelAnnotations: [{ description: "Sleeping" }, { description: "Dog" }, {}],
    cropHintsAnnotation: {
      cropHints: [{ boundingPoly: { vertices: [{ x: 200, y: 0 }, { x: 1000 }, {}, { y: 800 }] } }],
    },
  })
})

test("a wrong request is refused in the vendor's words", async ({ client }) => {
  const refusal = async (response: Promise<Response>) => {
    const { status, message } = z
      .object({ status: z.number(), message: z.string() })
      .parse({ status: (await response).status, ...(await (await response).json()) })
    expect(status).toBe(400)
    return message
  }
  expect(await refusal(ask(client, picture, ["SOUL_DETECTION"]))).toContain("'FACE_DETECTION' | ")
  expect(await refusal(client.post("/v1/vision", { features: [] }))).toContain("Required")
  expect(await refusal(client.chat("ofr", "hello"))).toContain("received 'ofr'")
})
