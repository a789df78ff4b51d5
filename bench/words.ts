import { marks, type Script } from "./prompt"

const tokenChars = 4

/** The chunks of an answer. Plain chunks contain their number, as `w12 `, so that clients can tell them apart. */
export function chunksOf(script: Script): string[] {
  const { id, tokens, chunk, text } = script
  const count = Math.ceil(tokens / chunk)
  if (text === "plain") {
    const filler = "word ".repeat(chunk - 1)
    return Array.from({ length: count }, (_, index) => `w${index} ${filler}`)
  }
  const { start, end } = marks(id)
  // The marks are separate paragraphs, so that they do not affect the other markdown.
  const frame = `${start}\n\n` + `\n\n${end}`
  const body = markdown(tokens * tokenChars - frame.length)
  const whole = `${start}\n\n${body}\n\n${end}`
  const size = chunk * tokenChars
  return Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
    whole.slice(index * size, (index + 1) * size),
  )
}

/** Markdown with exactly this many characters, deterministic by seed: prose, lists, tables, code, math. */
export function markdown(chars: number, seed = 0): string {
  const sections: string[] = []
  let rest = Math.max(0, chars)
  for (let index = seed; ; index++) {
    const section = `${sectionAt(index)}\n\n`
    if (section.length > rest) break
    sections.push(section)
    rest -= section.length
  }
  const filler = sentence(seed).repeat(Math.ceil(rest / sentence(seed).length))
  return `${sections.join("")}${filler.slice(0, rest)}`
}

function sectionAt(index: number): string {
  const shapes = [prose, list, table, code, math]
  const shape = shapes[index % shapes.length] ?? prose
  const heading = `${"#".repeat(2 + (index % 2))} Part ${index + 1}: ${nouns[index % nouns.length]}`
  return `${heading}\n\n${sentence(index)}\n\n${shape(index)}`
}

const nouns = ["harbour", "orchard", "archive", "lantern", "estuary", "workshop", "meridian"]

function sentence(index: number): string {
  const noun = (step: number) => nouns[(index + step) % nouns.length]
  return `The **${noun(0)}** keeps what the *${noun(2)}* forgets, and \`${noun(4)}\` counts both of them twice. `
}

function prose(index: number): string {
  return Array.from({ length: 4 }, (_, step) => sentence(index + step)).join("")
}

function list(index: number): string {
  return Array.from({ length: 6 }, (_, step) => `${step + 1}. ${sentence(index + step)}`).join("\n")
}

function table(index: number): string {
  const rows = Array.from({ length: 6 }, (_, step) => {
    return `| ${nouns[(index + step) % nouns.length]} | ${index * 7 + step} | ${step * 13}.5 |`
  })
  return ["| name | count | share |", "| --- | ---: | ---: |", ...rows].join("\n")
}

function code(index: number): string {
  const lines = Array.from({ length: 8 }, (_, step) => {
    return `  const value${step} = compute("${nouns[(index + step) % nouns.length]}", ${index + step}) // step ${step}`
  })
  return [
    "```ts",
    `export function run${index}(): number {`,
    ...lines,
    "  return 0",
    "}",
    "```",
  ].join("\n")
}

function math(index: number): string {
  return `The sum $\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}$ holds for $n = ${index}$:\n\n$$\n\\int_0^{${index}} x^2\\,dx = \\frac{${index}^3}{3}\n$$`
}
