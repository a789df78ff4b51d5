import { z } from "zod"
import type { Catalogue } from "./catalogue"
import type { Ledger } from "./ledger"
import { extraModels } from "./made-up-models"

const most = 10_000

/** What `PUT /_simulator/catalogue` takes: what is named changes, the rest stays. */
export const troubleSchema = z.strictObject({
  isAway: z.boolean(),
  documentsAreAway: z.boolean(),
  extraCount: z.int().min(0).max(most),
  brokenEntries: z.boolean(),
  brokenDocuments: z.array(z.string()),
  outOfCredits: z.boolean(),
})
type Setting = z.infer<typeof troubleSchema>

const none: Setting = {
  isAway: false,
  documentsAreAway: false,
  extraCount: 0,
  brokenEntries: false,
  brokenDocuments: [],
  outOfCredits: false,
}

/** What is wrong with the catalogue and the account for the time being. */
export class Trouble {
  private setting = none
  private extraIds: string[] = []

  constructor(
    private readonly catalogue: Catalogue,
    private readonly ledger: Ledger,
  ) {}

  get current(): Readonly<Setting> {
    return this.setting
  }

  set(change: Partial<Setting>): void {
    this.setting = { ...this.setting, ...change }
    if (change.extraCount !== undefined) this.pad(change.extraCount)
    if (change.outOfCredits === true) this.ledger.expire()
    if (change.outOfCredits === false) this.ledger.restore()
  }

  clear(): void {
    this.set(none)
  }

  private pad(count: number): void {
    for (const id of this.extraIds) this.catalogue.remove(id)
    const models = extraModels(count)
    for (const model of models) this.catalogue.add(model, [])
    this.extraIds = models.map(({ id }) => id)
  }
}
