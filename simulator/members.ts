import { z } from "zod"
import { type Operation, schemaOf } from "./specs"

const membersSchema = z.object({
  properties: z.record(z.string(), z.looseObject({ default: z.unknown().optional() })),
})

const namesByOperation = new WeakMap<Operation, string[]>()

/** The members that an operation documents; remembered, since the list of models asks about each. */
export function memberNames(operation: Operation | undefined): string[] {
  if (!operation) return []
  const known = namesByOperation.get(operation)
  if (known) return known
  const members = membersSchema.safeParse(schemaOf(operation))
  const names = members.success ? Object.keys(members.data.properties) : []
  namesByOperation.set(operation, names)
  return names
}

/** Whether an operation documents a member of its body. */
export function hasMember(operation: Operation | undefined, name: string): boolean {
  const members = membersSchema.safeParse(operation && schemaOf(operation))
  return members.success && name in members.data.properties
}

/** The number that stands for a member left out, where the operation says one. */
export function defaultNumber(operation: Operation | undefined, name: string): number | undefined {
  const members = membersSchema.safeParse(operation && schemaOf(operation))
  const value = members.success ? members.data.properties[name]?.default : undefined
  return typeof value === "number" ? value : undefined
}
