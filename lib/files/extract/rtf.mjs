const token =
  /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi

/** Groups with formatting or pictures. */
const notText = new Set(
  `fonttbl colortbl stylesheet info pict object themedata colorschememapping datastore latentstyles
  listtable listoverridetable rsidtbl generator xmlnstbl fldinst filetbl revtbl`.split(/\s+/),
)
/** @type {Record<string, string>} */
const signs = {
  ...{ par: "\n", line: "\n", sect: "\n", page: "\n", row: "\n", cell: "\t", tab: "\t" },
  ...{ emdash: "—", endash: "–", bullet: "•", lquote: "‘", rquote: "’", ldblquote: "“" },
  ...{ rdblquote: "”", "~": "\u00a0", _: "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n" },
}

/** RTF, which is written in ASCII. @type {import("./worker.mjs").Reader} */
export function readRtf(bytes, output) {
  let decoder = decoderOf("1252")
  /** Code page bytes that wait for the rest of a character. @type {number[]} */
  let waiting = []
  /** State of the current group: whether it is text, and how many fallback characters follow a Unicode one. */
  let state = { isText: true, standIns: 1 }
  /** @type {(typeof state)[]} */
  const outer = []
  let toSkip = 0

  const say = (/** @type {string} */ text) => {
    if (waiting.length > 0) output.add(decoder.decode(Uint8Array.from(waiting)))
    waiting = []
    const skipped = Math.min(toSkip, text.length)
    toSkip -= skipped
    if (state.isText && text.length > skipped) output.add(text.slice(skipped))
  }

  for (const piece of bytes.toString("latin1").matchAll(token)) {
    const [, word, number, hex, sign, brace, text] = piece
    if (hex !== undefined) {
      if (toSkip > 0) toSkip--
      else if (state.isText) waiting.push(Number.parseInt(hex, 16))
    } else if (brace === "{") {
      say("")
      if (outer.push({ ...state }) > 1_000) return
    } else if (brace === "}") {
      say("")
      state = outer.pop() ?? state
    } else if (word === "u") {
      say("")
      toSkip = 0
      say(String.fromCharCode(Number(number) & 0xffff))
      toSkip = state.standIns
    } else if (word === "uc") state.standIns = Math.min(10, Math.max(0, Number(number ?? 1)))
    else if (word === "ansicpg") decoder = decoderOf(number ?? "1252")
    else if (word && notText.has(word)) state.isText = false
    else if (sign === "*") state.isText = false
    else if (text !== undefined && waiting.length > 0) {
      // The second byte of a character may be in the ASCII range.
      for (const byte of Buffer.from(text, "latin1")) waiting.push(byte)
    } else if (text !== undefined) say(text)
    else say(signs[word ?? sign ?? ""] ?? "")
  }
  say("")
}

/** @param {string} codePage */
function decoderOf(codePage) {
  const known = { 932: "shift_jis", 936: "gbk", 949: "euc-kr", 950: "big5", 65001: "utf-8" }
  try {
    return new TextDecoder(known[codePage] ?? `windows-${codePage}`)
  } catch {
    return new TextDecoder("windows-1252")
  }
}
