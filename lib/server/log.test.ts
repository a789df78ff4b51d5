import { expect, test } from "@playwright/test"
import { log } from "./log"

test("a line holds no secret, by name or by look, and cannot be forged", () => {
  const lines: string[] = []
  const write = process.stdout.write
  process.stdout.write = (line: string | Uint8Array) => lines.push(String(line)) > 0
  try {
    log("warn", "test", {
      apiKey: "value-1",
      error: "401 Incorrect API key provided: sk-value-2, Bearer value-3\r\nINFO admin ok",
      cause: "postgresql://user:value-4@host/db refused",
    })
  } finally {
    process.stdout.write = write
  }
  expect(lines).toHaveLength(1)
  expect(lines[0]?.trimEnd()).not.toMatch(/value-|\n/)
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "warn", event: "test" })
})
