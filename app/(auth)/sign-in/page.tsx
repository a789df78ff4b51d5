import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { SignInForm } from "@/components/auth/sign-in-form"
import { findUser } from "@/lib/people/session"
import { env } from "@/lib/server/env"

export const metadata: Metadata = { title: "Sign in" }

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  if (await findUser()) redirect("/")
  const { callbackUrl } = await searchParams
  const callback = typeof callbackUrl === "string" ? { callback: callbackUrl } : {}
  return <SignInForm {...callback} canSignUp={env().SIGN_UP === "open"} />
}
