import type { Part } from "@/lib/message"

export type PartProps = {
  part: Part
  /** Whether more of it may come. */
  isOpen: boolean
}
