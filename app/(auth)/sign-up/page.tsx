import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { SignUpForm } from "@/components/auth/sign-up-form"
import { errorMessage } from "@/lib/base/errors"
import { hasNoUsers } from "@/lib/db/users"
import { findUser } from "@/lib/people/session"
import { isSetupToken } from "@/lib/people/setup-token"
import { env } from "@/lib/server/env"

export const metadata: Metadata = { title: "Create an account" }

export default async function SignUpPage({ searchParams }: PageProps<"/sign-up">) {
  if (await findUser()) redirect("/")
  const { callbackUrl, setup } = await searchParams
  const callback = typeof callbackUrl === "string" ? { callback: callbackUrl } : {}
  const isFirst = await hasNoUsers()
  if (isFirst && typeof setup === "string" && isSetupToken(setup)) {
    return <SignUpForm {...callback} isFirst setup={setup} />
  }
  if (env().SIGN_UP !== "open") {
    return (
      <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-3 px-6">
        <h1 className="font-semibold text-2xl">New accounts are closed</h1>
        <p className="text-ink-2">{errorMessage("sign_up_closed")}</p>
      </main>
    )
  }
  return <SignUpForm {...callback} isFirst={isFirst} />
}
