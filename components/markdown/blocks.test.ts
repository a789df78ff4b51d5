import { expect, test } from "@playwright/test"
import { Lexer } from "marked"
import { type Blocks, nextBlocks, noBlocks } from "./blocks"
import { lex } from "./lexer"

const pieces = [
  ...[
    "# Head\n",
    "text line\n",
    "text **bold** `code`\n",
    "\n",
    "\n\n",
    "- item\n",
    "- [ ] task\n",
  ],
  ...[
    "  cont\n",
    "* star\n",
    "1. one\n",
    "2. two\n",
    "10. ten\n",
    "1)\n",
    "   para\n",
    "> quote\n",
  ],
  ...[
    "> - q\n",
    "```js\n",
    "```\n",
    "~~~\n",
    "    indented\n",
    "\tTab\n",
    "---\n",
    "===\n",
    "***\n",
  ],
  ...[
    "***bold***\n",
    "| a | b |\n",
    "|---|---|\n",
    "| 1 | 2 |\n",
    "a | b\n",
    "--- | ---\n",
    "$$\n",
  ],
  ...["$$x$$\n", "$$x$$ t\n", "\\[\n", "\\]\n", "\\[ y \\]\n", "x = 1\n", "<div>\n", "</div>\n"],
  ...["<!-- c\n", "-->\n", "<script>\n", "</script>\n", "<b>hi</b>\n", '<a href="x">\n', "#hash\n"],
  ...[
    "```a`b\n",
    "\r\n",
    "\r",
    "[ref]\n",
    "![i](http://x)\n",
    "[a](b\n",
    "$a_1$ and $5\n",
    "   \n",
  ],
  ...[
    " \n",
    "+ p\n",
    "- - -\n",
    "- -\n",
    "-\n",
    "<br>\n",
    "  - nested\n",
    "    - deep\n",
    "  ```\n",
  ],
  ...[
    "**\n",
    "`\n",
    "<p\n",
    ">\n",
    "&amp; x\n",
    "https://a.b/c\n",
    "word",
    " ",
    "12",
    "> ",
    "\\",
    "|",
  ],
]
const definitions = ["[ref]: /url\n", "[foo\n", 'bar]: /u "t\n', '" end\n', "[r]: <x> 'a\n"]

test("however a text arrives, it ends as the same blocks as the whole text", () => {
  const random = randomFrom(7)
  for (let round = 0; round < 800; round += 1) {
    const source = round % 2 ? pieces : [...pieces, ...definitions, ...definitions]
    const text = madeOf(source, random)
    const blocks = grownBy(text, () => 1 + Math.floor(random() * (round % 3 ? 8 : 1)))
    expect(nodes(blocks), JSON.stringify(text)).toEqual(wholeNodes(text))
  }
})

for (const text of [
  // A number other than one begins a list only where no paragraph goes on.
  "text\n 10. ten\n|- [ ] task\n",
  // A line that looks like a heading or a fence until its next character.
  "text\n#hashtag\n```a`b\n",
  "1. one\n\n2. two\n\n   more\n\nafter\n",
  // A formula ends the paragraph that an underline makes a heading.
  "text\n$$x$$\nmore\n---\n",
  "$$\na\n- b\n  \n  c\n$$\n",
  "> a `\n\n  ```\nb\n",
]) {
  test(`letter by letter: ${JSON.stringify(text)}`, () => {
    expect(nodes(grownBy(text, () => 1))).toEqual(wholeNodes(text))
  })
}

test("the blocks are marked's own", () => {
  const text = answer(3).replace(/\$\$[\s\S]*?\$\$/g, "formula")
  const own = Lexer.lex(text, { gfm: true }).filter(({ type }) => type !== "space")
  expect(nodes(grownBy(text, () => 5))).toEqual(own)
})

test("closed blocks keep their identity while the text grows", () => {
  const text = answer(40)
  let blocks = noBlocks
  for (let end = 100; end < text.length; end += 100) {
    const grown = nextBlocks(blocks, text.slice(0, end), true)
    const now = grown.groups.flat()
    const closed = blocks.groups.flat().slice(0, blocks.closedCount)
    expect(closed.findIndex((block, index) => block !== now[index])).toBe(-1)
    const full = blocks.groups.slice(0, Math.floor(blocks.closedCount / 32))
    expect(full.findIndex((group, index) => group !== grown.groups[index])).toBe(-1)
    blocks = grown
  }
  expect(blocks.closedCount).toBeGreaterThan(200)
})

test("what an update costs does not depend on how much is closed", () => {
  const perCharacter = [20, 80].map((sections) => {
    const text = answer(sections)
    return grownBy(text, () => 40, { finish: false }).lexedLength / text.length
  })
  expect((perCharacter[1] ?? 0) / (perCharacter[0] ?? 1)).toBeLessThan(1.1)
})

