// A growing text ends in the middle of things. Its open emphasis, code and links are shown as if
// they were finished, so that no marks flash up and vanish again.

type Opened = { mark: string; contentStart: number }

type Scan = { text: string; open: Opened[]; brackets: number[] }

const mathOpening = /^(?:\$\$|\$(?![\s\d$])|\\[([])/
const mathClosing: Record<string, string> = { "\\(": "\\)", "\\[": "\\]", $$: "$$", $: "$" }
const maxLabelLength = 300

/** Inline text with what is open at its end closed; half a link is its words alone. */
export function completeOpen(text: string): string {
  const scan: Scan = { text, open: [], brackets: [] }
  let index = 0
  while (index < text.length) {
    const next = step(scan, index)
    if (typeof next === "string") return closeEmphasis(next, scan.open)
    index = next
  }
  return closeEmphasis(withoutHalfLabel(scan), scan.open)
}

/** The position after what stands at `index`, or the mended text when that never ends. */
function step(scan: Scan, index: number): number | string {
  const { text } = scan
  const formula = mathOpening.exec(text.slice(index, index + 2))?.[0]
  if (formula) {
    const closing = mathClosing[formula] ?? formula
    const end = text.indexOf(closing, index + formula.length)
    return end < 0 ? text : end + closing.length
  }
  switch (text[index]) {
    case "\\":
      return index + 2
    case "`":
      return stepCode(text, index)
    case "[":
      scan.brackets.push(index)
      return index + 1
    case "]":
      return stepLabelEnd(scan, index)
    case "*":
    case "_":
    case "~":
      return stepEmphasis(scan, index)
    default:
      return index + 1
  }
}

function stepCode(text: string, index: number): number | string {
  const mark = runAt(text, index)
  const content = text.slice(index + mark.length)
  for (const { 0: run, index: end } of content.matchAll(/`+/g)) {
    if (run === mark) return index + mark.length + end + run.length
  }
  const finished = content.replace(/`+$/, "")
  return finished.trim() === ""
    ? text.slice(0, index)
    : text.slice(0, index) + mark + finished + mark
}

function stepLabelEnd({ text, brackets }: Scan, index: number): number | string {
  const start = brackets.pop()
  if (start === undefined) return index + 1
  const end = text[index + 1] === "(" ? text.indexOf(")", index) : index
  const isHalf = end < 0 || index === text.length - 1
  return isHalf ? withoutMarks(text, start, index) : end + 1
}

function withoutHalfLabel({ text, brackets }: Scan): string {
  const start = brackets.at(-1)
  if (start === undefined || text.length - start > maxLabelLength) return text
  return withoutMarks(text, start, text.length)
}

function withoutMarks(text: string, start: number, labelEnd: number): string {
  const isImage = text[start - 1] === "!"
  return isImage ? text.slice(0, start - 1) : text.slice(0, start) + text.slice(start + 1, labelEnd)
}

function stepEmphasis(scan: Scan, index: number): number | string {
  const { text, open } = scan
  const run = runAt(text, index)
  const end = index + run.length
  const before = text[index - 1] ?? " "
  const after = text[end] ?? " "
  let left = run.length
  if (/\S/.test(before)) left -= closeBy(run, open)
  if (left > 0 && end === text.length) return text.slice(0, end - left)
  // Inside a word a mark is more often arithmetic or a name than emphasis.
  const canOpen = /\S/.test(after) && !/[\p{L}\p{N}]/u.test(before)
  if (left > 0 && left <= 3 && canOpen) open.push({ mark: run.slice(0, left), contentStart: end })
  return end
}

/** Closes what `run` closes of the open marks; returns how many of its characters that took. */
function closeBy(run: string, open: Opened[]): number {
  let used = 0
  while (used < run.length) {
    const top = open.at(-1)
    if (!top || top.mark[0] !== run[0]) break
    open.pop()
    const taken = Math.min(top.mark.length, run.length - used)
    used += taken
    if (taken < top.mark.length) open.push({ ...top, mark: top.mark.slice(taken) })
  }
  return used
}

function closeEmphasis(text: string, open: Opened[]): string {
  if (open.length === 0) return text
  const body = text.trimEnd()
  const filled = open.filter(({ contentStart }) => contentStart < body.length)
  const firstEmpty = open[filled.length]
  const start = firstEmpty ? firstEmpty.contentStart - firstEmpty.mark.length : body.length
  const closing = filled.map(({ mark }) => mark).reverse()
  return body.slice(0, start).trimEnd() + closing.join("")
}

function runAt(text: string, index: number): string {
  let end = index + 1
  while (text[end] === text[index]) end += 1
  return text.slice(index, end)
}
