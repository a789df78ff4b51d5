import "server-only"
import { AppError } from "../errors"
import type { FileKind } from "../file-kinds"
import { limits } from "../limits"
import { raw } from "./client"
import type { FileFacts } from "./files"
import type { User } from "./users"

/** A file as the library lists it, with what made it, where that has a row. Times are ISO 8601. */
export type LibraryFile = FileFacts & {
  source: "upload" | "generated"
  createdAt: string
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
  generationId: string | null
  model: string
  prompt: string
  conversationId: string | null
}

const cursorPattern = /^(\d{1,15})_([A-Za-z0-9_-]+)$/

/** A page of the user's files that a filter lets through, newest first. */
export async function listLibrary(user: User, filter: LibraryFilter = {}): Promise<LibraryPage> {
  const before = filter.cursor ? readCursor(filter.cursor) : null
  const rows = await raw<Row>("list-library", listSql, [
    user.id,
    filter.kind ?? null,
    filter.model ?? null,
    patternsOf(filter.q ?? ""),
    filter.source ?? null,
    filter.since ?? "-infinity",
    before?.createdAt ?? "infinity",
    before?.id ?? "",
    limits.filesPerPage + 1,
  ])
  const page = rows.slice(0, limits.filesPerPage)
  const last = rows.length > page.length ? page.at(-1) : undefined
  return {
    files: page.map(toLibraryFile),
    cursor: last ? `${last.createdAt.getTime()}_${last.id}` : null,
  }
}

// Without Prisma, whose filters would be another statement for each combination. Ends of time stand for no
// limit, so that the index of a person's files by time is walked only as far as the page goes.
const listSql = `
  SELECT f."id", f."name", f."mediaType", f."sizeBytes", f."width", f."height", f."durationMs",
    f."source"::text, f."createdAt", g."id" AS "generationId", g."model", g."prompt", g."conversationId"
  FROM "File" f LEFT JOIN "Generation" g ON g."id" = f."generationId"
  WHERE f."userId" = $1
    AND f."createdAt" >= $6::timestamptz
    AND (f."createdAt", f."id") < ($7::timestamptz, $8::text)
    AND ($2::text IS NULL OR $2 = CASE split_part(f."mediaType", '/', 1)
      WHEN 'image' THEN 'image' WHEN 'video' THEN 'video' WHEN 'audio' THEN 'audio'
      WHEN 'model' THEN 'mesh' ELSE 'document' END)
    AND ($3::text IS NULL OR g."model" = $3)
    AND f."name" || ' ' || coalesce(g."prompt", '') ILIKE ALL ($4::text[])
    AND ($5::text IS NULL OR f."source"::text = $5)
  ORDER BY f."createdAt" DESC, f."id" DESC LIMIT $9`

/** Ids of the models that made any of the user's files. */
export async function listLibraryModels(user: User): Promise<string[]> {
  const rows = await raw<{ model: string }>("list-library-models", modelsSql, [user.id])
  return rows.map(({ model }) => model)
}

const modelsSql = `
  SELECT DISTINCT g."model" FROM "File" f JOIN "Generation" g ON g."id" = f."generationId"
  WHERE f."userId" = $1 ORDER BY 1`

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
