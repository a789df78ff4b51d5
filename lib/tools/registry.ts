import "server-only"
import { calculator } from "./calculator"
import { clock } from "./clock"
import { makeMedia } from "./make-media"
import { readPage } from "./read-page"
import { searchFiles } from "./search-files"
import type { Tool } from "./tool"
import { webSearch } from "./web-search"

/** All tools. */
const tools: readonly Tool[] = [webSearch, readPage, searchFiles, calculator, clock, makeMedia]

/** The tools available in this installation: web search needs a model that searches, media a model that generates. */
export async function offeredTools(): Promise<Tool[]> {
  const offers = await Promise.all(tools.map((tool) => tool.isOffered?.() ?? true))
  return tools.filter((_, index) => offers[index])
}
