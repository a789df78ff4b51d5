/** Each node with its position in the text, which stays the same while the text grows. */
export function withOffsets<T extends { raw: string }>(nodes: readonly T[]) {
  let end = 0
  return nodes.map((node) => {
    const offset = end
    end += node.raw.length
    return { node, offset }
  })
}
