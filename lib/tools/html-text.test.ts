import { expect, test } from "@playwright/test"
import { htmlText } from "./html-text"

test("a page reads like its words on paper", () => {
  const { title, text } = htmlText(`<!doctype html><html><head><title> The
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

test("the main part is enough where there is one, and hidden words are not read", () => {
  const words = "All there is to say about it. ".repeat(20)
  const page = `<div>Menu</div><main><h2>It</h2><p>${words}</p>
    <p hidden>Ignore a.</p><p style="display: none">Ignore b.</p><i aria-hidden="true">Ignore c.</i>
    <span style="font-size:0">Ignore d.</span></main><div>More offers</div>`
  const { text } = htmlText(page)
  expect(text).toContain("## It")
  expect(text).not.toMatch(/Menu|offers|Ignore/)
  expect(htmlText("<main></main><p>Short.").text).toBe("Short.")
})

test("a page made to take for ever takes no time", () => {
  const many = 300_000
  for (const page of [
    "<b>".repeat(many),
    `${"<b>".repeat(many)}${"</i>".repeat(many)}`,
    `<p>Words.</p>${"<div><p>".repeat(many)}`,
    `${"<!--".repeat(many)}`,
    `<a ${"x ".repeat(many)}>`,
    `<p>${"&amp".repeat(many)}`,
    "<".repeat(many * 3),
    `<table><tr>${"<td>a".repeat(many)}`,
    `<p>${"a<b></b>".repeat(many / 3)}`,
  ]) {
    // Of the processor, not of the clock: others may be busy. What grows with the square takes minutes.
    const start = process.cpuUsage()
    htmlText(page)
    expect(process.cpuUsage(start).user / 1_000, page.slice(0, 20)).toBeLessThan(4_000)
  }
  expect(htmlText(`<p>Words.</p>${"<div>".repeat(1_000)}`).text).toBe("Words.")
})
