import "server-only"
import { AppError } from "../base/errors"
import type { FileKind } from "../base/file-kinds"
import { limits } from "../base/limits"
import { db } from "./client"
import type { FileFacts } from "./files"
import type { User } from "./users"

/** A file as the library lists it, with what made it, where that has a row. Times are ISO 8601. */
export type LibraryFile = FileFacts & {
  source: "upload" | "generated"
  createdAt: string
  /** There is a small picture of it. */
  hasPreview: boolean
  generation: { id: string; model: string; prompt: string; conversationId: string | null } | null
}

export type LibraryPage = { files: LibraryFile[]; cursor: string | null }

export type LibraryFilter = {
  kind?: FileKind | undefined
  model?: string | undefined
  /** Words that all stand in its name or in the prompt that made it. */
  q?: string | undefined
  source?: "upload" | "generated" | undefined
  since?: Date | undefined
  /** The `cursor` of the page before. */
  cursor?: string | undefined
}

type Row = {
  id: string
  name: string
  mediaType: string
  sizeBytes: number
  width: number | null
  height: number | null
  durationMs: number | null
  source: "upload" | "generated"
  createdAt: Date
  hasPreview: boolean
  generationId: string | null
  model: string
  prompt: string
  conversationId: string | null
}

const cursorPattern = /^(\d{1,15})_([A-Za-z0-9_-]+)$/

/**
 * A page of the user's files that a filter lets through, newest first. Ends of time stand for no limit, so
 * that the index of a person's files by time is walked only as far as the page goes; not prepared, since the
 * plan for any filter is a poor one for each.
 */
export async function listLibrary(user: User, filter: LibraryFilter = {}): Promise<LibraryPage> {
  const { kind = null, model = null, source = null, q = "", since = "-infinity" } = filter
  const before = filter.cursor ? readCursor(filter.cursor) : { createdAt: "infinity", id: "" }
  const rows = await db().$queryRaw<Row[]>`
    SELECT f."id", f."name", f."mediaType", f."sizeBytes", f."width", f."height", f."durationMs",
      f."source"::text, f."createdAt", p."fileId" IS NOT NULL AS "hasPreview", g."id" AS "generationId", g."model", g."prompt", g."conversationId"
    FROM "File" f LEFT JOIN "Generation" g ON g."id" = f."generationId" AND g."userId" = ${user.id}
      LEFT JOIN "FilePreview" p ON p."fileId" = f."id"
    WHERE f."userId" = ${user.id}
      AND f."createdAt" >= ${since}::timestamptz
      AND (f."createdAt", f."id") < (${before.createdAt}::timestamptz, ${before.id})
      AND (${kind}::text IS NULL OR ${kind} = CASE split_part(f."mediaType", '/', 1)
        WHEN 'image' THEN 'image' WHEN 'video' THEN 'video' WHEN 'audio' THEN 'audio'
        WHEN 'model' THEN 'mesh' ELSE 'document' END)
      AND (${model}::text IS NULL OR g."model" = ${model})
      AND (${source}::text IS NULL OR f."source"::text = ${source})
      AND f."name" || ' ' || coalesce(g."prompt", '') ILIKE ALL (${patternsOf(q)}::text[])
    ORDER BY f."createdAt" DESC, f."id" DESC LIMIT ${limits.filesPerPage + 1}`
  const page = rows.slice(0, limits.filesPerPage)
  const last = rows.length > page.length ? page.at(-1) : undefined
  return {
    files: page.map(toLibraryFile),
    cursor: last ? `${last.createdAt.getTime()}_${last.id}` : null,
  }
}

/** Ids of the models that made any of the user's files. */
export async function listLibraryModels(user: User): Promise<string[]> {
  const rows = await db().$queryRaw<{ model: string }[]>`
    SELECT DISTINCT g."model" FROM "File" f JOIN "Generation" g ON g."id" = f."generationId"
    WHERE f."userId" = ${user.id} AND g."userId" = ${user.id} ORDER BY 1`
  return rows.map(({ model }) => model)
}

function patternsOf(words: string): string[] {
  const found = words.split(/\s+/).filter(Boolean)
  return found.map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`)
}

function toLibraryFile({ width, height, durationMs, ...row }: Row): LibraryFile {
  const { generationId, model, prompt, conversationId, createdAt, ...facts } = row
  return {
    ...facts,
    ...(width !== null && { width }),
    ...(height !== null && { height }),
    ...(durationMs !== null && { durationMs }),
    createdAt: createdAt.toISOString(),
    generation: generationId === null ? null : { id: generationId, model, prompt, conversationId },
  }
}

function readCursor(cursor: string): { createdAt: Date; id: string } {
  const [, time, id] = cursorPattern.exec(cursor) ?? []
  if (!time || !id) throw new AppError("invalid", { message: "This cursor is not one of ours." })
  return { createdAt: new Date(Number(time)), id }
}
