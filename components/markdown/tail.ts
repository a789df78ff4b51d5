// The last lines of a growing text: marks that could still become anything are held back, and a
// table is a table from its first row on.

// Any nesting of list and quote marks, then a mark that the next character may still change.
const undecided =
  /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)]|>)[ \t]+)*(?:[-*+=_~`]+|#{1,6}|\d{1,9}[.)]?|>+|<|\||\${1,2}|\\[[(]?|!?\[|\[[ xX]\]?)?[ \t]*$/

/** The tail of a text as its end should look while more is to come. */
export function completeTail(tail: string): string {
  const lineStart = tail.lastIndexOf("\n") + 1
  const lastLine = tail.slice(lineStart)
  const isBareNumber = lineStart === 0 && /^\d+$/.test(lastLine)
  const isHeldBack = lastLine.trim() !== "" && undecided.test(lastLine) && !isBareNumber
  return withTableRule(isHeldBack ? tail.slice(0, lineStart) : tail)
}

function withTableRule(tail: string): string {
  const [last = "", before = "", earlier = ""] = lastLines(tail)
  if (!isRow(last)) return tail
  if (!isRow(before)) return `${tail.trimEnd()}\n${ruleFor(last)}`
  const isPartialRule = !isRow(earlier) && /^[ \t]*\|[\s:|-]*$/.test(last)
  if (!isPartialRule) return tail
  return `${tail.trimEnd().slice(0, -last.trimEnd().length)}${ruleFor(before)}`
}

function lastLines(tail: string): string[] {
  const end = tail.endsWith("\n") ? tail.length - 1 : tail.length
  const start = Math.max(0, end - 4_000)
  return tail.slice(start, end).split("\n").slice(-3).reverse()
}

function isRow(line: string): boolean {
  return /^[ \t]*\|/.test(line)
}

function ruleFor(head: string): string {
  const indent = /^[ \t]*/.exec(head)?.[0] ?? ""
  const cells = head
    .replace(/\\\|/g, "")
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
  return `${indent}|${cells.map(() => " --- ").join("|")}|`
}
