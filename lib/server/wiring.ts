import "server-only"
import { z } from "zod"
import { vendorModels } from "../aiml/catalogue/known"
import { type Aiml, createAiml } from "../aiml/client"
import { findSnapshot, saveSnapshot } from "../db/snapshots"
import { modelSchema } from "../models"
import { processWide } from "../process-wide"
import { env } from "./env"
import { errorFields, log } from "./log"
import { plainFetch } from "./plain-fetch"

const keptModelsSchema = z.object({ models: z.array(modelSchema), at: z.string() })

/** The upstream of this process, made on first use from the environment. */
export function aiml(): Aiml {
  known ??= processWide("aiml", createFromEnvironment)
  return known
}

let known: Aiml | undefined

function createFromEnvironment(): Aiml {
  // A copy belongs to the address it came from.
  const documentKey = (id: string) => `document:${env().AIMLAPI_BASE_URL}:${id}`
  const modelsKey = `models:${env().AIMLAPI_BASE_URL}`
  return createAiml({
    baseUrl: env().AIMLAPI_BASE_URL,
    apiKey: env().AIMLAPI_API_KEY,
    fetch: plainFetch,
    kept: {
      async load() {
        return (await findSnapshot(modelsKey, keptModelsSchema))?.value ?? null
      },
      save: (models, at) => saveSnapshot(modelsKey, { models, at }, null),
    },
    keptDocuments: {
      load: async (id) => (await findSnapshot(documentKey(id), z.unknown()))?.value ?? null,
      save: (id, document) => saveSnapshot(documentKey(id), document, null),
    },
    known: env().isVendor ? vendorModels : undefined,
    onDocumentError: (error, model) =>
      log("warn", "document-failed", { model, ...errorFields(error) }),
    onCatalogueError: (error) => log("warn", "catalogue-failed", errorFields(error)),
  })
}