test("an open code fence is not read again from its start", () => {
  const code = "const answer = 42\n".repeat(2_000)
  const text = `Here it is:\n\n\`\`\`ts\n${code}`
  const blocks = grownBy(text, () => 20, { finish: false })
  expect(blocks.lexedLength).toBeLessThan(500)
  expect(nodes(blocks).at(-1)).toMatchObject({ type: "code", lang: "ts", text: code.trimEnd() })
  const closed = nextBlocks(blocks, `${text}\`\`\`\n\nAfter`, true)
  expect(nodes(closed).map(({ type }) => type)).toEqual(["paragraph", "code", "paragraph"])
})

test("in a long open list only the last item is new", () => {
  const items = Array.from({ length: 50 }, (_, index) => `- item **${index}** and \`code\`\n`).join(
    "",
  )
  const before = nextBlocks(noBlocks, items, true)
  const after = nextBlocks(before, `${items}- one more`, true)
  const [old, grown] = [before, after].map((blocks) => nodes(blocks)[0])
  if (old?.type !== "list" || grown?.type !== "list") throw new Error("expected lists")
  expect(grown.items).toHaveLength(51)
  expect(grown.items.filter((item) => old.items.includes(item))).toHaveLength(49)
})

test("a definition that comes late reaches its earlier uses at the end, and only those change", () => {
  const text = "See [the docs].\n\nNothing here.\n\n[the docs]: https://example.com\n"
  const streamed = grownBy(text, () => 3, { finish: false })
  const finished = nextBlocks(streamed, text, false)
  expect(JSON.stringify(nodes(streamed))).not.toContain("example.com")
  expect(JSON.stringify(nodes(finished)[0])).toContain("https://example.com")
  expect(nodes(finished)[1]).toBe(nodes(streamed)[1])
})

test("another text, and a shorter one, start anew", () => {
  const first = nextBlocks(noBlocks, "One\n\nTwo", true)
  expect(nodes(nextBlocks(first, "Other", true))).toEqual(wholeNodes("Other"))
  expect(nodes(nextBlocks(first, "One", true))).toEqual(wholeNodes("One"))
  expect(nodes(nextBlocks(first, "", true))).toEqual([])
})

test("a finished text may go on", () => {
  const finished = nextBlocks(nextBlocks(noBlocks, "- a\n- b", true), "- a\n- b", false)
  expect(finished.groups.flat().every(({ open }) => !open)).toBe(true)
  const text = "- a\n- b\n- c"
  expect(nodes(nextBlocks(nextBlocks(finished, text, true), text, false))).toEqual(wholeNodes(text))
})

test("hostile texts are read in bounded time and depth", () => {
  const started = performance.now()
  const texts = [
    "**a**".repeat(16_000),
    "**a**".repeat(9_900),
    "[".repeat(10_000),
    ">".repeat(10_000),
    "![".repeat(10_000),
    "[a](b".repeat(8_000),
    "- ".repeat(10_000),
    "1. ".repeat(10_000),
    "> - ".repeat(10_000),
    "*a ".repeat(10_000),
    "*a _b ".repeat(8_000),
    `${"[".repeat(5_000)}a${"](b)".repeat(5_000)}`,
    "`".repeat(20_000),
    "$a".repeat(20_000),
    "\\(".repeat(20_000),
    "a\n\n".repeat(20_000),
    "a\n$$\n".repeat(10_000),
    `|${"a|".repeat(500)}\n|${"-|".repeat(500)}\n${`|${"b|".repeat(500)}\n`.repeat(60)}`,
    "<".repeat(40_000),
    "<!--".repeat(15_000),
    "&".repeat(50_000),
    "http://a.".repeat(5_000),
  ]
  for (const text of texts) {
    const finished = nextBlocks(nextBlocks(noBlocks, text, true), text, false)
    expect(depthOf(nodes(finished)), text.slice(0, 10)).toBeLessThan(200)
  }
  expect(performance.now() - started).toBeLessThan(30_000)
})

function grownBy(text: string, stepLength: () => number, { finish = true } = {}): Blocks {
  let blocks = noBlocks
  for (let end = 0; end < text.length; ) {
    end = Math.min(text.length, end + stepLength())
    blocks = nextBlocks(blocks, text.slice(0, end), true)
  }
  return finish ? nextBlocks(blocks, text, false) : blocks
}

function nodes(blocks: Blocks) {
  return blocks.groups.flat().map(({ node }) => node)
}

function wholeNodes(text: string) {
  const whole = lex(text.replace(/\r\n?/g, "\n")).nodes
  return whole.filter(({ type }) => type !== "space" && type !== "def")
}

function answer(sections: number): string {
  const section = (number: number) => `## Part ${number}

A paragraph with **bold**, *emphasis*, \`code\` and a [link](https://example.com/${number}).

- first
- second with \`code\`

\`\`\`ts
const value = ${number}
\`\`\`

| name | value |
|---|--:|
| a | ${number} |

$$
x^${number}
$$

`
  return Array.from({ length: sections }, (_, index) => section(index)).join("")
}

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

function madeOf(source: string[], random: () => number): string {
  const count = 2 + Math.floor(random() * 14)
  return Array.from({ length: count }, () => source[Math.floor(random() * source.length)]).join("")
}

/** The same numbers between 0 and 1 for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
