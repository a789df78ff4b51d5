import "server-only"
import type { Inputs } from "../aiml/parameters"
import { toFacts } from "../db/files"
import type { InputRef } from "../db/generations"
import type { User } from "../db/users"
import { findAttachment, readAttachment, toInputFile } from "./attachments"

/** What goes into a generation, with the bytes of its files. Throws `not_found` for a file of others. */
export async function readInputs(
  user: User,
  text: string,
  refs: readonly InputRef[],
): Promise<Inputs> {
  const files = refs.map(async ({ fileId, slot }) => {
    const { id, ...facts } = toFacts(
      await findAttachment(user, { fileId, name: "A file that goes in" }),
    )
    const part = { type: "file" as const, fileId: id, ...facts }
    const file = toInputFile(await readAttachment(user, part))
    return { ...file, ...(slot !== undefined && { slot }) }
  })
  return { text, files: await Promise.all(files) }
}
