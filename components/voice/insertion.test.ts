import { expect, test } from "@playwright/test"
import { insertion } from "./insertion"

test("dictated words stand apart from what is around them", () => {
  expect(insertion("", "Hello.", "")).toBe("Hello.")
  expect(insertion("Say", "hello", "")).toBe(" hello")
  expect(insertion("Say ", "hello", "to her")).toBe("hello ")
  expect(insertion("Say\n", "hello", "\nto her")).toBe("hello")
  expect(insertion("(", "hello", ")")).toBe("hello")
  expect(insertion("Say", "hello", ", please")).toBe(" hello")
  expect(insertion("晴れ", "です", "。")).toBe("です")
})
