import "server-only"
import { z } from "zod"
import { AppError } from "../base/errors"
import { newId } from "../base/id"
import { findFiles } from "../db/files"
import type { User } from "../db/users"
import { isExtractable } from "../files/extract/extract"
import type { FilePart } from "../message/message"
import type { Model } from "../models/model"
import { textOfFile } from "../storage/file-text"
import { aiml } from "../upstream/aiml"
import { catalogue } from "../upstream/catalogue"
import { likeliest, nearest, passagesOf } from "./passages"
import { defineTool } from "./tool"

/** Maximum number of passages compared across all files, and of those given to the model. */
const maxPassages = 400
const maxReturned = 6
/** Passages of one request. */
const batch = 64

type Passage = { file: string; text: string }
type Read = { passages: Passage[]; notes: string[] }

/** Finds the passages in a conversation's files that are closest in meaning to a query. */
export const searchFiles = defineTool({
  name: "file_search",
  description:
    "Finds passages in the documents of this conversation by their meaning. Use it when the person asks " +
    "about their own texts and these are long or many. Say which file an answer is from.",
  input: z.strictObject({ query: z.string().trim().min(1).max(1_000).describe("What to find") }),
  isOffered: async () => (await embeddingModel()) !== null,
  async run({ query }, { user, files, signal }) {
    const model = await embeddingModel()
    const documents = (await files()).filter(({ mediaType }) => isExtractable(mediaType))
    if (!model || documents.length === 0) {
      const message = "There is no document in this conversation. Ask the person to attach one."
      throw new AppError("invalid", { message })
    }
    const { passages, notes } = await readPassages(user, documents)
    if (passages.length === 0) {
      throw new AppError("invalid", { message: `No document can be searched. ${notes.join(" ")}` })
    }
    const compared = likeliest(passages, query, maxPassages)
    if (compared.length < passages.length) {
      const counts = `${compared.length} of ${passages.length} passages`
      notes.push(`The documents are long: ${counts} were compared, those with words of the query.`)
    }
    const texts = [query, ...compared.map(({ text }) => text)]
    const { vectors, costUsd } = await embedAll(model, texts, signal)
    const [queryVector = [], ...passageVectors] = vectors
    const closest = nearest(queryVector, passageVectors, maxReturned).flatMap(
      (index) => compared[index] ?? [],
    )
    return { output: { passages: closest, ...(notes.length > 0 && { notes }) }, costUsd }
  },
})

/** The passages of all documents that can be read, and what is to be said of the others. */
async function readPassages(user: User, documents: readonly FilePart[]): Promise<Read> {
  const kept = await findFiles(
    user,
    documents.map(({ fileId }) => fileId),
  )
  const passages: Passage[] = []
  const notes: string[] = []
  for (const { fileId, name } of documents) {
    const file = kept.get(fileId)
    if (!file) {
      notes.push(`${name} was deleted.`)
      continue
    }
    try {
      const { text, isCut } = await textOfFile(file)
      passages.push(...passagesOf(text).map((passage) => ({ file: name, text: passage })))
      if (isCut) notes.push(`${name} is very long: only its beginning could be read.`)
    } catch (error) {
      const isUnreadable = error instanceof AppError && error.code === "file_unreadable"
      if (!isUnreadable) throw error
      notes.push(`${name}: ${error.message}`)
    }
  }
  return { passages, notes }
}

async function embedAll(model: Model, texts: readonly string[], signal: AbortSignal) {
  const vectors: number[][] = []
  let costUsd: number | null = null
  for (let start = 0; start < texts.length; start += batch) {
    const context = { requestId: newId(), abortSignal: signal }
    const answer = await aiml().embed(model, texts.slice(start, start + batch), context)
    vectors.push(...answer.vectors)
    if (answer.costUsd !== null) costUsd = (costUsd ?? 0) + answer.costUsd
  }
  return { vectors, costUsd }
}

/** The cheapest text embedding model; null if there is none. */
async function embeddingModel(): Promise<Model | null> {
  const models = (await catalogue().models()).filter(({ kind }) => kind === "embedding")
  const usdOf = ({ inputUsdPerMillion }: Model) => inputUsdPerMillion ?? Number.MAX_VALUE
  return models.sort((a, b) => usdOf(a) - usdOf(b))[0] ?? null
}
