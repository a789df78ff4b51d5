/** How many bits the code of each symbol has; 0 for symbols that never occur. */
export function codeLengths(counts: ArrayLike<number>, longest: number): Uint8Array {
  let weights = Array.from(counts)
  for (;;) {
    const lengths = lengthsOf(weights)
    if (Math.max(...lengths) <= longest) return lengths
    // Too deep a tree: with the differences evened out it gets flatter.
    weights = weights.map((weight) => (weight > 0 ? (weight >> 1) + 1 : 0))
  }
}

function lengthsOf(weights: number[]): Uint8Array {
  const lengths = new Uint8Array(weights.length)
  let trees = weights.flatMap((weight, symbol) =>
    weight > 0 ? [{ weight, symbols: [symbol] }] : [],
  )
  if (trees.length === 1) for (const symbol of trees[0]?.symbols ?? []) lengths[symbol] = 1
  while (trees.length > 1) {
    trees = trees.toSorted((left, right) => left.weight - right.weight)
    const [first, second, ...others] = trees
    if (!first || !second) break
    const symbols = [...first.symbols, ...second.symbols]
    for (const symbol of symbols) lengths[symbol] = (lengths[symbol] ?? 0) + 1
    trees = [{ weight: first.weight + second.weight, symbols }, ...others]
  }
  return lengths
}

/** The codes that belong to code lengths: shorter first, then in the order of the symbols. */
export function canonicalCodes(lengths: Uint8Array): Uint32Array {
  const codes = new Uint32Array(lengths.length)
  let code = 0
  for (let length = 1; length <= 32; length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] === length) codes[symbol] = code++
    }
    code *= 2
  }
  return codes
}
