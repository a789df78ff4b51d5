import { memo, useEffect, useState } from "react"
import { BlockView } from "./block-view"
import { type Block, type Blocks, nextBlocks, noBlocks } from "./blocks"

type Shown = { text: string; streaming: boolean }

/** Characters that are read at once: of a longer text the rest follows, so that the page stays alive. */
const firstLength = 12_000
/** How long the rest is read at a time, at most as much as at first: showing it takes longer than reading it. */
const stepMs = 30
const stepLength = 4_000

/** The markdown without its styles. */
export function MarkdownView({ text, streaming }: Shown) {
  const [state, setState] = useState(() => read(noBlocks, { text, streaming }))
  const isCurrent = state.text === text && state.streaming === streaming
  const current = isCurrent ? state : read(state.blocks, { text, streaming })
  if (!isCurrent) setState(current)
  const { isWhole } = current.blocks
  useEffect(() => {
    if (isWhole) return
    const timer = setTimeout(() => setState(readOn(current.blocks, current)))
    return () => clearTimeout(timer)
  }, [isWhole, current])
  return (
    <div className="md" data-streaming={streaming || undefined}>
      {current.blocks.groups.map((blocks) => (
        <Group key={blocks[0]?.key} blocks={blocks} />
      ))}
    </div>
  )
}

function read(blocks: Blocks, { text, streaming }: Shown) {
  return { text, streaming, blocks: nextBlocks(blocks, text, streaming, firstLength) }
}

function readOn(blocks: Blocks, { text, streaming }: Shown) {
  const end = performance.now() + stepMs
  let read = blocks
  const most = blocks.text.length + firstLength
  do read = nextBlocks(read, text, streaming, stepLength)
  while (!read.isWhole && read.text.length < most && performance.now() < end)
  return { text, streaming, blocks: read }
}

/** Blocks in groups, so that neither React nor the browser visits the closed ones one by one. */
const Group = memo(function Group({ blocks }: { blocks: readonly Block[] }) {
  return (
    <div className="md-group">
      {blocks.map((block) => (
        <BlockView key={block.key} node={block.node} open={block.open} />
      ))}
    </div>
  )
})
