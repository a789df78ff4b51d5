import "server-only"
import { newId } from "../base/id"
import { db, isUniqueViolation } from "./client"

/** Who is asking. Every function of lib/db takes one first. */
export type User = { id: string; name: string; email: string; role: "admin" | "member" }

const publicFields = { id: true, name: true, email: true, role: true } as const
const firstAccountLock = 72707370

/** The account of a (normalised) address with its password hash, at sign-in only. */
export async function findUserByEmail(email: string) {
  return db().user.findUnique({
    where: { email },
    select: { ...publicFields, passwordHash: true },
  })
}

/**
 * Makes an account; the first one of all becomes the administrator. Null when the address is taken, or when
 * `isFirstOnly` and there is an account already.
 * A lock makes sign-ups queue, so that of many first ones exactly one is the first.
 */
export async function createUser(
  account: { email: string; name: string; passwordHash: string },
  { isFirstOnly = false } = {},
): Promise<User | null> {
  try {
    return await db().$transaction(
      async (transaction) => {
        await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${firstAccountLock})`
        const isFirst = (await transaction.user.findFirst({ select: { id: true } })) === null
        if (isFirstOnly && !isFirst) return null
        return transaction.user.create({
          data: { id: newId(), ...account, role: isFirst ? "admin" : "member" },
          select: publicFields,
        })
      },
      { maxWait: 10_000, timeout: 10_000 },
    )
  } catch (error) {
    if (isUniqueViolation(error)) return null
    throw error
  }
}

/** Whether nobody has an account yet. */
export async function hasNoUsers(): Promise<boolean> {
  return (await db().user.findFirst({ select: { id: true } })) === null
}
