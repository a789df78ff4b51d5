"use client"

import { AppError } from "@/lib/base/errors"
import { limits } from "@/lib/base/limits"
import { request } from "../api"
import { Field } from "../ui/field"
import { AccountForm } from "./account-form"
import { safePath, signIn } from "./credentials"

/** A new account, signed in at once. */
export function SignUpForm({
  callback,
  isFirst,
  setup,
}: {
  callback?: string
  isFirst: boolean
  /** The token of the log, where accounts are closed. */
  setup?: string
}) {
  const path = safePath(callback)
  const signInPath = path === "/" ? "/sign-in" : `/sign-in?callbackUrl=${encodeURIComponent(path)}`
  return (
    <AccountForm
      title={isFirst ? "Set up Polylogue" : "Create your account"}
      button="Create account"
      other={{ question: "Have an account?", label: "Sign in", href: signInPath }}
      submit={async (form) => {
        const email = String(form.get("email"))
        const password = String(form.get("password"))
        await request("/api/sign-up", {
          method: "POST",
          body: { name: String(form.get("name")), email, password, ...(setup && { setup }) },
        })
        await signIn(email, password).catch((error) => {
          throw isRefused(error)
            ? new AppError("bad_credentials", { message: takenMessage })
            : error
        })
        location.assign(path)
      }}
    >
      {isFirst && (
        <p className="text-ink-2">The first account is the administrator of this workspace.</p>
      )}
      <Field
        label="Name"
        name="name"
        autoComplete="name"
        maxLength={limits.nameChars}
        required
        autoFocus
      />
      <Field
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        maxLength={limits.emailChars}
        required
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={limits.passwordMinChars}
        maxLength={limits.passwordMaxChars}
        hint={`At least ${limits.passwordMinChars} characters. A sentence is easy to remember and hard to guess.`}
        required
      />
    </AccountForm>
  )
}

// Said to whoever holds the form only after the sign-in that follows failed; the route tells nobody.
const takenMessage = "We could not sign you in with these. If you have an account already, sign in."

function isRefused(error: unknown): boolean {
  return error instanceof AppError && error.code === "bad_credentials"
}
