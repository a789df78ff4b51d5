import type { ChosenModel, ModelKind } from "@/lib/models/model"
import type { ConversationStore } from "./conversation-store"
import type { Outgoing } from "./turn-client"

/** What the messages on a page can do and know; the same object as long as the page lives. */
export type MessageActions = {
  userId: string
  store: ConversationStore
  nameOf(model: string): string
  /** As far as this page knows it. */
  kindOf(model: string): ModelKind | undefined
  /** Remembers how a model is called that was chosen here. */
  learn(model: ChosenModel): void
  /** Shows the branch through another version; `isPick` ends a comparison. */
  onChoose(versionId: string, isPick?: boolean): void
  /** Shows the branch with a message that an address leads to; settles with false when there is none. */
  onLink(id: string): Promise<boolean>
  /** Reads older messages; what it settles with puts them there, null when there are none now. */
  readEarlier(count?: number): Promise<(() => void) | null>
  /** Asks for another answer: by `model`, else the one that is chosen now, else the one that answered. */
  onRegenerate(regeneration: {
    questionId: string
    usedModel: string
    model?: string
    continues?: string
  }): void
  /** Asks a question anew in other words; settles with false when it was not taken. */
  onEdit(questionId: string, message: Omit<Outgoing, "params">): Promise<boolean>
}
