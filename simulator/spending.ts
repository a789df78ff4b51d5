import { type Exchange, Refusal } from "./exchange"

/** Refuses a model once nobody would pay for it. */
export function requireSpending({ simulator }: Exchange): void {
  if (simulator.ledger.balanceCredits <= 0) throw new Refusal(403)
}
