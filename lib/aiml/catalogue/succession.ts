import type { Listed } from "./facts"

/**
 * What comes nearest to a model that is gone: of the same maker and type, the one whose name shares most
 * with it; among equals the highest version. Null where no word is shared.
 */
export function nearestSuccessor(gone: Listed, offered: readonly Listed[]): string | null {
  const maker = makerKey(gone.maker)
  const name = readName(gone.id)
  const ranked = offered
    .filter((candidate) => candidate.type === gone.type && makerKey(candidate.maker) === maker)
    .map(({ id }) => ({ id, ...readName(id) }))
    .map((candidate) => ({ ...candidate, closeness: closeness(name, candidate) }))
    .filter((candidate) => candidate.closeness > 0)
    .sort((a, b) => b.closeness - a.closeness || compareVersions(b.version, a.version))
  return ranked[0]?.id ?? null
}

type Name = { words: ReadonlySet<string>; size: number | null; version: readonly number[] }

/** The words, the size in billions and the version of a name, such as of `maker/model-2.5-72b-turbo`. */
function readName(id: string): Name {
  const tail = id.toLowerCase().replace(/^[^/]*\//, "")
  const size = /(?<![\d.a-z])(\d+(?:\.\d+)?)b(?![a-z])/.exec(tail)
  const rest = (size ? tail.replace(size[0], " ") : tail)
    // Dates say when, not which.
    .replaceAll(/(?<!\d)(?:20)?\d\d-?[01]\d-?[0-3]\d(?!\d)|(?<!\d)\d{4,}(?!\d)/g, " ")
  const numbers = rest.match(/\d+/g)?.map(Number) ?? []
  return {
    words: new Set(rest.match(/[a-z]+/g)?.filter((word) => word.length > 1 || word === "o") ?? []),
    size: size ? Number(size[1]) : null,
    version: numbers.slice(0, 3),
  }
}

/** 0 to 1, and 0 where no word is shared; the same size breaks ties. */
function closeness(name: Name, candidate: Name): number {
  const shared = [...name.words].filter((word) => candidate.words.has(word)).length
  if (shared === 0) return 0
  const dice = (2 * shared) / (name.words.size + candidate.words.size)
  if (name.size === null || candidate.size === null) return dice
  // At most a tenth less for another size.
  return dice * (1 - 0.1 * Math.min(1, Math.abs(Math.log2(name.size / candidate.size)) / 4))
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** One key for the spellings of a maker: "Some AI", "some-ai", "SomeAI". */
function makerKey(maker: string): string {
  const plain = maker.toLowerCase().replaceAll(/[^a-z0-9]/g, "")
  return plain.replace(/(?<=.{3})(?:ai|cloud|labs)$/, "")
}
