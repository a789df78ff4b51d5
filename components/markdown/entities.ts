const named: Record<string, string> = {
  amp: "&",
  apos: "'",
  gt: ">",
  lt: "<",
  quot: '"',
  nbsp: "\u00a0",
  ensp: "\u2002",
  emsp: "\u2003",
  thinsp: "\u2009",
  shy: "\u00ad",
  zwj: "\u200d",
  zwnj: "\u200c",
  bull: "•",
  cent: "¢",
  check: "✓",
  copy: "©",
  dagger: "†",
  deg: "°",
  divide: "÷",
  euro: "€",
  frac12: "½",
  ge: "≥",
  harr: "↔",
  hellip: "…",
  iexcl: "¡",
  infin: "∞",
  iquest: "¿",
  laquo: "«",
  larr: "←",
  ldquo: "“",
  le: "≤",
  lsquo: "‘",
  mdash: "—",
  micro: "µ",
  middot: "·",
  minus: "−",
  ndash: "–",
  ne: "≠",
  para: "¶",
  permil: "‰",
  plusmn: "±",
  pound: "£",
  prime: "′",
  raquo: "»",
  rarr: "→",
  rdquo: "”",
  reg: "®",
  rsquo: "’",
  sect: "§",
  sup2: "²",
  sup3: "³",
  times: "×",
  trade: "™",
  uarr: "↑",
  darr: "↓",
  yen: "¥",
}

const reference = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][A-Za-z\d]{1,31}));/g

/** Text with its character references resolved; unknown names stay as they were written. */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text
  return text.replace(reference, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name) return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole
    return character(decimal ? Number(decimal) : Number.parseInt(hex ?? "", 16))
  })
}

function character(codePoint: number): string {
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff
  if (codePoint === 0 || codePoint > 0x10ffff || isSurrogate) return "\ufffd"
  return String.fromCodePoint(codePoint)
}
