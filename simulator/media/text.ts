import { type Box, blend, byteAt, type Colour, fillBox, type Raster } from "./raster"

// Five columns of seven dots for each character from the space to the tilde, and a few more.
const columns =
  "0000000000 00005f0000 0007000700 147f147f14 242a7f2a12 2313086462 3649562050 0000070000 " +
  "001c224100 0041221c00 14083e0814 08083e0808 0050300000 0808080808 0060600000 2010080402 " +
  "3e5149453e 00427f4000 4261514946 2141454b31 1814127f10 2745454539 3c4a494930 0171090503 " +
  "3649494936 064949291e 0036360000 0056360000 0814224100 1414141414 0041221408 0201510906 " +
  "324979413e 7e1111117e 7f49494936 3e41414122 7f4141221c 7f49494941 7f09090901 3e4149497a " +
  "7f0808087f 00417f4100 2040413f01 7f08142241 7f40404040 7f020c027f 7f0408107f 3e4141413e " +
  "7f09090906 3e4151215e 7f09192946 4649494931 01017f0101 3f4040403f 1f2040201f 3f4038403f " +
  "6314081463 0708700807 6151494543 007f414100 0204081020 0041417f00 0402010204 4040404040 " +
  "0001020400 2054545478 7f48444438 3844444420 384444487f 3854545418 087e090102 0c5252523e " +
  "7f08040478 00447d4000 2040443d00 7f10284400 00417f4000 7c04180478 7c08040478 3844444438 " +
  "7c14141408 081414147c 7c08040408 4854545420 043f444020 3c4040207c 1c2040201c 3c4030403c " +
  "4428102844 0c5050503c 4464544c44 0008364100 00007f0000 0041360800 0804081008"
const glyphs = new Map<string, Uint8Array>(
  [...columns.split(" "), "2214081422", "0018180000", "4000400040", "7f4141417f"].map(
    (hex, index) => [
      index < 95 ? String.fromCharCode(32 + index) : (["×", "·", "…", "▯"][index - 95] ?? ""),
      new Uint8Array(Buffer.from(hex, "hex")),
    ],
  ),
)
const cellWidth = 6
const lineHeight = 10

const lookalikes: Record<string, string> = {
  "‘": "'",
  "’": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "–": "-",
  "—": "-",
  ß: "ss",
  ø: "o",
  ł: "l",
  æ: "ae",
  œ: "oe",
}
const cyrillic = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
const latin = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".split(" ")

/** Words in the characters there are shapes for; accents go, Cyrillic is spelled in Latin letters. */
function drawable(text: string): string {
  const plain = text.replace(/\s+/g, " ").trim().normalize("NFKD").replace(/\p{M}/gu, "")
  return [...plain]
    .map((character) => {
      const lower = character.toLowerCase()
      const index = cyrillic.indexOf(lower)
      const spelled = index < 0 ? lookalikes[lower] : (latin[index] ?? "").replace("_", "")
      if (spelled === undefined) return glyphs.has(character) ? character : "▯"
      return lower === character ? spelled : spelled.toUpperCase()
    })
    .join("")
}

/** Breaks words into lines; what does not fit ends in an ellipsis. */
function wrapped(text: string, charactersPerLine: number, maxLines: number): string[] {
  const lines: string[] = []
  let line = ""
  for (const word of drawable(text).split(" ")) {
    for (const piece of word.match(new RegExp(`.{1,${charactersPerLine}}`, "gu")) ?? []) {
      if (line && line.length + 1 + piece.length > charactersPerLine) {
        lines.push(line)
        line = piece
      } else line = line ? `${line} ${piece}` : piece
    }
  }
  if (line) lines.push(line)
  if (lines.length <= maxLines) return lines
  const last = lines[maxLines - 1] ?? ""
  return [...lines.slice(0, maxLines - 1), `${last.slice(0, charactersPerLine - 1)}…`]
}

/** Draws one line of text; a dot of a letter is `scale` pixels wide, with softened corners. */
function drawText(
  raster: Raster,
  text: string,
  at: { x: number; y: number },
  scale: number,
  colour: Colour,
  opacity = 1,
): void {
  for (const [index, character] of [...drawable(text)].entries()) {
    const glyph = glyphs.get(character)
    if (!glyph) continue
    const left = at.x + index * cellWidth * scale
    const dot = (column: number, row: number) =>
      row >= 0 && row < 7 ? (byteAt(glyph, column) >> row) & 1 : 0
    for (let y = -1; y <= 8 * scale; y++) {
      for (let x = -1; x <= cellWidth * scale; x++) {
        blend(
          raster,
          Math.round(left) + x,
          Math.round(at.y) + y,
          colour,
          coverage(dot, (x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5, scale) * opacity,
        )
      }
    }
  }
}

// The dots are read as a smooth field and cut at its middle: small letters stay sharp, big ones round.
function coverage(
  dot: (column: number, row: number) => number,
  x: number,
  y: number,
  scale: number,
) {
  const [column, row] = [Math.floor(x), Math.floor(y)]
  const [right, down] = [x - column, y - row]
  const upper = dot(column, row) * (1 - right) + dot(column + 1, row) * right
  const lower = dot(column, row + 1) * (1 - right) + dot(column + 1, row + 1) * right
  const field = upper * (1 - down) + lower * down
  return Math.min(1, Math.max(0, (field - 0.5) * Math.max(1, scale) + 0.5))
}

/** Writes a text and a caption onto a dark strip at the foot of a box. */
export function drawLabel(raster: Raster, text: string, caption: string, box: Box): void {
  const scale = Math.max(1, Math.round((box.width / 230) * 2) / 2)
  const small = Math.max(1, Math.round(scale * 1.2) / 2)
  const margin = Math.round(scale * 6)
  const characters = Math.max(4, Math.floor((box.width - 4 * margin) / (cellWidth * scale)))
  const room = Math.floor((box.height * 0.6) / (lineHeight * scale))
  const lines = wrapped(text, characters, Math.max(1, Math.min(5, room)))
  const smallCharacters = Math.floor((box.width - 4 * margin) / (cellWidth * small))
  const [footer = ""] = wrapped(caption, Math.max(4, smallCharacters), 1)
  const height = Math.round(lines.length * lineHeight * scale + lineHeight * small + 2 * margin)
  const strip = {
    left: box.left + margin,
    top: box.top + box.height - height - margin,
    width: box.width - 2 * margin,
    height,
  }
  fillBox(raster, strip, [12, 14, 24], 0.62, margin)
  const x = strip.left + margin
  const y = strip.top + margin
  for (const [index, line] of lines.entries()) {
    drawText(raster, line, { x, y: y + index * lineHeight * scale }, scale, [255, 255, 255])
  }
  const below = y + lines.length * lineHeight * scale + scale
  drawText(raster, footer, { x, y: below }, small, [255, 255, 255], 0.75)
}
