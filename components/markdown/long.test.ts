import { expect, test } from "@playwright/test"
import { isSlow } from "@/lib/base/testing-cost"
import { hashWordAt } from "../files/hash-word"
import { type Blocks, nextBlocks, noBlocks } from "./blocks"

/** Texts that have stopped pages: each repeated to any length. */
const pieces = [
  ...[
    "\n",
    "> ",
    "> a\n",
    "> a\nb\n",
    "> - a\nb\n",
    "`",
    "` a",
    "```\n",
    "~",
    "*",
    "*a",
    "**a**",
    "*a _b ",
  ],
  ...[
    "_a ",
    "|",
    "|a|b|\n|-|-|\n",
    "|\n",
    "[",
    "![",
    "[a](b",
    "[a](b ",
    "[a][b] ",
    "[a]: b\n",
    "]",
    "\\[",
  ],
  ...[
    "<",
    "<a ",
    "<div>\n\n",
    "x<!-- a --",
    "$",
    "$a$ ",
    "$$x\n",
    "a\n$$\n",
    "\\(",
    "- ",
    "- a\n",
    "1. a\n",
  ],
  ...[
    "- a\n\n",
    "a\n=",
    "# a\n",
    "&amp;",
    "👩‍👩‍👧‍👦",
    "\u0301",
    "שלום ",
    "a",
    "aGVsbG8=",
    "http://a.",
    "www.",
  ],
  ...[
    "a.b@c.",
    "!",
    "!a",
    "+ - * ",
    "  \na",
    "    a\n",
    "\t",
    "\r\n",
    "* * ",
    "_ ",
    "(",
    "http://a.b/)",
  ],
]
const beginnings = [
  "",
  "- ",
  "- a\n",
  "> ",
  "| a |\n|---|\n",
  `|${"a|".repeat(2_000)}\n|${"-|".repeat(2_000)}\n`,
]

test("reading a long text costs by its length, whatever is in it", { tag: "@whole" }, async () => {
  const slow: string[] = []
  const read = (text: string) => nextBlocks(noBlocks, text, false)
  for (const piece of pieces) {
    const text = (chars: number) => piece.repeat(Math.ceil(chars / piece.length))
    if (await isSlow(read, text(16_000), text(64_000))) slow.push(piece)
  }
  for (const beginning of beginnings) {
    const text = (chars: number) => beginning + "a\n|\n".repeat(Math.ceil(chars / 4))
    if (await isSlow(read, text(16_000), text(64_000))) slow.push(beginning.slice(0, 20))
  }
  expect(slow).toEqual([])
})

test("the lexer gets little more than a long text has, and never much of it at once", {
  tag: "@whole",
}, () => {
  // A table is read at once, since it would lose its head.
  for (const piece of pieces.filter((each) => !each.includes("|-"))) {
    const text = piece.repeat(Math.ceil(100_000 / piece.length))
    let blocks: Blocks = noBlocks
    let most = 0
    do {
      const next = nextBlocks(blocks, text, true, 1)
      if (!next.fence) most = Math.max(most, next.lexedLength - blocks.lexedLength)
      blocks = next
    } while (!blocks.isWhole)
    // A piece of 4,000 and what was open before it, read once more when it is closed.
    expect(most, piece).toBeLessThan(30_000)
    expect(blocks.lexedLength / text.length, piece).toBeLessThan(7)
  }
})

test("a long text of ordinary blocks is read as if it were read at once", () => {
  const chapter =
    "## A heading\n\nSome *words* with `code` and a [link](https://a.example).\n\n- one\n- two\n\n"
  const text = `${chapter.repeat(300)}| a | b |\n|---|---|\n${"| 1 | 2 |\n".repeat(2_000)}\n\`\`\`js\n${"line\n".repeat(4_000)}\`\`\`\n\nEnd.`
  const types = nextBlocks(noBlocks, text, false)
    .groups.flat()
    .map(({ node }) => node.type)
  expect(types.length).toBe(300 * 3 + 3)
  expect(types.slice(-3)).toEqual(["table", "code", "paragraph"])
})

test("a picture that is written out is one, however long its address", () => {
  const text = `![red](data:image/png;base64,${"ABCD".repeat(20_000)})\n\nAnd on.`
  for (const isStreaming of [false, true]) {
    const [block, after] = nextBlocks(noBlocks, text, isStreaming).groups.flat()
    const tokens = block?.node.type === "paragraph" ? block.node.tokens : []
    expect(tokens.map(({ type }) => type)).toEqual(["image"])
    expect(after?.node.raw).toBe("And on.")
  }
})

test("a word for a file is looked for in a long text without reading all of it", async () => {
  for (const piece of ["#", "a", " ", "# ", "#a\n"]) {
    const text = (chars: number) => piece.repeat(chars / piece.length)
    const read = (all: string) => hashWordAt(all, all.length)
    expect(await isSlow(read, text(16_000), text(64_000)), piece).toBe(false)
  }
})
