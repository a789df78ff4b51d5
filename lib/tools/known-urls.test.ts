import { expect, test } from "@playwright/test"
import { knownUrls, normalUrl, urlsIn } from "./known-urls"

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
  const known = knownUrls([text], [{ url: "https://h.example/#top", title: "H" }])
  expect(known.has("https://h.example/")).toBe(true)
})
