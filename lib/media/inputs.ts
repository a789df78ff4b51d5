import "server-only"
import type { Inputs } from "../aiml/media/media-request"
import { AppError } from "../base/errors"
import { limits } from "../base/limits"
import { type StoredFile, toFacts } from "../db/files"
import type { InputRef } from "../db/generations"
import type { User } from "../db/users"
import type { FilePart } from "../message/message"
import { findAttachment, toInputFile } from "../storage/attachments"

/** A file that goes into a generation, and the place it is meant for. */
export type Input = { file: StoredFile; slot?: string | undefined }

/**
 * The files that go into a generation: what is known of them, and no byte. Throws `not_found` for one of
 * others, `invalid` for one that is given twice, `too_large` for more than may be sent at once.
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

/** Throws when a file is given twice for a place, or when all are too much for one request. */
export function checkInputs(inputs: readonly Input[]): void {
  const isAgain = ({ file, slot }: Input, index: number) =>
    inputs.findIndex((other) => other.file.id === file.id && other.slot === slot) < index
  const again = inputs.find(isAgain)
  if (again) {
    const message = `“${again.file.name}” is given twice for the same place. Remove one of them.`
    throw new AppError("invalid", { message })
  }
  // What stands at two places is sent twice.
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

/** The same as a model's request takes them. */
export function toInputs(text: string, inputs: readonly Input[]): Inputs {
  return { text, files: inputs.map(({ file, slot }) => ({ ...toInputFile(file), slot })) }
}

/** The same as parts of a message. */
export function toParts(inputs: readonly Input[]): FilePart[] {
  return inputs.map(({ file }) => {
    const { id, ...facts } = toFacts(file)
    return { type: "file", fileId: id, ...facts }
  })
}
