import { expect, test } from "@playwright/test"
import { safePath } from "./credentials"

test("a callback leads to a path of this site or to the front page", () => {
  expect(safePath("/conversations/abc?x=1#y")).toBe("/conversations/abc?x=1#y")
  const foreign = [
    undefined,
    "",
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "/.//evil.example/x",
    "/..//evil.example",
    "/%2e//evil.example",
    "/conversations/../..//evil.example",
    "/\t/evil.example",
  ]
  for (const callback of foreign) expect(safePath(callback), callback).toBe("/")
})
