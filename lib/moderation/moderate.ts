import "server-only"
import type { FilePart as ModelFilePart, TextPart } from "ai"
import { parseEntry } from "../aiml/catalogue/entry"
import { readVerdict } from "../aiml/services/verdict"
import { withDeadline } from "../base/deadline"
import { AppError } from "../base/errors"
import { newId } from "../base/id"
import { limits } from "../base/limits"
import { untilAborted } from "../base/until-aborted"
import type { User } from "../db/users"
import { type Judgement, pieceChars, piecesOf } from "../message/judgement"
import type { FilePart } from "../message/message"
import type { Model } from "../models/model"
import { sumUsd } from "../models/money"
import { env } from "../server/env"
import { errorFields, log } from "../server/log"
import type { Picture } from "../storage/attachments"
import { aiml } from "../upstream/aiml"
import { catalogue } from "../upstream/catalogue"
import { picturesOf, readPictures, readTexts, type Seen, tooLong } from "./moderated-files"

const totalMs = 20_000
const timeouts = { firstMs: totalMs, idleMs: totalMs, totalMs }
/** A judgement is one word and a few numbers. */
const maxTokens = 64
const maxPieces = 50
const atOnce = 8

type Content = (TextPart | ModelFilePart)[]

/**
 * Moderates a question before any other model sees it: its text, the text of its files, and its pictures if the
 * guard model takes images. Null when no guard model is configured. Throws `moderation_unavailable` if there is no
 * judgement in time: unmoderated content is not sent.
 */
export async function moderate(question: {
  user: User
  text: string
  files: readonly FilePart[]
  signal?: AbortSignal
}): Promise<Judgement | null> {
  const { user, text, signal } = question
  // Repeated files need only one judgement.
  const files = [...new Map(question.files.map((part) => [part.fileId, part])).values()]
  return await judged(signal, async ({ seesPictures }) => {
    const pictures = seesPictures ? await readPictures(picturesOf(user, files), heavyQuestion) : []
    return [await readTexts(user, text, files, maxPieces * pieceChars), pictures]
  })
}

/** Moderates a generated picture before it is stored. Also null if the guard model takes no images. */
export async function moderatePicture(picture: Picture): Promise<Judgement | null> {
  const judging = judged(undefined, async ({ seesPictures }) =>
    seesPictures
      ? [["A picture that a model made."], await readPictures([picture], heavyResult)]
      : [[], []],
  )
  return await judging.catch((cause: unknown) => {
    if (cause instanceof AppError && cause.code === "too_large") throw cause
    throw new AppError("moderation_unavailable", { message: unseen, cause })
  })
}

const unseen =
  "A result was not kept: the model that checks pictures here cannot be asked right now. Try again in a moment."
const most = `${limits.attachedBytes / 1_000_000} MB`
const heavyResult = `A result was not kept: it has more than ${most}, which cannot be checked here. Ask for a smaller picture.`
const heavyQuestion = `This question was not sent: its pictures have more than ${most} together, which cannot be checked here. Your text is kept; attach fewer, or make them smaller.`

/** Whether a guard model is configured. */
export function isModerated(): boolean {
  return env().MODERATION_MODEL !== undefined
}

type Guard = { model: Model; seesPictures: boolean }
type Collect = (guard: Guard) => Promise<[texts: string[], pictures: Seen[]]>

async function judged(
  signal: AbortSignal | undefined,
  collect: Collect,
): Promise<Judgement | null> {
  const { MODERATION_MODEL: id } = env()
  if (!id) return null
  try {
    return await withDeadline(totalMs, signal, (deadline) =>
      untilAborted(judge(id, collect, deadline), deadline),
    )
  } catch (error) {
    if (error instanceof AppError && saidHere.has(error.code)) throw error
    if (!signal?.aborted) log("warn", "moderation-failed", { model: id, ...errorFields(error) })
    throw new AppError("moderation_unavailable", { cause: error })
  }
}

/** Errors passed on unchanged; all others mean that the guard model is unavailable. */
const saidHere: ReadonlySet<string> = new Set(["moderation_unavailable", "too_large"])

async function judge(id: string, collect: Collect, signal: AbortSignal): Promise<Judgement | null> {
  const guard = await findGuard(id)
  const [texts, pictures] = await collect(guard)
  const contents = contentsOf(texts, pictures)
  const judgement = { model: guard.model.id, isSafe: true, categories: [], costUsd: null }
  if (contents.length === 0) return null
  if (contents.length > maxPieces)
    throw new AppError("moderation_unavailable", { message: tooLong })
  const judgements = await askAll(guard.model, contents, signal)
  const all = judgements.reduce<Judgement>(together, judgement)
  if (!all.isSafe)
    log("info", "moderation-refused", { model: all.model, rules: all.categories.join(" ") })
  return all
}

/** The operator's choice is used even if it is not listed, because guard models are often served unlisted. */
async function findGuard(id: string): Promise<Guard> {
  const model = (await catalogue().find(id)) ?? parseEntry({ id })
  if (!model) throw new Error("MODERATION_MODEL is no model's id")
  const { files, gaps } = await aiml().form(model)
  const takesPictures = files.some(({ kind }) => kind === "image")
  // Without a description the name is the only indication.
  const isNamedSo = gaps.length > 0 && /vision/i.test(model.id)
  return { model, seesPictures: takesPictures || isNamedSo }
}

/** The requests to the guard model, one per piece of text; the pictures go with the first. */
function contentsOf(texts: readonly string[], pictures: readonly Seen[]): Content[] {
  const words = texts.filter((text) => text.trim() !== "").flatMap(piecesOf)
  const contents: Content[] = words.map((text) => [{ type: "text", text }])
  const pictureParts = pictures.map(({ bytes: data, mediaType }) => ({
    type: "file" as const,
    data,
    mediaType,
  }))
  if (pictureParts.length === 0) return contents
  const [first = [], ...rest] = contents
  return [[...first, ...pictureParts], ...rest]
}

async function askAll(
  model: Model,
  contents: readonly Content[],
  signal: AbortSignal,
): Promise<Judgement[]> {
  const judgements: Judgement[] = []
  for (let start = 0; start < contents.length; start += atOnce) {
    const batch = contents.slice(start, start + atOnce)
    judgements.push(...(await Promise.all(batch.map((content) => ask(model, content, signal)))))
    if (judgements.some(({ isSafe }) => !isSafe)) break
  }
  return judgements
}

async function ask(model: Model, content: Content, signal: AbortSignal): Promise<Judgement> {
  let answer = ""
  const request = {
    messages: [{ role: "user" as const, content }],
    maxOutputTokens: maxTokens,
    requestId: newId(),
    abortSignal: signal,
    timeouts,
    onLeftOut(words: string[]) {
      // It would be a verdict on less than what is sent.
      throw new AppError("model_refused", { cause: words.join(" ") })
    },
  }
  const { costUsd } = await aiml().answer(model, request, {
    word(type, delta) {
      if (type === "text") answer += delta
    },
  })
  return { model: model.id, costUsd, ...readVerdict(answer) }
}

function together(all: Judgement, one: Judgement): Judgement {
  return {
    model: all.model,
    isSafe: all.isSafe && one.isSafe,
    categories: [...new Set([...all.categories, ...one.categories])],
    costUsd: sumUsd([all.costUsd, one.costUsd]),
  }
}
