import { expect, test } from "@playwright/test"
import { readJson } from "./body"

const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels)

function read(body: string, type = "application/json") {
  const headers = { "content-type": type }
  return readJson(new Request("http://localhost", { method: "POST", body, headers }))
}

test("a body is JSON of a sane depth and size, or refused in words", async () => {
  expect(await read(`{"a":${nested(99)}}`)).toHaveProperty("a")
  for (const [body, message] of [
    [nested(102), /nested too deeply/],
    [nested(400_000), /nested too deeply/],
    [`${`{"a":`.repeat(150_000)}1${"}".repeat(150_000)}`, /nested too deeply/],
    ["{", /not valid JSON/],
    ['"\ud800"'.slice(0, 2), /not valid JSON/],
  ] as const) {
    await expect(read(body)).rejects.toMatchObject({ code: "invalid", message })
  }
  await expect(read("{}", "text/plain")).rejects.toMatchObject({ code: "unsupported_type" })
  await expect(read(`"${"x".repeat(1_000_000)}"`)).rejects.toMatchObject({ code: "too_large" })
})
