import { z } from "zod"
import { type Operation, schemaOf } from "./specs"

const membersSchema = z.object({
  properties: z.record(z.string(), z.looseObject({ default: z.unknown().optional() })),
})

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
