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
}

/** The prepaid balance of the one account there is: 100 USD at the start. */
const openingCredits = 200_000_000

/** The books of one simulator. Every charge the client was told of stands here, and nothing else. */
export class Ledger {
  readonly openedAt = new Date()
  readonly entries: LedgerEntry[] = []

  add(entry: Omit<LedgerEntry, "at">): void {
    this.entries.push({ at: new Date(), ...entry })
  }

  get openingCredits(): number {
    return openingCredits
  }

  get balanceCredits(): number {
    return this.entries.reduce((balance, entry) => balance - entry.credits, openingCredits)
  }
}

/** A charge for a model, ready to be booked. */
export function tokensIn(amounts: Amounts): { input: number; output: number } {
  return { input: amounts.token?.input ?? 0, output: amounts.token?.output ?? 0 }
}

export type Charge = { model: Model; amounts: Amounts; request?: Record<string, unknown> }
