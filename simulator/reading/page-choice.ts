import { z } from "zod"

const choiceSchema = z.union([
  z.string().transform((text) => fromText(text)),
  z.array(z.number()).transform((list) => (index: number) => list.includes(index)),
  // Where pages have a type they are counted from one, both ends included.
  z.object({ type: z.literal("start"), start: z.number() }).transform(({ start }) => from(start)),
  z.object({ type: z.literal("end"), end: z.number() }).transform(({ end }) => from(1, end)),
  z
    .object({ type: z.literal("range"), start: z.number(), end: z.number() })
    .transform(({ start, end }) => from(start, end)),
  z.object({ type: z.literal("indices"), indices: z.array(z.number()) }).transform(
    ({ indices }) =>
      (index: number) =>
        indices.includes(index + 1),
  ),
])

function from(first: number, last = Number.POSITIVE_INFINITY) {
  return (index: number) => index + 1 >= first && index + 1 <= last
}

/** Pages counted from zero, alone or as ranges: "3", "0-2", "0,4-5". */
function fromText(text: string): (index: number) => boolean {
  const ranges = text.split(",").map((part) => part.split("-").map((side) => Number(side.trim())))
  return (index) => ranges.some(([first = 0, last = first]) => index >= first && index <= last)
}

/** Which pages a request wants, in any of the forms that the vendors have for it; all if none. */
export function chosenPages(pages: unknown): (index: number) => boolean {
  const choice = choiceSchema.safeParse(pages)
  return choice.success ? choice.data : () => true
}
