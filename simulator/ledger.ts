import type { Amounts, Model } from "./catalogue"

/** One request as the vendor's books know it. Failed ones cost nothing. */
export interface LedgerEntry {
  at: Date
  model: string
  status: "succeeded" | "failed"
  credits: number
  tokens: { input: number; output: number }
  /** The id of the answer or the job; what `x-inference-id` said. */
  inferenceId: string
  clientRequestId?: string | undefined
  /** The public beginning of the key that asked. */
  keyPrefix?: string | undefined
}

/** Money that moved. `credits` is never negative; the direction says which way it went. */
export interface Movement {
  at: Date
  direction: "TOPUP" | "CHARGE"
  type: "INIT" | "ADJUSTMENT" | "MODEL_USAGE" | "CREDITS_EXPIRED"
  credits: number
  model: string | null
  referenceId: string | null
}

/** The prepaid balance of the one account there is: 1,000 USD, more than a long demo spends. */
const openingCredits = 2_000_000_000
const mostOwners = 10_000

/** Credits as US dollars. A quotient of whole numbers, so its decimal text is exact. */
export function usdOf(credits: number): number {
  return credits / 2_000_000
}

/** The books of one simulator. Every charge the client was told of stands here, and nothing else. */
export class Ledger {
  readonly entries: LedgerEntry[] = []
  /** Everything that changed the balance, oldest first; they sum up to it at any time. */
  readonly movements: Movement[] = []
  private balance = 0
  private expiredCredits = 0
  private readonly owners = new Map<string, string>()

  constructor() {
    this.move({ direction: "TOPUP", type: "INIT", credits: openingCredits })
  }

  add({ keyPrefix, ...entry }: Omit<LedgerEntry, "at">): void {
    const owner = keyPrefix ?? this.owners.get(entry.inferenceId)
    const { model, credits, inferenceId } = entry
    this.entries.push({ at: new Date(), ...entry, keyPrefix: owner })
    if (credits === 0) return
    const referenceId = inferenceId
    this.move({ direction: "CHARGE", type: "MODEL_USAGE", credits, model, referenceId })
  }

  private move(movement: Omit<Movement, "at" | "model" | "referenceId"> & Partial<Movement>): void {
    this.movements.push({ at: new Date(), model: null, referenceId: null, ...movement })
    this.balance += movement.direction === "TOPUP" ? movement.credits : -movement.credits
  }

  /** Notes whose job an id is, since jobs are charged when they end and no key is at hand. */
  own(inferenceId: string, keyPrefix: string): void {
    this.owners.set(inferenceId, keyPrefix)
    const [oldest] = this.owners.keys()
    if (this.owners.size > mostOwners && oldest !== undefined) this.owners.delete(oldest)
  }

  /** Lets the whole balance expire, so that there are no credits left. */
  expire(): void {
    if (this.balance <= 0) return
    this.expiredCredits += this.balance
    this.move({ direction: "CHARGE", type: "CREDITS_EXPIRED", credits: this.balance })
  }

  /** Gives back what expired. */
  restore(): void {
    if (this.expiredCredits === 0) return
    this.move({ direction: "TOPUP", type: "ADJUSTMENT", credits: this.expiredCredits })
    this.expiredCredits = 0
  }

  get balanceCredits(): number {
    return this.balance
  }

  /** What the requests cost, all of them or those of one key from a time on. */
  spentCredits(keyPrefix?: string, since?: Date): number {
    return this.entries
      .filter((entry) => keyPrefix === undefined || entry.keyPrefix === keyPrefix)
      .filter((entry) => since === undefined || entry.at >= since)
      .reduce((sum, entry) => sum + entry.credits, 0)
  }
}

/** A charge for a model, ready to be booked. */
export function tokensIn(amounts: Amounts): { input: number; output: number } {
  return { input: amounts.token?.input ?? 0, output: amounts.token?.output ?? 0 }
}

export type Charge = { model: Model; amounts: Amounts; request?: Record<string, unknown> }
