import { expect, test } from "@playwright/test"
import { seenName } from "./names"

test("a name says what is seen: no turned writing, no width of nothing, no heap of marks", () => {
  for (const [given, seen] of [
    ["  Ada   Lovelace ", "Ada Lovelace"],
    ["Ada\u202E ecalevoL\u0000\u200B", "Ada ecalevoL"],
    ["e\u0301", "\u00e9"],
    ["\u0e19\u0e49\u0e33", "\u0e19\u0e49\u0e33"],
    ["👩‍🚀", "👩‍🚀"],
    ["\u202E\u200B", ""],
  ] as const) {
    expect(seenName(given), JSON.stringify(given)).toBe(seen)
  }
  const heap = seenName(`Zo${"\u0316".repeat(450)}${"\u0301".repeat(450)}e`)
  expect(heap).toBe(`Zo${"\u0316".repeat(8)}e`)
})
