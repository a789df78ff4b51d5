import { expect, test } from "@playwright/test"
import { completeOpen } from "./complete"
import { completeTail } from "./tail"

const inline: [string, string][] = [
  ["plain text", "plain text"],
  ["**bold", "**bold**"],
  ["**bold*", "**bold**"],
  ["**bold**", "**bold**"],
  ["**bold ", "**bold**"],
  ["a **", "a "],
  ["a *", "a "],
  ["*em", "*em*"],
  ["**bold *both", "**bold *both***"],
  ["**[", ""],
  ["a **b *[", "a **b**"],
  ["***all", "***all***"],
  ["_em", "_em_"],
  ["~~gone", "~~gone~~"],
  ["snake_case and 2*3", "snake_case and 2*3"],
  ["2 * 3", "2 * 3"],
  ["`code", "`code`"],
  ["`", ""],
  ["``a`", "``a``"],
  ["**bold `code", "**bold `code`**"],
  ["`**` stays", "`**` stays"],
  ["see [the docs", "see the docs"],
  ["see [the docs]", "see the docs"],
  ["see [the docs](http", "see the docs"],
  ["see [the docs](https://a.b) and", "see [the docs](https://a.b) and"],
  ["see [**the docs](ht", "see **the docs**"],
  ["look ![a pict", "look "],
  ["look ![a picture](htt", "look "],
  ["\\*not", "\\*not"],
  ["$x_1 *", "$x_1 *"],
  ["**so $x_1", "**so $x_1**"],
  ["$5 and **bold", "$5 and **bold**"],
  ["$x$ and **bold", "$x$ and **bold**"],
  ["\\(a * b", "\\(a * b"],
]

for (const [text, completed] of inline) {
  test(`${JSON.stringify(text)} is shown as ${JSON.stringify(completed)}`, () => {
    expect(completeOpen(text)).toBe(completed)
  })
}

const tails: [string, string][] = [
  ["text", "text"],
  ["text\n-", "text\n"],
  ["text\n- ", "text\n"],
  ["- a\n- ", "- a\n"],
  ["- a\n  1.", "- a\n"],
  ["1. a\n2", "1. a\n"],
  ["42", "42"],
  ["text\n==", "text\n"],
  ["##", ""],
  ["text\n``", "text\n"],
  ["- [", ""],
  ["- [x]", ""],
  ["> ", ""],
  ["text\n$$", "text\n"],
  ["|", ""],
  ["| a", "| a\n| --- |"],
  ["| a | b |", "| a | b |\n| --- | --- |"],
  ["| a | b |\n", "| a | b |\n| --- | --- |"],
  ["| a | b |\n|-", "| a | b |\n| --- | --- |"],
  ["| a | b |\n|---|:-", "| a | b |\n| --- | --- |"],
  ["| a \\| b | c", "| a \\| b | c\n| --- | --- |"],
  ["| a | b |\n|---|---|\n| 1", "| a | b |\n|---|---|\n| 1"],
  ["| a |\n|---|\n| -", "| a |\n|---|\n| -"],
]

for (const [text, completed] of tails) {
  test(`the tail ${JSON.stringify(text)} is read as ${JSON.stringify(completed)}`, () => {
    expect(completeTail(text)).toBe(completed)
  })
}
