import { randomBytes } from "node:crypto"
import type { Ledger } from "./ledger"

export interface KeyLimit {
  retention?: "no_reset" | "day" | "week" | "month" | undefined
  /** In US dollars. */
  threshold?: number | undefined
}

/** What an owner may set on a key. */
export interface KeySettings {
  name: string | null
  disabled: boolean
  limit: KeyLimit | null
  scopes: string[] | null
}

export interface Key extends KeySettings {
  prefix: string
  createdAt: Date
  updatedAt: Date
  /** A number that grows with every use of any key. */
  lastUse: number
  /** Only a key made here has one; of any other bearer only the beginning counts. */
  secret?: string
}

export const defaultSettings: KeySettings = {
  name: null,
  disabled: false,
  limit: null,
  scopes: null,
}

/** The beginning of a key by which it is known in public. */
export function prefixOf(bearer: string): string {
  return bearer.slice(0, 8)
}

/** True for a key that manages other keys and may do nothing else. */
export function isManagement(bearer: string): boolean {
  return bearer.includes("management")
}

/** When the current window of a limit began. Weeks begin on Monday, all at midnight UTC. */
export function windowStart(retention: KeyLimit["retention"], now: Date): Date {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()]
  if (retention === "day") return new Date(Date.UTC(year, month, day))
  if (retention === "week")
    return new Date(Date.UTC(year, month, day - ((now.getUTCDay() + 6) % 7)))
  if (retention === "month") return new Date(Date.UTC(year, month, 1))
  return new Date(0)
}

/** True when a key has spent what its limit allows. */
export function isOverLimit({ prefix, limit }: Key, ledger: Ledger): boolean {
  if (limit?.threshold === undefined) return false
  const since = windowStart(limit.retention, new Date())
  return ledger.spentCredits(prefix, since) >= limit.threshold * 2_000_000
}

/**
 * The keys of the one account. Any bearer will do and becomes a key when first used; a key that was
 * deleted stays dead.
 */
export class Keys {
  private readonly keys = new Map<string, Key>()
  private readonly deleted = new Set<string>()
  private uses = 0
  private readonly logReads = new Map<string, number[]>()

  create(settings: KeySettings): Key & { secret: string } {
    const secret = randomBytes(16).toString("hex")
    const key = { ...this.fresh(prefixOf(secret)), ...settings, secret }
    this.keys.set(key.prefix, key)
    return key
  }

  private fresh(prefix: string): Key {
    const now = new Date()
    return { ...defaultSettings, prefix, createdAt: now, updatedAt: now, lastUse: 0 }
  }

  /** The key a bearer stands for, noted as used. Nothing for one that is dead or mistyped. */
  use(bearer: string): Key | undefined {
    const prefix = prefixOf(bearer)
    if (this.deleted.has(prefix)) return undefined
    const key = this.keys.get(prefix) ?? this.fresh(prefix)
    if (key.secret !== undefined && key.secret !== bearer) return undefined
    key.lastUse = ++this.uses
    this.keys.set(prefix, key)
    return key
  }

  /** How often a key has read the logs within the last minute, this time included. */
  countLogRead(prefix: string): number {
    const now = Date.now()
    const recent = (this.logReads.get(prefix) ?? []).filter((at) => at > now - 60_000)
    this.logReads.set(prefix, [...recent, now])
    return recent.length + 1
  }

  get(prefix: string): Key | undefined {
    return this.keys.get(prefix)
  }

  /** All keys, the oldest first. */
  list(): Key[] {
    return [...this.keys.values()]
  }

  latestUsed(): Key | undefined {
    return this.list()
      .filter(({ lastUse }) => lastUse > 0)
      .toSorted((left, right) => right.lastUse - left.lastUse)[0]
  }

  update(key: Key, settings: Partial<KeySettings>): Key {
    return Object.assign(key, settings, { updatedAt: new Date() })
  }

  delete(prefix: string): boolean {
    if (!this.keys.delete(prefix)) return false
    this.deleted.add(prefix)
    return true
  }
}
