import "server-only"
import { z } from "zod"
import { type Aiml, createAiml } from "../aiml/client"
import { processWide } from "../base/process-wide"
import { findSnapshot, saveSnapshot } from "../db/snapshots"
import { env } from "../server/env"
import { httpFetch } from "../server/http-fetch"
import { errorFields, log } from "../server/log"

/** This process's upstream client, created on first use from the environment. */
export function aiml(): Aiml {
  current ??= processWide("aiml", createFromEnvironment)
  return current
}

let current: Aiml | undefined

function createFromEnvironment(): Aiml {
  // Cached documents are specific to the upstream's address.
  const documentKey = (id: string) => `document:${env().AIMLAPI_BASE_URL}:${id}`
  return createAiml({
    baseUrl: env().AIMLAPI_BASE_URL,
    apiKey: env().AIMLAPI_API_KEY,
    fetch: httpFetch,
    keptDocuments: {
      load: async (id) => (await findSnapshot(documentKey(id), z.unknown()))?.value ?? null,
      save: (id, document) => saveSnapshot(documentKey(id), document, null),
    },
    onDocumentError: (error, model) =>
      log("warn", "document-failed", { model, ...errorFields(error) }),
  })
}
