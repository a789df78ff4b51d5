import { expect } from "@playwright/test"
import { encodePng } from "./media/png"
import { createRaster, type Raster } from "./media/raster"
import { type Client, test } from "./testing"
import { blue, counted, decoded, draw, messageOf, prompt, read, small } from "./testing-pictures"
import { balanceOf } from "./testing-protocols"

type Files = Record<string, Uint8Array | Uint8Array[] | string>

function edit(client: Client, members: Files, path = "/v1/images/edits") {
  const body = new FormData()
  for (const [name, value] of Object.entries(members)) {
    for (const part of [value].flat()) {
      if (typeof part === "string") body.append(name, part)
      else body.append(name, new Blob([new Uint8Array(part)], { type: "image/png" }), "a.png")
    }
  }
  const headers = { authorization: "Bearer test-key" }
  return fetch(client.url + path, { method: "POST", headers, body })
}

const editing = { model: "openai/gpt-image-1", prompt }

/** Opaque but for a window in the middle. */
function maskOf(width: number, height: number): Raster {
  const mask = createRaster(width, height)
  for (let y = Math.floor(height / 4); y < (height * 3) / 4; y++) {
    for (let x = Math.floor(width / 4); x < (width * 3) / 4; x++) {
      mask.data[(y * width + x) * 4 + 3] = 0
    }
  }
  return mask
}

test("an edit changes what the mask leaves open, and nothing else", async ({ client }) => {
  const source = decoded((await draw(client, { ...counted, ...small }))[0])
  const mask = maskOf(512, 512)
  const before = await balanceOf(client)
  const response = await edit(client, {
    ...editing,
    image: encodePng(source),
    mask: encodePng(mask),
    n: "2",
  })
  const { answer, files } = await read(response)
  expect(before - (await balanceOf(client))).toBe(answer.meta.usage.credits_used)
  expect(answer.images).toBeUndefined()
  expect(answer).toMatchObject({ size: "512x512" })
  expect(files).toHaveLength(2)
  for (const result of files.map(decoded)) {
    expect(result).toMatchObject({ width: 512, height: 512 })
    let [kept, changed] = [0, 0]
    for (let at = 0; at < result.data.length; at += 4) {
      const isSame = [0, 1, 2, 3].every((part) => result.data[at + part] === source.data[at + part])
      if (mask.data[at + 3] === 255) {
        if (!isSame) throw new Error(`Pixel ${at / 4} was not to change`)
        kept++
      } else if (!isSame) changed++
    }
    expect(kept).toBe((512 * 512 * 3) / 4)
    expect(changed).toBeGreaterThan(60_000)
  }
})

test("an edit takes several pictures, a size and a form of answer, and JSON too", async ({
  client,
}) => {
  const image = [encodePng(blue(64, 64)), encodePng(createRaster(64, 64))]
  const response = await edit(
    client,
    {
      ...editing,
      "image[]": image,
      size: "1536x1024",
      response_format: "b64_json",
    },
    "/images/edits",
  )
  const { answer, files } = await read(response)
  expect(answer.data?.[0]?.b64_json).toBeTruthy()
  expect(decoded(files[0])).toMatchObject({ width: 1536, height: 1024 })
  const json = await client.post("/v1/images/edits", {
    ...editing,
    model: "openai/gpt-image-2",
    image: {
      buffer: Buffer.from(encodePng(blue(64, 64))),
      mimetype: "image/png",
      originalname: "a.png",
      encoding: "7bit",
      fieldname: "image",
    },
  })
  const { files: fromJson } = await read(json)
  expect(decoded(fromJson[0])).toMatchObject({ width: 64, height: 64 })
})

test("a wrong edit is refused", async ({ client }) => {
  const image = encodePng(blue(64, 64))
  const refusal = async (members: Files) => await messageOf(await edit(client, members))
  expect(await refusal({ ...editing })).toContain("Required")
  expect(await refusal({ model: editing.model, image })).toContain("Required")
  expect(await refusal({ ...editing, image, size: "1x1" })).toContain("received '1x1'")
  const many = Array.from({ length: 17 }, () => image)
  expect(await refusal({ ...editing, image: many })).toContain("Invalid input")
  expect(await refusal({ ...editing, image, model: "flux/dev" })).toContain("'flux/dev'")
  expect(await refusal({ ...editing, image, mask: Buffer.from("text") })).toContain("PNG")
  const other = encodePng(maskOf(64, 32))
  expect(await refusal({ ...editing, image, mask: other })).toContain("same size")
})
