import { fileKindOf } from "@/lib/base/file-kinds"
import type { FilePart } from "@/lib/message/message"
import type { FileSlot } from "@/lib/models/fields"
import { kindWords, lowerFirst, withArticle } from "./file-words"

type Fileish = Pick<FilePart, "mediaType">

/** The places of a model that take this file; its own kind's main place first. */
export function slotsFor(slots: readonly FileSlot[], file: Fileish): FileSlot[] {
  const kind = fileKindOf(file.mediaType)
  const rank = (slot: FileSlot) => (slot.kind === kind ? 0 : 2) + (slot.isMain ? 0 : 1)
  return slots
    .filter((slot) => slot.kind === kind || slot.alsoTakes.includes(kind))
    .sort((a, b) => rank(a) - rank(b))
}

/** Where a model takes a mask: a picture that says what of another one may change. */
export function maskSlot(slots: readonly FileSlot[]): FileSlot | undefined {
  return slots.find(({ name, kind }) => kind === "image" && /mask/i.test(name))
}

/**
 * Which file goes to which place: where the person put it, the rest in order to places with room.
 * A file without a place is missing from the answer.
 */
export function assignSlots(
  slots: readonly FileSlot[],
  files: readonly FilePart[],
  wanted: Readonly<Record<string, string>>,
): Record<string, string> {
  const room = new Map(slots.map((slot) => [slot.name, slot.maxFiles]))
  const places: Record<string, string> = {}
  const place = (file: FilePart, slot: FileSlot | undefined) => {
    const left = room.get(slot?.name ?? "") ?? 0
    if (!slot || left < 1) return
    room.set(slot.name, left - 1)
    places[file.fileId] = slot.name
  }
  for (const file of files) {
    const name = wanted[file.fileId]
    place(
      file,
      slotsFor(slots, file).find((slot) => slot.name === name),
    )
  }
  for (const file of files) {
    if (places[file.fileId]) continue
    const slot = slotsFor(slots, file).find((slot) => (room.get(slot.name) ?? 0) > 0)
    place(file, slot)
  }
  return places
}

/** Why these files cannot go to this model; null when they can. */
export function slotProblem(
  slots: readonly FileSlot[],
  files: readonly FilePart[],
  wanted: Readonly<Record<string, string>>,
): string | null {
  const places = assignSlots(slots, files, wanted)
  const stray = files.find((file) => !places[file.fileId])
  if (stray) return strayWords(slots, stray)
  const count = (slot: FileSlot) =>
    Object.values(places).filter((name) => name === slot.name).length
  const short = slots.find((slot) => count(slot) > 0 && count(slot) < slot.minFiles)
  if (short) return `This model needs ${short.minFiles} ${kindWords[short.kind].many} together.`
  const empty = slots.find((slot) => slot.isRequired && count(slot) === 0)
  if (!empty) return null
  const what = empty.isMain ? kindWords[empty.kind].one : withArticle(lowerFirst(empty.label))
  return `Attach ${what} first.`
}

/** What a file is told that this model has no place for. */
export function strayWords(slots: readonly FileSlot[], file: Fileish): string {
  const fitting = slotsFor(slots, file)
  const { one, many } = kindWords[fileKindOf(file.mediaType)]
  if (fitting.length === 0) return `This model takes no ${many}.`
  const count = fitting.reduce((sum, slot) => sum + slot.maxFiles, 0)
  return `This model takes ${count === 1 ? `only ${one.replace(/^an?/, "one")}` : `${count} ${many} at most`}.`
}
