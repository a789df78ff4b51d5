import { expect, test } from "@playwright/test"
import { looseText, numeric } from "../aiml/catalogue/loose"
import { createEventReader } from "../aiml/chat/server-sent-events"
import { jobFailure } from "../aiml/http/failure"
import { withTextIds } from "../aiml/http/upstream"
import { readMedia } from "../aiml/media/media-result"
import { linesOf } from "../aiml/media/transcript-lines"
import { check } from "../aiml/schema/check"
import { labelOf } from "../aiml/schema/label"
import { readSchema } from "../aiml/schema/schema"
import { readVerdict } from "../aiml/services/verdict"
import { seenName } from "../base/names"
import { toStorable } from "../base/postgres-text"
import { isSlow, type Reader } from "../base/testing-cost"
import { storedIn } from "../files/bucket-store"
import { readDataAddress } from "../files/data-address"
import { readHtml, readPage } from "../files/extract/html.mjs"
import { Output } from "../files/extract/output.mjs"
import { readPlain } from "../files/extract/plain.mjs"
import { safeName } from "../files/name"
import { piecesOf, wordsIn } from "../message/judgement"
import { titleFrom } from "../message/title"
import { emailSchema } from "../people/auth"
import { toAppError } from "../server/app-error"
import { redact } from "../server/log"
import { toNetwork } from "../server/network"
import { tokenize } from "../tools/calculate-tokens"
import { urlsIn } from "../tools/known-urls"
import { passagesOf } from "../tools/passages"
import { hostOf, line } from "../tools/search-cards"
import { untrustedText } from "../tools/untrusted-text"
import { cutToTokens } from "./context-window"

// What people and services write is read on the one thread that serves everybody: whatever it is, twice as much
// of it may cost about twice as much.

const schema = readSchema({ type: "string", format: "uri", pattern: "^[a-z]+-\\d+$" })
const pageOf = (read: typeof readPage) => (text: string) => {
  const output = new Output()
  read(Buffer.from(text), output)
  return output.finish()
}
const orError = (read: Reader) => (text: string) => {
  try {
    return read(text)
  } catch (error) {
    return error
  }
}

/** Every function that reads text of any length which somebody else wrote. */
const readers: Readonly<Record<string, Reader>> = {
  "addresses in a question": urlsIn,
  "the site of an address": (text) => hostOf(`https://x.co/${text}`),
  "a file's name": (text) => safeName(text, "bin"),
  "a person's name": seenName,
  "a conversation's title": titleFrom,
  "what is kept": toStorable,
  "an e-mail address": (text) => emailSchema.safeParse(text),
  "a network": toNetwork,
  "words in settings": (text) => wordsIn({ lyrics: text }),
  "a setting": (text) => check(schema, text),
  "a setting's name": labelOf,
  "pieces for a guard": piecesOf,
  "a guard's verdict": readVerdict,
  "a calculation": tokenize,
  "passages of a document": passagesOf,
  "what fits into a window": (text) => cutToTokens(text, 1_000),
  "text of strangers": untrustedText,
  "a line of a search": (text) => line.safeParse(text),
  "a page of the web": pageOf(readPage),
  "a chapter of a book": pageOf(readHtml),
  "a text that is attached": pageOf(readPlain),
  "a data address": orError((text) => readDataAddress(`data:${text}`, 1_000)),
  "a result's media": (text) => readMedia({ url: `https://x.co/${text}`, b64_json: text }, "image"),
  "a transcript": (text) =>
    linesOf({ words: [[{ word: text, start: 0, end: 1 }]], utterances: [], seconds: 1 }),
  "ids in an answer": withTextIds,
  "a text of the catalogue": (text) => looseText.safeParse(text),
  "a number of the catalogue": (text) => numeric.safeParse(text),
  "a list of a bucket": (text) => storedIn(text, "files/"),
  "events of a stream": async (text) => {
    const bytes = Buffer.from(text)
    const events = createEventReader(
      new ReadableStream({
        start(controller) {
          for (let at = 0; at < bytes.length; at += 64) {
            controller.enqueue(bytes.subarray(at, at + 64))
          }
          controller.close()
        },
      }),
    )
    while ((await events.next()) !== null);
  },
  "a task's failure": (text) => jobFailure(text, undefined),
  "a failure of the database": (text) => toAppError(new Error(text)),
  "a line of the log": redact,
}

const signs = [
  ...[
    " ",
    "\n",
    "\t",
    ".",
    ",",
    ";",
    ":",
    "!",
    "/",
    "\\",
    "'",
    '"',
    "`",
    "*",
    "_",
    "-",
    "+",
    "=",
    "%",
  ],
  ...[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "&",
    "#",
    "@",
    "$",
    "|",
    "~",
    "0",
    "1",
    "e",
    "x",
    "é",
    "😀",
  ],
  ...["\u0000", "\u00a0", "\u200b", "\u202e", "\u0301", "\u0327", "\ud800", "。", "あ"],
  ...[
    "http://",
    "https://a.b/",
    "data:",
    ";base64",
    "sk-",
    "Bearer ",
    "a://b",
    "connection",
    "model ",
  ],
  ...[
    '"id":',
    '"id": 1',
    "<b>",
    "</i>",
    "<!--",
    "<td>a",
    "<meta ",
    "<Contents>",
    "&amp",
    "]]>",
    "\r\n",
  ],
]

/** The same texts in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

type Odd = { head: string; unit: string; tail: string }

/** Rows of one sign, and of some that chance put together, each between others. */
function oddTexts(): Odd[] {
  const chance = seeded(20_261_201)
  const sign = () => signs[Math.floor(chance() * signs.length)] ?? ""
  const some = (most: number) =>
    Array.from({ length: 1 + Math.floor(chance() * most) }, sign).join("")
  const plain = signs.map((unit) => ({ head: sign(), unit, tail: "x" }))
  const mixed = Array.from({ length: 24 }, () => ({ head: some(2), unit: some(4), tail: some(2) }))
  const known = [
    { head: "a", unit: "\u0301\u0327", tail: "" },
    { head: "https://a.b/", unit: ".x)", tail: "" },
    { head: "https://a.b/", unit: ")", tail: "x" },
  ]
  return [...known, ...plain, ...mixed]
}

/** Characters: eight of the short one are the long one. */
const [short, long] = [25_000, 200_000]

for (const [name, read] of Object.entries(readers)) {
  test(`${name}: double the length costs at most 2.5 times the time`, {
    tag: "@whole",
  }, async () => {
    test.slow()
    const slow: Odd[] = []
    for (const odd of oddTexts()) {
      const { head, unit, tail } = odd
      const textOf = (chars: number) => head + unit.repeat(Math.ceil(chars / unit.length)) + tail
      if (await isSlow(read, textOf(short), textOf(long))) slow.push(odd)
    }
    expect(slow).toEqual([])
  })
}
