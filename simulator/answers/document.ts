import { readFileSync } from "node:fs"
import { join } from "node:path"

export interface Section {
  heading: string
  body: string
}

/** A prepared text: its fields, and what stands under each heading. */
export interface Document {
  fields: Record<string, string>
  sections: Section[]
}

function fieldOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(":")
  return [line.slice(0, colon), line.slice(colon + 1).trim()]
}

/** A row of a table without the spaces that line up its columns in the file. */
function compact(line: string): string {
  if (!line.startsWith("|")) return line
  return /^[|:\s-]+$/.test(line)
    ? line.replace(/-+/g, "--").replace(/ +/g, " ")
    : line.replace(/ +/g, " ")
}

function sectionOf(text: string): Section {
  const [heading = "", ...lines] = text.split("\n")
  return { heading, body: lines.map(compact).join("\n").trim() }
}

/** Reads a Markdown file of this folder that begins with its fields in a comment. */
export function readDocument(...path: string[]): Document {
  const text = readFileSync(join(import.meta.dirname, ...path), "utf8").replaceAll("\r\n", "\n")
  const [, head, rest] = /^<!--\n([\s\S]*?)\n-->\n([\s\S]*)$/.exec(text) ?? []
  if (head === undefined || rest === undefined) {
    throw new Error(`${path.join("/")} has to begin with its fields in a comment.`)
  }
  return {
    fields: Object.fromEntries(head.split("\n").map(fieldOf)),
    sections: rest.split(/^## /m).slice(1).map(sectionOf),
  }
}

/** A text with every `{name}` it knows replaced; braces of code and formulas stay. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{([A-Za-z]+)\}/g, (whole, name: string) => values[name] ?? whole)
}
