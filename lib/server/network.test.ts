import { expect, test } from "@playwright/test"
import { toNetwork } from "./network"

test("every spelling of an address is one network", () => {
  const spellings = [
    "2001:db8:0:1::5",
    "2001:0DB8::1:0:0:0:5",
    "2001:db8:0:1:ffff:1:2:3",
    "2001:db8:0:1::%eth0",
  ]
  expect(new Set(spellings.map(toNetwork))).toEqual(new Set(["2001:db8:0:1::/64"]))
  expect(toNetwork("::1")).toBe("0:0:0:0::/64")
  expect(toNetwork("::ffff:10.0.0.1")).toBe("10.0.0.1")
  expect(toNetwork("10.0.0.1")).toBe("10.0.0.1")
  expect(toNetwork("")).toBe("")
})
