import { expect, test } from "@playwright/test"
import { nearestSuccessor } from "./succession"

test("the nearest of the same vendor and type is the one whose name is closest, then the newest", () => {
  const listed = (id: string, vendor = "Acme AI", type = "chat") => ({ id, vendor, type })
  const offered = [
    listed("acme/swift-2-mini"),
    listed("acme/swift-3-mini"),
    listed("acme/swift-3"),
    listed("acme/swift-1-large"),
    listed("acme/ocean-3-8b"),
    listed("acme/ocean-3-70b"),
    listed("acme/swift-9-mini", "Acme", "image"),
    listed("other/swift-9-mini", "Other"),
  ]
  const next = (id: string, vendor?: string, type?: string) =>
    nearestSuccessor(listed(id, vendor, type), offered)
  expect(next("acme/swift-1-mini")).toBe("acme/swift-3-mini")
  expect(next("Acme/Swift-1", "acme-ai")).toBe("acme/swift-3")
  expect(next("acme/ocean-2-7b")).toBe("acme/ocean-3-8b")
  expect(next("acme/swift-2-large")).toBe("acme/swift-3")
  expect(next("acme/swift-1-mini", "Acme", "image")).toBe("acme/swift-9-mini")
  expect(next("acme/river-1")).toBeNull()
})
