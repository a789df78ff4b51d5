import { expect, test } from "@playwright/test"
import { limits } from "../base/limits"
import { readPictures } from "./moderated-files"

test("pictures that are too much together are refused before one is read", async () => {
  let reads = 0
  const picture = (sizeBytes: number) => ({
    mediaType: "image/png",
    sizeBytes,
    read: async () => {
      reads += 1
      return new Uint8Array(1)
    },
  })
  const half = limits.attachedBytes / 2
  const heavy = readPictures([picture(half), picture(half), picture(1)], "Too heavy.")
  await expect(heavy).rejects.toMatchObject({ code: "too_large", message: "Too heavy." })
  expect(reads).toBe(0)
  expect(await readPictures([picture(half), picture(half)], "")).toHaveLength(2)
  expect(reads).toBe(2)
})
