import { z } from "zod"
import { type Catalogue, kindsOf, type Model } from "./catalogue"
import { schemaOf } from "./specs"

const schemaSchema = z.object({ properties: z.record(z.string(), z.unknown()) })

/** The members that a model's own request schema names, with their schemas. */
function ownFields(catalogue: Catalogue, kind: string, model: Model) {
  const operation = catalogue.ownOperation(kind, model)
  const parsed = schemaSchema.safeParse(operation && schemaOf(operation))
  return parsed.success ? parsed.data.properties : undefined
}

const makerOf = (model: Model) => model.info.developer.toLowerCase().replaceAll(" ", "")

function likeness(left: string, right: string): number {
  let length = 0
  while (length < left.length && left[length] === right[length]) length++
  return length
}

/**
 * The request members by which a model's way of answering is told. A model without a published schema
 * answers like the one of the same maker whose name is most like its own; without such a one, nothing
 * is known.
 */
export function fieldsOf(
  catalogue: Catalogue,
  kind: string,
  model: Model,
): Record<string, unknown> | undefined {
  const own = ownFields(catalogue, kind, model)
  if (own) return own
  return catalogue
    .list()
    .filter((other) => kindsOf(other.type).includes(kind) && makerOf(other) === makerOf(model))
    .toSorted((left, right) => likeness(right.id, model.id) - likeness(left.id, model.id))
    .map((sibling) => ownFields(catalogue, kind, sibling))
    .find((fields) => fields !== undefined)
}
