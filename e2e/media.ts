import type { APIRequestContext, Locator, Page } from "@playwright/test"
import { newId } from "@/lib/base/id"
import type { FilePart, Message } from "@/lib/message/message"
import { drawPicture } from "@/simulator/media/picture"
import { decodePng, encodePng } from "@/simulator/media/png"
import type { Api } from "./api"
import { expect } from "./fixtures"
import { sameOrigin } from "./people"

export type Upload = { name: string; mimeType: string; buffer: Buffer }

export const [width, height] = [640, 480]
export const garden = drawPicture({ prompt: "A garden", by: "hand", width, height, variant: "1" })
export const picture: Upload = {
  name: "garden.png",
  mimeType: "image/png",
  buffer: Buffer.from(encodePng(garden)),
}

export async function upload(request: APIRequestContext, file: Upload): Promise<FilePart> {
  const response = await request.post("/api/files", {
    headers: sameOrigin,
    multipart: { file },
  })
  expect(response.status()).toBe(201)
  const { id, name, mediaType, sizeBytes } = await response.json()
  return { type: "file", fileId: id, name, mediaType, sizeBytes }
}

export type Asking = { model: string; text?: string; files?: FilePart[]; params?: object }

/** Asks past the page, waits for the answer and gives it. */
export async function answered(
  api: Api,
  id: string,
  { model, text, files = [], params = {} }: Asking,
) {
  const parts = [...(text ? [{ type: "text", text }] : []), ...files]
  const message = { id: newId(), parentId: null, parts }
  await api.send("POST", `/api/conversations/${id}/turn`, { message, models: [model], params })
  const answer = await api.last(id)
  expect(answer.error).toBeNull()
  return answer
}

export function filesOf({ parts }: Message): FilePart[] {
  return parts.filter((part) => part.type === "file")
}

/** How many colours a part of the page shows. */
export async function coloursOf(place: Locator): Promise<number> {
  const shot = decodePng(await place.screenshot())
  if (!shot) throw new Error("no picture")
  const colours = new Set<number>()
  for (let at = 0; at < shot.data.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = shot.data.subarray(at, at + 3)
    colours.add((red << 16) | (green << 8) | blue)
  }
  return colours.size
}

export const widthOf = async (place: Locator) => (await place.boundingBox())?.width ?? 0

export async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Model", exact: true }).click()
  await page.getByRole("searchbox", { name: "Search models" }).fill(name)
  await page.getByRole("option", { name: new RegExp(`^${name},`) }).click()
}

export async function attach(page: Page, file: Upload): Promise<void> {
  const chooser = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Attach files" }).click()
  await (await chooser).setFiles(file)
  await expect(page.getByRole("button", { name: `Remove ${file.name}` })).toBeVisible()
}
