"use client"

import { limits } from "@/lib/base/limits"
import { Field } from "../ui/field"
import { AccountForm } from "./account-form"
import { safePath, signIn } from "./credentials"

/** Email and password; goes on to `callback` on this site. */
export function SignInForm({ callback, canSignUp }: { callback?: string; canSignUp: boolean }) {
  const path = safePath(callback)
  const signUp = path === "/" ? "/sign-up" : `/sign-up?callbackUrl=${encodeURIComponent(path)}`
  return (
    <AccountForm
      title="Welcome back"
      button="Sign in"
      other={canSignUp ? { question: "New here?", label: "Create an account", href: signUp } : null}
      submit={async (form) => {
        await signIn(String(form.get("email")), String(form.get("password")))
        location.assign(path)
      }}
    >
      <Field label="Email" name="email" type="email" autoComplete="username" required autoFocus />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        maxLength={limits.passwordMaxChars}
        required
      />
    </AccountForm>
  )
}
