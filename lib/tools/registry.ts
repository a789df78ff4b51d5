import "server-only"
import { calculator } from "./calculator"
import { clock } from "./clock"
import { readPage } from "./read-page"
import type { Tool } from "./tool"
import { webSearch } from "./web-search"

/** Every tool there is. */
const tools: readonly Tool[] = [webSearch, readPage, calculator, clock]

/** Those that can do anything here and now: searching needs a model that searches. */
export async function offeredTools(): Promise<Tool[]> {
  const offers = await Promise.all(tools.map((tool) => tool.isOffered?.() ?? true))
  return tools.filter((_, index) => offers[index])
}
