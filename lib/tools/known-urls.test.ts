import { expect, test } from "@playwright/test"
import { isSlow } from "../base/testing-cost"
import { KnownUrls, normalUrl, urlsIn } from "./known-urls"

test("an address is compared as the URL parser understands it, without fragment", () => {
  expect(normalUrl("HTTPS://Example.com:443/a/../b?c=d#e")).toBe("https://example.com/b?c=d")
  for (const address of [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "example.com",
    "",
    "data:,x",
  ]) {
    expect(normalUrl(address)).toBeNull()
  }
})

test("addresses are found in what a person wrote, without what the sentence adds", () => {
  const text =
    "Read (https://a.example/b_(c)), **http://d.example/e?f=1**, then <https://g.example>."
  expect(urlsIn(text)).toEqual(
    expect.arrayContaining([
      "https://a.example/b_(c)",
      "http://d.example/e?f=1",
      "https://g.example/",
    ]),
  )
  expect(urlsIn("no address: //x.example, mailto:a@b.example, ftp://c.example")).toEqual([])
})

/** An array that counts how often it is scanned. */
class Texts extends Array<string> {
  looks = 0
  override [Symbol.iterator]() {
    this.looks += 1
    return super[Symbol.iterator]()
  }
}

test("what a person wrote is looked through once a turn, and only when an address is asked for", () => {
  const texts = new Texts("see https://a.example.", "and https://b.example")
  const known = new KnownUrls(texts, [{ url: "https://h.example/#top", title: "H" }])
  known.add([{ url: "https://i.example/", title: "I" }])
  expect(texts.looks).toBe(0)
  for (const site of ["a", "b", "h", "i"]) expect(known.has(`https://${site}.example/`)).toBe(true)
  expect(known.has("https://c.example/")).toBe(false)
  known.add([{ url: "https://c.example", title: "C" }])
  expect(known.has("https://c.example/")).toBe(true)
  expect(texts.looks).toBe(1)
})

test("an address of dots and brackets costs by its length, not by its cube", async () => {
  const address = (chars: number) =>
    `https://a.example/${".".repeat(chars / 2)}x${")".repeat(chars / 2)}`
  const read = (text: string) => {
    for (let left = 100; left > 0; left--) urlsIn(text)
  }
  expect(await isSlow(read, address(450), address(1_800))).toBe(false)
})
