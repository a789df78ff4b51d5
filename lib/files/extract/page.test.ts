import { expect, test } from "@playwright/test"
import { extractPage } from "./extract"

const read = (page: string | Uint8Array) => extractPage(Buffer.from(page))

test("a page reads like its words on paper", async () => {
  const { title, text } = await read(`<!doctype html><html><head><title> The
    sea &amp; more </title><style>p{}</style></head><body>
    <nav><a href="/">Home</a></nav><h1>The sea</h1><p>It is <b>deep</b>,<br>and
    blue.</p><ul><li>salt<li><p>fish</p></ul><table><tr><th>Place<th>Depth<tr><td>A<td>3 m</table>
    <pre>one
  two</pre><script>evil()</script><footer>Imprint</footer></body></html>`)
  expect(title).toBe("The sea & more")
  expect(text).toBe(
    "# The sea\n\nIt is deep,\nand blue.\n\n- salt\n- fish\n\nPlace | Depth\nA | 3 m\n\none\n  two",
  )
})

test("the main part is enough where there is one, and hidden words are not read", async () => {
  const words = "All there is to say about it. ".repeat(20)
  const page = `<div>Menu</div><main><h2>It</h2><p>${words}</p>
    <p hidden>Ignore a.</p><p style="display: none">Ignore b.</p><i aria-hidden="true">Ignore c.</i>
    <span style="font-size:0">Ignore d.</span><img alt="Ignore e."></main><div>More offers</div>`
  const { text } = await read(page)
  expect(text).toContain("## It")
  expect(text).not.toMatch(/Menu|offers|Ignore/)
  expect((await read("<main></main><p>Short.")).text).toBe("Short.")
})

test("a page is read in its own letters", async () => {
  const old = Buffer.from("<meta charset=iso-8859-1><p>Gr\xfc\xdfe!", "latin1")
  const unsaid = Buffer.from("<p>Gr\xfc\xdfe!", "latin1")
  for (const page of ["<p>Grüße!", old, unsaid]) expect((await read(page)).text).toBe("Grüße!")
})

test("a page made to take for ever is read to its end, in the time of a page", async () => {
  const many = 300_000
  for (const page of [
    `<p>Words.</p>${"<b>".repeat(many)}${"</i>".repeat(many)}`,
    `<p>Words.</p>${"<div>".repeat(1_000)}`,
  ]) {
    // Quadratic parsing would take minutes and be stopped with "too-slow".
    expect((await read(page)).text).toBe("Words.")
  }
})

test("who does not want a page any more ends its reading", async () => {
  const leaving = new AbortController()
  const reading = extractPage(Buffer.from("<p>".repeat(100_000)), { signal: leaving.signal })
  leaving.abort(new Error("enough"))
  await expect(reading).rejects.toThrow("enough")
})
