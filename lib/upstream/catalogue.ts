import "server-only"
import { z } from "zod"
import { type Catalogue, catalogueAt } from "../aiml/catalogue/catalogue"
import { vendorModels } from "../aiml/catalogue/known"
import { processWide } from "../base/process-wide"
import { findSnapshot, saveSnapshot } from "../db/snapshots"
import { modelSchema } from "../models/model"
import { env } from "../server/env"
import { errorFields, log } from "../server/log"
import { plainFetch } from "../server/plain-fetch"

const keptSchema = z.object({ models: z.array(modelSchema), at: z.string() })

/** The upstream's model list. Separate from the client (aiml.ts), which pages do not need. */
export function catalogue(): Catalogue {
  current ??= processWide("catalogue", createFromEnvironment)
  return current
}

let current: Catalogue | undefined

function createFromEnvironment(): Catalogue {
  const { AIMLAPI_BASE_URL, AIMLAPI_API_KEY, isVendor } = env()
  // The cached copy is specific to the upstream's address.
  const key = `models:${AIMLAPI_BASE_URL}`
  return catalogueAt(AIMLAPI_BASE_URL, {
    apiKey: AIMLAPI_API_KEY,
    fetch: plainFetch,
    kept: {
      load: async () => (await findSnapshot(key, keptSchema))?.value ?? null,
      save: (models, at) => saveSnapshot(key, { models, at }, null),
    },
    known: isVendor ? vendorModels : undefined,
    onError: (error) => log("warn", "catalogue-failed", errorFields(error)),
  })
}
