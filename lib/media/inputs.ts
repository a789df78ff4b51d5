import "server-only"
import type { Inputs } from "../aiml/media/media-request"
import { AppError } from "../base/errors"
import { limits } from "../base/limits"
import { type StoredFile, toFacts } from "../db/files"
import type { InputRef } from "../db/generations"
import type { User } from "../db/users"
import type { FilePart } from "../message/message"
import { findAttachment, toInputFile } from "../storage/attachments"

/** An input file of a generation and the slot it is meant for. */
export type Input = { file: StoredFile; slot?: string | undefined }

/**
 * Looks up the input files of a generation without reading their bytes. Throws `not_found` for files of other
 * users, `invalid` for duplicates, `too_large` when they exceed the limit together.
 */
export async function findInputs(user: User, refs: readonly InputRef[]): Promise<Input[]> {
  const inputs = await Promise.all(
    refs.map(async ({ fileId, slot }) => {
      const file = await findAttachment(user, { fileId, name: "A file that goes in" })
      return { file, slot }
    }),
  )
  checkInputs(inputs)
  return inputs
}

/** Throws when a slot gets the same file twice, or when all files together exceed the limit. */
export function checkInputs(inputs: readonly Input[]): void {
  const isAgain = ({ file, slot }: Input, index: number) =>
    inputs.findIndex((other) => other.file.id === file.id && other.slot === slot) < index
  const again = inputs.find(isAgain)
  if (again) {
    const message = `“${again.file.name}” is given twice for the same place. Remove one of them.`
    throw new AppError("invalid", { message })
  }
  // A file used in two slots is sent twice.
  const sizes = inputs.map(({ file }) => file.sizeBytes)
  const sizeBytes = sizes.reduce((sum, size) => sum + size, 0)
  if (sizeBytes <= limits.inputBytes) return
  const [largest] = inputs.toSorted((a, b) => b.file.sizeBytes - a.file.sizeBytes)
  const most = `The files for one request may have ${inMegabytes(limits.inputBytes)} together`
  const own = `these have ${inMegabytes(sizeBytes)}`
  const alone = largest && `“${largest.file.name}” alone has ${inMegabytes(largest.file.sizeBytes)}`
  const message = `${most}; ${own}. ${alone}. Leave some out, or make them smaller.`
  throw new AppError("too_large", { message })
}

function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000)} MB`
}

/** The inputs in the form a model request takes. */
export function toInputs(text: string, inputs: readonly Input[]): Inputs {
  return { text, files: inputs.map(({ file, slot }) => ({ ...toInputFile(file), slot })) }
}

/** The inputs as message parts. */
export function toParts(inputs: readonly Input[]): FilePart[] {
  return inputs.map(({ file }) => {
    const { id, ...facts } = toFacts(file)
    return { type: "file", fileId: id, ...facts }
  })
}
