"use client"

import { useEffect, useState } from "react"
import { isTooLongForBox } from "../composer/box-text"

const firstChars = 2_000
const firstLines = 30
const pieceChars = 4_000
const piecesAtOnce = 2

/**
 * What a person wrote, as they wrote it. Of a very long text the beginning is shown, and the rest when it is
 * asked for, piece by piece: a browser takes the square of some texts to lay them out in one.
 */
export function LongText({ text }: { text: string }) {
  const [shown, setShown] = useState(0)
  const pieces = isTooLongForBox(text) ? piecesOf(text) : null
  const count = pieces?.length ?? 0
  useEffect(() => {
    if (shown === 0 || shown >= count) return
    const timer = setTimeout(() => setShown(shown + piecesAtOnce))
    return () => clearTimeout(timer)
  }, [shown, count])
  if (!pieces) return text
  if (shown === 0) {
    return (
      <>
        {beginningOf(text)}…{" "}
        <button
          type="button"
          className="text-accent text-base underline underline-offset-2"
          onClick={() => setShown(piecesAtOnce)}
        >
          Show all of it
        </button>
      </>
    )
  }
  return pieces.slice(0, shown).map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text that was sent does not change
    <span key={index} className="block">
      {piece}
    </span>
  ))
}

function beginningOf(text: string): string {
  const beginning = text.slice(0, firstChars).split("\n", firstLines).join("\n")
  return cutMarks(beginning).toWellFormed().trimEnd()
}

/** Pieces of bounded length that end with a line, or with what fits where a line is too long. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (let start = 0; start < text.length; ) {
    const end = Math.min(start + pieceChars, text.length)
    const line = end < text.length ? text.lastIndexOf("\n", end - 1) + 1 : end
    const next = line > start ? line : end
    pieces.push(cutMarks(text.slice(start, next).replace(/\n$/, "")))
    start = next
  }
  return pieces
}

/** Without heaps of marks that nobody could read. */
function cutMarks(text: string): string {
  return text.replace(/(\p{M}{8})\p{M}+/gu, "$1")
}
