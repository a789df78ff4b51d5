import type { z } from "zod"
import type { Exchange } from "../exchange"
import type { resourcesSchema } from "./schemas"
import { type AssistantsState, assistantsIn, found, newId, type Resources } from "./store"

function requireFiles({ files }: AssistantsState, ids: readonly string[]): void {
  for (const id of ids) found(files.get(id), "file", id)
}

/** What an assistant or a thread may look into: files that exist, in stores that are made here. */
export function resourcesOf(
  exchange: Exchange,
  asked: z.infer<typeof resourcesSchema> | null | undefined,
): Resources {
  const state = assistantsIn(exchange.simulator)
  const resources: Resources = {}
  if (asked?.code_interpreter) {
    const { file_ids = [] } = asked.code_interpreter
    requireFiles(state, file_ids)
    resources.code_interpreter = { file_ids }
  }
  if (asked?.file_search) {
    const { vector_store_ids = [], vector_stores = [] } = asked.file_search
    for (const id of vector_store_ids) found(state.vectorStores.get(id), "vector store", id)
    const made = vector_stores.map(({ file_ids = [] }, index) => {
      requireFiles(state, file_ids)
      const id = newId(exchange, "vs_", String(index))
      state.vectorStores.set(id, file_ids)
      return id
    })
    resources.file_search = { vector_store_ids: [...vector_store_ids, ...made] }
  }
  return resources
}

/** Puts a file where the searches of a thread find it, which makes its store if need be. */
export function addToSearch(exchange: Exchange, resources: Resources, fileId: string): void {
  const { vectorStores } = assistantsIn(exchange.simulator)
  const [storeId = newId(exchange, "vs_", "attached")] =
    resources.file_search?.vector_store_ids ?? []
  resources.file_search = { vector_store_ids: [storeId] }
  vectorStores.set(storeId, [...new Set([...(vectorStores.get(storeId) ?? []), fileId])])
}

/** The files that all these resources offer for a search. */
export function searchableFiles({ files, vectorStores }: AssistantsState, ...all: Resources[]) {
  const stores = all.flatMap((resources) => resources.file_search?.vector_store_ids ?? [])
  const ids = new Set(stores.flatMap((id) => vectorStores.get(id) ?? []))
  return [...ids].flatMap((id) => files.get(id) ?? [])
}
