import type { Part } from "@/lib/message"

export type PartProps<Type extends Part["type"]> = {
  part: Extract<Part, { type: Type }>
  /** Whether more of it may come. */
  isOpen: boolean
}
