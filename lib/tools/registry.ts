import "server-only"
import { calculator } from "./calculator"
import { clock } from "./clock"
import { makeMedia } from "./make-media"
import { readPage } from "./read-page"
import { searchFiles } from "./search-files"
import type { Tool } from "./tool"
import { webSearch } from "./web-search"

/** Every tool there is. */
const tools: readonly Tool[] = [webSearch, readPage, searchFiles, calculator, clock, makeMedia]

/** Those that can do anything here and now: searching needs a model that searches, making one that makes. */
export async function offeredTools(): Promise<Tool[]> {
  const offers = await Promise.all(tools.map((tool) => tool.isOffered?.() ?? true))
  return tools.filter((_, index) => offers[index])
}
