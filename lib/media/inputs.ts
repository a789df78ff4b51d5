import "server-only"
import type { Inputs } from "../aiml/parameters"
import { toFacts } from "../db/files"
import type { InputRef } from "../db/generations"
import type { User } from "../db/users"
import type { FilePart } from "../message"
import { findAttachment, readAttachment, toInputFile } from "../server/attachments"

/** What goes into a generation, with the bytes of its files. Throws `not_found` for a file of others. */
export async function readInputs(
  user: User,
  text: string,
  refs: readonly InputRef[],
): Promise<Inputs> {
  const parts = await partsOf(user, refs)
  const files = parts.map(async (part, index) => {
    const slot = refs[index]?.slot
    const file = toInputFile(await readAttachment(user, part))
    return { ...file, ...(slot !== undefined && { slot }) }
  })
  return { text, files: await Promise.all(files) }
}

/** The files that go into a generation, as parts of a message. */
export async function partsOf(user: User, refs: readonly InputRef[]): Promise<FilePart[]> {
  return await Promise.all(
    refs.map(async ({ fileId }) => {
      const { id, ...facts } = toFacts(
        await findAttachment(user, { fileId, name: "A file that goes in" }),
      )
      return { type: "file" as const, fileId: id, ...facts }
    }),
  )
}
