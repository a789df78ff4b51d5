import { expect, test } from "@playwright/test"
import { lex, type Node, nodesOf } from "./lexer"

test("formulas in a line", () => {
  expect(formulas("Let $x^2$ and \\(y\\) be, so $$z$$ and \\[w\\].")).toEqual([
    "x^2",
    "y",
    "z",
    "w",
  ])
  expect(formulas("the $n$-th and the $n$th")).toEqual(["n", "n"])
  expect(formulas("**Area $a_1 b_2$**")).toEqual(["a_1 b_2"])
  expect(formulas("$a \\$ b$")).toEqual(["a \\$ b"])
})

for (const text of [
  "It costs $5 and $10.",
  "From $5 to $10 or $20",
  "**$5** and **$10**",
  "$ x $",
  "US$5 or A$6",
  "a lone $ sign",
  "\\$x\\$",
  "`$x$`",
  "$5-$10",
]) {
  test(`no formula: ${text}`, () => {
    expect(formulas(text)).toEqual([])
  })
}

test("formulas on lines of their own", () => {
  expect(types("$$\nx\n$$")).toEqual(["math"])
  expect(types("\\[\nx\n- y\n\\]")).toEqual(["math"])
  expect(types("Text\n$$\nx\n$$\nmore")).toEqual(["paragraph", "math", "paragraph"])
  expect(types("- item\n\n  $$\n  x\n  $$")).toEqual(["list"])
  expect(formulas("- item\n\n  $$\n  x\n  $$")).toEqual(["x"])
  expect(types("$$x$$ in a line")).toEqual(["paragraph"])
})

test("a formula that is never closed takes nothing with it", () => {
  expect(types("$$\nx\n\n# Head\n\ntext $$")).toEqual(["paragraph", "heading", "paragraph"])
  expect(lex("$$\nx").nodes[0]).toMatchObject({ type: "math", open: true, raw: "$$\nx" })
})

function types(text: string): string[] {
  return lex(text).nodes.flatMap(({ type }) => (type === "space" ? [] : type))
}

function formulas(text: string): string[] {
  return lex(text).nodes.flatMap(formulasIn)
}

function formulasIn(node: Node): string[] {
  if (node.type === "math") return [node.text]
  if (node.type === "list")
    return node.items.flatMap((item) => nodesOf(item.tokens).flatMap(formulasIn))
  return "tokens" in node ? nodesOf(node.tokens).flatMap(formulasIn) : []
}
