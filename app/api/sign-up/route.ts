import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { limits } from "@/lib/base/limits"
import { seenName } from "@/lib/base/names"
import { countAttempt } from "@/lib/db/attempts"
import { createUser } from "@/lib/db/users"
import { emailSchema } from "@/lib/people/auth"
import { hashPassword, passwordProblem } from "@/lib/people/passwords"
import { isSetupToken } from "@/lib/people/setup-token"
import { env } from "@/lib/server/env"
import { networkOf } from "@/lib/server/network"
import { publicRoute } from "@/lib/server/route"

const body = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "Enter your name.")
    .max(limits.nameChars)
    .transform(seenName)
    .refine((name) => /\p{L}|\p{N}/u.test(name), "Enter your name."),
  email: emailSchema,
  password: z.string(),
  /** From the log of an installation that nobody has signed up to and that is closed. */
  setup: z.string().max(100).optional(),
})

/**
 * Creates an account. The response is the same whether or not the email was taken; only a rate-limited sign-in with
 * the chosen password could reveal it.
 */
export const POST = publicRoute({ body }, async ({ body: given, request }) => {
  const { name, email, password, setup } = given
  const isClosed = env().SIGN_UP !== "open"
  if (isClosed && !isSetupToken(setup)) throw new AppError("sign_up_closed")
  const message = await passwordProblem(password)
  if (message) throw new AppError("invalid", { message })
  const tries = await countAttempt(`sign-up:network:${networkOf(request.headers)}`)
  if (tries > limits.signUpsPerNetwork) throw new AppError("too_many_attempts")
  const account = { name, email, passwordHash: await hashPassword(password) }
  const user = await createUser(account, { isFirstOnly: isClosed })
  if (isClosed && !user) throw new AppError("sign_up_closed")
  return Response.json(
    { status: "ok" },
    { status: 201, headers: { "cache-control": "private, no-store" } },
  )
})
