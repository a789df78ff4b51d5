import type { Model } from "../catalogue"
import type { MessagesRequest } from "../messages/request"
import { perSimulator, Recent } from "../per-simulator"
import type { Plan } from "../scenarios"
import type { Operation } from "../specs"

/** Many messages that are answered some time later, for half the price. */
export interface Batch {
  id: string
  createdAt: number
  job: Plan["job"]
  requests: {
    customId: string
    request: MessagesRequest
    model: Model
    operation: Operation | undefined
    plan: Plan
  }[]
  clientRequestId: string | undefined
  keyPrefix: string
  cancelledAt?: number
  isCharged: boolean
  results?: object[]
}

export const batchesIn = perSimulator(() => new Recent<Batch>(500))
