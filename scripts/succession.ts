import type { Listed } from "./catalogue-facts"

/**
 * The best replacement for a retired model: from the same vendor and of the same type, the most similar name; among
 * equals the highest version. Null if no word is shared.
 */
export function nearestSuccessor(gone: Listed, offered: readonly Listed[]): string | null {
  const vendor = makerKey(gone.vendor)
  const name = readName(gone.id)
  const ranked = offered
    .filter((candidate) => candidate.type === gone.type && makerKey(candidate.vendor) === vendor)
    .map(({ id }) => ({ id, ...readName(id) }))
    .map((candidate) => ({ ...candidate, closeness: closeness(name, candidate) }))
    .filter((candidate) => candidate.closeness > 0)
    .sort((a, b) => b.closeness - a.closeness || compareVersions(b.version, a.version))
  return ranked[0]?.id ?? null
}

type Name = { words: ReadonlySet<string>; size: number | null; version: readonly number[] }

/** The words, the size in billions and the version in a name such as `vendor/model-2.5-72b-turbo`. */
function readName(id: string): Name {
  const tail = id.toLowerCase().replace(/^[^/]*\//, "")
  const size = /(?<![\d.a-z])(\d+(?:\.\d+)?)([bt])(?![a-z])/.exec(tail)
  const rest = (size ? tail.replace(size[0], " ") : tail)
    // Dates are not versions.
    .replaceAll(/(?<!\d)(?:20)?\d\d-?[01]\d-?[0-3]\d(?!\d)|(?<!\d)\d{4,}(?!\d)/g, " ")
  const numbers = rest.match(/\d+/g)?.map(Number) ?? []
  return {
    words: new Set(rest.match(/[a-z]{2,}/g)),
    size: size ? Number(size[1]) * (size[2] === "t" ? 1000 : 1) : null,
    version: numbers.slice(0, 3),
  }
}

/**
 * Similarity from 0 to 1; 0 if no word is shared. A different size lowers it by at most a tenth, an older version
 * halves it.
 */
function closeness(name: Name, candidate: Name): number {
  const shared = [...name.words].filter((word) => candidate.words.has(word)).length
  const alike = (2 * shared) / Math.max(1, name.words.size + candidate.words.size)
  const isOlder = (candidate.version[0] ?? Number.POSITIVE_INFINITY) < (name.version[0] ?? 0)
  return alike * (1 - 0.1 * sizeGap(name.size, candidate.size)) * (isOlder ? 0.5 : 1)
}

/** 0 for the same size, 1 from a factor of sixteen. */
function sizeGap(size: number | null, other: number | null): number {
  if (size === null) return 0
  return other === null ? 0.5 : Math.min(1, Math.abs(Math.log2(size / other)) / 4)
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Normalizes a vendor's name: "Some AI", "some-ai", "SomeAI". */
function makerKey(vendor: string): string {
  const plain = vendor.toLowerCase().replaceAll(/[^a-z0-9]/g, "")
  return plain.replace(/(?<=.{3})(?:ai|cloud|labs)$/, "")
}
