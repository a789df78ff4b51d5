import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { limits } from "@/lib/base/limits"
import { seenName } from "@/lib/base/names"
import { countAttempt } from "@/lib/db/attempts"
import { createUser } from "@/lib/db/users"
import { emailSchema } from "@/lib/people/auth"
import { hashPassword, passwordProblem } from "@/lib/people/passwords"
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
})

/**
 * Creates an account. The response is the same whether or not the email was taken; only a rate-limited sign-in with
 * the chosen password could reveal it.
 */
export const POST = publicRoute({ body }, async ({ body: { name, email, password }, request }) => {
  if (env().SIGN_UP !== "open") throw new AppError("sign_up_closed")
  const message = await passwordProblem(password)
  if (message) throw new AppError("invalid", { message })
  const tries = await countAttempt(`sign-up:network:${networkOf(request.headers)}`)
  if (tries > limits.signUpsPerNetwork) throw new AppError("too_many_attempts")
  await createUser({ name, email, passwordHash: await hashPassword(password) })
  return Response.json(
    { status: "ok" },
    { status: 201, headers: { "cache-control": "private, no-store" } },
  )
})
